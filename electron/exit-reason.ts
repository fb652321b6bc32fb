import type { CoreEnd } from '../core/protocol';

/** How much of what a core printed is kept: enough for V8's last words. */
export const LAST_WORDS = 4000;

/** Why a process ended: the cause, and the same as the end of a sentence that starts with "The engine stopped:". */
export interface ProcessEnd {
  readonly cause: CoreEnd;
  readonly reason: string;
}

/**
 * Why a process ended. V8 aborts when its heap is full, which looks like any other abort but for what it printed.
 *
 * @param lastWords  the end of what the process wrote to its standard error
 */
export function processEnd(code: number | null, signal: string | null, lastWords: string): ProcessEnd {
  if (/heap out of memory|Allocation failed|ERR_WORKER_OUT_OF_MEMORY|std::bad_alloc/.test(lastWords))
    return { cause: 'out-of-memory', reason: 'it ran out of memory' };
  // The kernel's choice when the whole machine is short of memory, but also anybody's kill -9.
  if (signal === 'SIGKILL')
    return {
      cause: 'killed',
      reason: 'the operating system or another program ended it (SIGKILL), perhaps for lack of memory',
    };
  if (signal) return { cause: 'crashed', reason: `it was ended by ${signal}` };
  return { cause: 'exited', reason: `it ended by itself with code ${code ?? 'unknown'}` };
}
