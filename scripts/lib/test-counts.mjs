/** Counts of the test runners' reports. A runner that fails without naming a test counts as one failure: nothing fails silently. */

export const countOne = (passed) => ({ passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 });

/** @param report  of vitest's json reporter, or null when there is none */
export function countVitest(report, status) {
  if (!report) return countOne(false);
  // A file that cannot be loaded holds no tests to fail.
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length;
  return atLeastOneFailure(
    {
      passed: report.numPassedTests,
      failed: report.numFailedTests + broken,
      skipped: report.numPendingTests + report.numTodoTests,
    },
    status,
  );
}

/** @param report  of Playwright's json reporter, or null when there is none */
export function countPlaywright(report, status) {
  if (!report) return countOne(false);
  const { expected, unexpected, flaky, skipped } = report.stats;
  return atLeastOneFailure({ passed: expected + flaky, failed: unexpected + report.errors.length, skipped }, status);
}

/** One line a project of Playwright's: how many tests and how long they took. */
export function secondsPerProject(report) {
  const projects = new Map();
  for (const { projectName, results } of report ? report.suites.flatMap(testsOf) : []) {
    const known = projects.get(projectName) ?? { tests: 0, seconds: 0 };
    const seconds = results.reduce((total, { duration }) => total + duration / 1000, 0);
    projects.set(projectName, { tests: known.tests + 1, seconds: known.seconds + seconds });
  }
  return [...projects].map(([name, { tests, seconds }]) => `${name}: ${tests} tests, ${seconds.toFixed(0)} s`);
}

const testsOf = ({ specs = [], suites = [] }) => [...specs.flatMap(({ tests }) => tests), ...suites.flatMap(testsOf)];

const atLeastOneFailure = (count, status) => (status !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count);

export const sum = (counts) =>
  counts.reduce(
    (total, { passed, failed, skipped }) => ({
      passed: total.passed + passed,
      failed: total.failed + failed,
      skipped: total.skipped + skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );

export const summary = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`;
