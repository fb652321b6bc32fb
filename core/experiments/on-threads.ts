import type { Result } from '../result';
import type { Pool } from '../threads/pool';
import type { Measured } from './experiment';
import type { TaskRunner } from './run';

/** Runs tasks on the threads of the pool, in turn with the fits that run there. */
export const tasksOn = (pool: Pool): TaskRunner => ({
  size: pool.size,
  run: (work) =>
    // The thread answers work of this kind with what `runTask` gives.
    pool.run({ kind: 'experiment', task: work, cancel: work.cancel }, () => undefined) as Promise<
      Result<Measured | null>
    >,
});
