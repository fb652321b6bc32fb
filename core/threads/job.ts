import type { Result } from '../result';

/** A piece of work for a thread: plain data, and how its run is asked to stop. */
export interface Work {
  /** Which of the thread's tasks it is; also what a fault is about. */
  readonly kind: 'fit' | 'experiment' | 'rate' | 'intervals';
  readonly task: unknown;
  /** Shared flag of the run that the work belongs to: non-zero asks it to stop. Work of one run has one flag. */
  readonly cancel: Int32Array;
  /** What other threads must be told to help with the work while they have none of their own; nothing where they cannot. */
  readonly shared?: unknown;
}

/** Work that is waited for. */
export interface Job {
  readonly id: number;
  readonly work: Work;
  /** While a thread does it, where that can be helped. */
  board: SharedArrayBuffer | null;
  readonly onNews: (news: unknown) => void;
  readonly settle: (result: Result<unknown>) => void;
}

export const isCancelled = (job: Job): boolean => Atomics.load(job.work.cancel, 0) !== 0;
