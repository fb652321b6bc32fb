import type { Result } from '../result';
import type { Pool } from '../threads/pool';
import type { StartResult } from './run';
import type { StartNews, StartRunner } from './task';

/** Runs starts on the threads of the pool. */
export const startsOn =
  (pool: Pool): StartRunner =>
  (task, onNews) =>
    // The thread answers work of this kind with what `runTask` gives.
    pool.run({ kind: 'fit', task, cancel: task.problem.cancel }, (news) => onNews(news as StartNews)) as Promise<
      Result<StartResult | null>
    >;
