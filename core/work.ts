import { setImmediate as breathe } from 'node:timers/promises';
import type { ExperimentWork } from './experiments/run';
import { runTask, type StartTask } from './fit/task';
import { afterwardsHere, type IntervalsTask, type RateTask } from './job/afterwards';
import { teamOn } from './kernels/shared-pass';
import type { Rows } from './model/problem';
import { ok, type Result } from './result';
import { boardOn } from './threads/board';
import type { Pool, Work } from './threads/pool';

/**
 * Does a piece of work in this thread: a start of a fit, what is found out once all have ended, or a task of an experiment.
 *
 * @param now  seconds since 1970
 */
export async function doWork(
  { kind, task, board }: Pick<Work, 'kind' | 'task'> & { readonly board?: SharedArrayBuffer | null },
  onNews: (news: unknown) => void,
  now: () => number,
): Promise<Result<unknown>> {
  if (kind === 'fit') return runTask(withTeam(task as StartTask, board ?? null), onNews, now);
  if (kind === 'rate') {
    const { problem, parameters } = task as RateTask;
    return ok(await afterwardsHere.rate(problem, parameters));
  }
  if (kind === 'intervals') {
    const { predictors, seed } = task as IntervalsTask;
    return ok(await afterwardsHere.intervals(predictors, seed));
  }
  // Only here: a thread that fits does not wait for them to load.
  const [{ experimentByName }, { runTask: runExperimentTask }] = await Promise.all([
    import('./experiments'),
    import('./experiments/run'),
  ]);
  const work = task as ExperimentWork;
  return runExperimentTask(experimentByName(work.experiment), work);
}

/** The start with its passes shared on the board. */
function withTeam(task: StartTask, board: SharedArrayBuffer | null): StartTask {
  if (board === null) return task;
  const { train, test } = task.problem;
  const parts: Rows[] = [];
  const team = teamOn(boardOn(board), { d: task.problem.d, parts, cancel: task.problem.cancel });
  const shared = (rows: Rows): Rows => {
    const part = { ...rows, team };
    parts.push(part);
    return part;
  };
  return { ...task, problem: { ...task.problem, train: shared(train), test: test && shared(test) } };
}

/** A pool of this thread alone, for tests and for programs that run unbuilt: the same digits, one after the other. */
export const inlinePool = (now: () => number): Pool => ({
  size: 1,
  async run(work, onNews) {
    // Whoever wants to stop it, or to show how far it is, gets a word in between.
    await breathe();
    return doWork(work, onNews, now);
  },
  hasRoom: () => false,
  warm: () => undefined,
  first: () => undefined,
  close: () => Promise.resolve(),
});
