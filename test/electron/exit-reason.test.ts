import { expect, test } from 'vitest';
import { exitReason } from '../../electron/exit-reason';

test.each([
  [
    null,
    'SIGABRT',
    'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
    'out of memory',
  ],
  [1, null, 'Error [ERR_WORKER_OUT_OF_MEMORY]: Worker terminated', 'out of memory'],
  [null, 'SIGKILL', '', 'SIGKILL'],
  [null, 'SIGSEGV', '', 'SIGSEGV'],
  [7, null, 'something else', 'code 7'],
])('exit code %s, signal %s: the reason names it', (code, signal, lastWords, expected) => {
  expect(exitReason(code, signal, lastWords)).toContain(expected);
});
