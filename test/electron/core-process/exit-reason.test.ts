import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { memoryKills, processEnd, type SeenEnd } from '../../../electron/core-process/exit-reason';
import { test } from '../folder';

const seen = (what: Partial<SeenEnd>): SeenEnd => ({ code: null, lastWords: '', ...what });
const heap = 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory';

test.for<[Partial<SeenEnd>, string, string]>([
  [{ signal: 'SIGABRT', lastWords: heap }, 'out-of-memory', 'out of memory'],
  [{ code: 134, lastWords: heap }, 'out-of-memory', 'out of memory'],
  [{ code: 1, lastWords: 'Error [ERR_WORKER_OUT_OF_MEMORY]: Worker terminated' }, 'out-of-memory', 'out of memory'],
  [
    { signal: 'SIGABRT', lastWords: "terminate called after throwing an instance of 'std::bad_alloc'" },
    'out-of-memory',
    'out of memory',
  ],
  [{ code: 11, gone: 'oom' }, 'out-of-memory', 'out of memory'],
  [{ code: -536870904 }, 'out-of-memory', 'out of memory'],
  [{ signal: 'SIGKILL', memoryRanOut: true }, 'out-of-memory', 'operating system ended it because memory ran out'],
  [{ code: 9, gone: 'killed', memoryRanOut: true }, 'out-of-memory', 'memory ran out'],
  [{ signal: 'SIGKILL' }, 'killed', 'perhaps for lack of memory'],
  [{ code: 9, gone: 'killed' }, 'killed', 'another program'],
  [{ signal: 'SIGTERM' }, 'killed', 'SIGTERM'],
  [{ signal: 'SIGSEGV' }, 'crashed', 'SIGSEGV'],
  [{ signal: 'SIGSEGV', memoryRanOut: true }, 'crashed', 'SIGSEGV'],
  [{ code: 11, gone: 'crashed' }, 'crashed', '11'],
  [{ code: 0, gone: 'crashed' }, 'crashed', 'crashed'],
  [{ code: 3221225477 }, 'crashed', '0xc0000005'],
  [{ code: -1073741819 }, 'crashed', '0xc0000005'],
  [{ code: 1, gone: 'launch-failed' }, 'launch-failed', 'could not be started'],
  [{ code: 1, gone: 'integrity-failure' }, 'launch-failed', 'install MoE Lab again'],
  [{ code: 7, lastWords: 'something else' }, 'exited', 'code 7'],
  [{ code: 7, gone: 'abnormal-exit' }, 'exited', 'code 7'],
  [{}, 'exited', 'code unknown'],
])('%j: the cause is told and the reason names it', ([what, cause, named]) => {
  const end = processEnd(seen(what));
  expect(end.cause).toBe(cause);
  expect(end.reason).toContain(named);
});

describe('processes ended for lack of memory', () => {
  test('are counted as the kernel counts them', ({ folder }) => {
    const path = join(folder, 'vmstat');
    writeFileSync(path, 'pgfault 12\noom_kill 3\noom_kill_other 9\n');
    expect(memoryKills(path)).toBe(3);
  });

  test('are unknown where the kernel does not count them', ({ folder }) => {
    const path = join(folder, 'vmstat');
    expect(memoryKills(path)).toBeNull();
    writeFileSync(path, 'pgfault 12\n');
    expect(memoryKills(path)).toBeNull();
  });
});
