import { expect, test } from 'vitest';
import { processEnd } from '../../electron/exit-reason';

test.each([
  [
    null,
    'SIGABRT',
    'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
    'out-of-memory',
    'out of memory',
  ],
  [1, null, 'Error [ERR_WORKER_OUT_OF_MEMORY]: Worker terminated', 'out-of-memory', 'out of memory'],
  [null, 'SIGKILL', '', 'killed', 'SIGKILL'],
  [null, 'SIGSEGV', '', 'crashed', 'SIGSEGV'],
  [7, null, 'something else', 'exited', 'code 7'],
])('exit code %s, signal %s: the cause is told and the reason names it', (code, signal, lastWords, cause, named) => {
  const end = processEnd(code, signal, lastWords);
  expect(end.cause).toBe(cause);
  expect(end.reason).toContain(named);
});
