import { readFileSync } from 'node:fs';
import type { CoreEnd } from '../../core/protocol';

/** How much of what a core printed is kept: enough for V8's last words. */
export const LAST_WORDS = 4000;

/** Why a process ended: the cause, and the same as the end of a sentence that starts with "The engine stopped:". */
export interface ProcessEnd {
  readonly cause: CoreEnd;
  readonly reason: string;
}

/** What a host saw of an end. */
export interface SeenEnd {
  readonly code: number | null;
  readonly signal?: string | null;
  /** What Electron calls it, where it says anything. */
  readonly gone?: string | null;
  /** The end of what the process wrote to its standard error. */
  readonly lastWords: string;
  /** The system ended some process for lack of memory meanwhile. */
  readonly memoryRanOut?: boolean;
}

/** V8 aborts when its heap is full, which looks like any other abort but for what it printed; so do the libraries. */
const NO_MEMORY = /heap out of memory|Allocation failed|ERR_WORKER_OUT_OF_MEMORY|std::bad_alloc|OOM error in V8/;
/** Sent by people and programs that want it gone; no fault of its own. */
const ASKED = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'];
/** Windows: Chromium's own code for "no memory", and where the system's codes for faults begin. */
const WINDOWS_NO_MEMORY = 0xe0000008;
const WINDOWS_FAULTS = 0xc0000000;

const outOfMemory: ProcessEnd = { cause: 'out-of-memory', reason: 'it ran out of memory' };

export function processEnd({ code, signal = null, gone = null, lastWords, memoryRanOut = false }: SeenEnd): ProcessEnd {
  // Windows counts from 0; Node and Electron may hand the same bits over as a negative number.
  const bits = code === null ? 0 : code >>> 0;
  if (NO_MEMORY.test(lastWords) || gone === 'oom' || gone === 'memory-eviction' || bits === WINDOWS_NO_MEMORY)
    return outOfMemory;
  if (gone === 'launch-failed') return { cause: 'launch-failed', reason: 'it could not be started' };
  if (gone === 'integrity-failure')
    return {
      cause: 'launch-failed',
      reason: 'its files are not as they were delivered, so it was not started; install MoE Lab again',
    };
  // The kernel's choice when the whole machine is short of memory, but also anybody's kill -9.
  if (signal === 'SIGKILL' || gone === 'killed')
    return memoryRanOut
      ? { cause: 'out-of-memory', reason: 'the operating system ended it because memory ran out' }
      : { cause: 'killed', reason: 'the operating system or another program ended it, perhaps for lack of memory' };
  if (signal && ASKED.includes(signal)) return { cause: 'killed', reason: `another program ended it (${signal})` };
  if (signal) return { cause: 'crashed', reason: `it was ended by ${signal}` };
  if (bits >= WINDOWS_FAULTS) return { cause: 'crashed', reason: `it crashed (0x${bits.toString(16)})` };
  if (gone === 'crashed') return { cause: 'crashed', reason: `it crashed (${code ?? 'unknown'})` };
  return { cause: 'exited', reason: `it ended by itself with code ${code ?? 'unknown'}` };
}

/** How many processes this system has ended for lack of memory since it started; null where it does not say (only Linux does). */
export function memoryKills(path = '/proc/vmstat'): number | null {
  try {
    const found = /^oom_kill (\d+)$/m.exec(readFileSync(path, 'utf8'));
    return found ? Number(found[1]) : null;
  } catch {
    return null;
  }
}
