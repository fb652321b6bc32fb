import { describe, expect, test } from 'vitest';
import { concluded, reportOf } from '../../../core/experiments/lib/report';
import { rowsNeeded, sampleSize } from '../../../core/experiments/sample-size';

describe('rows needed for a fit of 0.95', () => {
  test('lie where the line crosses it, on the logarithm of the rows', () => {
    const points = [
      { x: 1000, median: 0.9 },
      { x: 4000, median: 1 },
    ];
    expect(rowsNeeded(points)).toBeCloseTo(2000, 9);
  });

  test('are the first number of rows where that suffices, and unknown where none does', () => {
    expect(rowsNeeded([{ x: 1000, median: 0.96 }])).toBe(1000);
    expect(rowsNeeded([{ x: 1000, median: 0.94 }])).toBeNull();
  });
});

test('More rows bring the directions nearer, and regression moments need fewer than plain averages', () => {
  const effort = { seeds: 3, quick: true };
  const tasks = sampleSize.tasks(effort, []).filter(({ setting }) => setting.startsWith('2 experts'));
  expect(tasks).toHaveLength(3);
  const measured = tasks.map((task) => sampleSize.run(task, effort, [], new Int32Array(1)));
  const report = concluded(sampleSize, reportOf(sampleSize, effort, measured));
  const [regression, averages] = report.figures.map(({ series }) => series[0].points);
  expect(regression.map(({ x }) => x)).toEqual([1000, 2000, 4000, 8000]);
  expect(regression[3].median).toBeGreaterThan(0.99);
  expect(regression[0].median).toBeLessThan(regression[3].median);
  for (const [at, { median }] of averages.entries()) expect(median).toBeLessThan(regression[at].median);
  expect(report.findings[0]).toMatch(
    /^2 experts, 10 features, rows for a median fit of 0.95: regression moments (about|at most) .*, plain averages .*, L4 .*890\.$/,
  );
});
