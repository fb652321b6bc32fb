import { setImmediate as breathe } from 'node:timers/promises';
import { experimentByName } from './experiments';
import { type ExperimentWork, runTask as runExperimentTask } from './experiments/run';
import { runTask, type StartTask } from './fit/task';
import type { Result } from './result';
import type { Pool, Work } from './threads/pool';

/**
 * Does a piece of work in this thread: a start of a fit, or a task of an experiment.
 *
 * @param now  seconds since 1970
 */
export function doWork(
  { kind, task }: Pick<Work, 'kind' | 'task'>,
  onNews: (news: unknown) => void,
  now: () => number,
): Result<unknown> {
  if (kind === 'fit') return runTask(task as StartTask, onNews, now);
  const work = task as ExperimentWork;
  return runExperimentTask(experimentByName(work.experiment), work);
}

/** A pool of this thread alone, for tests and for programs that run unbuilt: the same digits, one after the other. */
export const inlinePool = (now: () => number): Pool => ({
  size: 1,
  async run(work, onNews) {
    // Whoever wants to stop it, or to show how far it is, gets a word in between.
    await breathe();
    return doWork(work, onNews, now);
  },
  close: () => Promise.resolve(),
});
