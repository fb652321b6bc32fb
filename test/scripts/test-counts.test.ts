import { expect, test } from 'vitest';
import { countPlaywright, countVitest, secondsPerProject, sum, summary } from '../../scripts/lib/test-counts.mjs';

const vitest = { numPassedTests: 3, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1, testResults: [] };
const playwright = { stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 }, errors: [] };

test('the counts of both runners add up in one line', () => {
  const total = sum([countVitest(vitest, 1), countPlaywright(playwright, 1)]);
  expect(summary(total)).toBe('8 passed, 2 failed, 5 skipped');
});

test('without skips the line does not speak of them', () => {
  expect(summary({ passed: 2, failed: 0, skipped: 0 })).toBe('2 passed, 0 failed');
});

test('a file that cannot be loaded counts as a failure', () => {
  const testResults = [{ status: 'failed', assertionResults: [] }];
  expect(countVitest({ ...vitest, numFailedTests: 0, testResults }, 1).failed).toBe(1);
});

test('a runner that fails without a word counts as a failure', () => {
  expect(countVitest(null, 0).failed).toBe(1);
  expect(countPlaywright(null, 0).failed).toBe(1);
  expect(countVitest({ ...vitest, numFailedTests: 0 }, 1).failed).toBe(1);
});

test('the time of each project is summed over its files, groups and attempts', () => {
  const ran = (projectName: string, ...durations: number[]) => ({
    tests: [{ projectName, results: durations.map((duration) => ({ duration })) }],
  });
  const suites = [
    { specs: [ran('a', 1000), ran('b', 400, 200)], suites: [{ specs: [ran('a', 2500)] }] },
    { specs: [], suites: [] },
  ];
  expect(secondsPerProject({ suites })).toEqual(['a: 2 tests, 4 s', 'b: 1 tests, 1 s']);
  expect(secondsPerProject(null)).toEqual([]);
});
