import { fail, type Result } from '../result';
import type { Work } from './job';

/** The thread's own heap is full, or the system has no room for one more array of numbers. */
const isOutOfMemory = (error: NodeJS.ErrnoException | null): boolean =>
  error?.code === 'ERR_WORKER_OUT_OF_MEMORY' ||
  /allocation failed|Invalid typed array length/i.test(error?.message ?? '');

/**
 * What work is told whose thread has died.
 *
 * @param error  what the thread threw; null where it ended without
 */
export const deathOf = ({ kind }: Work, error: NodeJS.ErrnoException | null): Result<never> =>
  isOutOfMemory(error)
    ? fail(
        `${kind}/out-of-memory`,
        `The ${kind} needed more memory than a thread may use; try fewer experts or fewer features.`,
      )
    : fail(
        `${kind}/worker-died`,
        `The thread that ran the ${kind} ended unexpectedly (${error?.message ?? 'no reason given'}); run it again.`,
      );
