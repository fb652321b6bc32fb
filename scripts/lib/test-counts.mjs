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
