import type { Result } from '../result';
import type { SharedRows } from '../kernels/shared-pass';
import type { Problem, Rows } from '../model/problem';
import type { Pool } from '../threads/pool';
import type { StartResult } from './run';
import type { StartNews, StartRunner } from './task';

/** Rows from which on a second thread is worth its memory and its message: some milliseconds a pass. */
const WORTH_SHARING = 20_000;

/** What threads must know to help with the problem's passes; nothing where they are too short, or the rows are this thread's alone. */
function sharedRows({ d, train, test, cancel }: Problem): SharedRows | undefined {
  // Rows in a file are read by everyone.
  const isShared = (rows: Rows) => !('x' in rows) || rows.x.buffer instanceof SharedArrayBuffer;
  if (train.n < WORTH_SHARING || !isShared(train)) return undefined;
  return { d, parts: test && isShared(test) ? [train, test] : [train], cancel };
}

/** Runs starts on the threads of the pool. */
export const startsOn =
  (pool: Pool): StartRunner =>
  (task, onNews) =>
    // The thread answers work of this kind with what `runTask` gives.
    pool.run({ kind: 'fit', task, cancel: task.problem.cancel, shared: sharedRows(task.problem) }, (news) =>
      onNews(news as StartNews),
    ) as Promise<Result<StartResult | null>>;
