import type { Problem } from '../model/problem';
import { UnreadableRows } from '../model/row-file';
import { fail, ok, type Result } from '../result';
import { methodById } from './index';
import type { Settings, Start } from './method';
import { type RunNews, runStart, type StageMark, type StartResult, type TracePoint } from './run';

/** One start to be run somewhere: all of it survives the border between threads. */
export interface StartTask {
  readonly problem: Problem;
  readonly method: string;
  readonly settings: Settings;
  readonly start: Start;
  readonly seed: number;
  /** When it must end, in seconds since 1970 (the one clock that threads share), or null. */
  readonly deadline: number | null;
  /** Not begun after the deadline: another start has parameters by then. */
  readonly spare: boolean;
}

/** What happened in a running start since the last word of it. */
export interface StartNews {
  readonly points: readonly TracePoint[];
  readonly stages: readonly StageMark[];
}

/** Runs a start in this thread or another. Null: it was cancelled, or its time was up, before it began. */
export type StartRunner = (task: StartTask, onNews: (news: StartNews) => void) => Promise<Result<StartResult | null>>;

/** News are gathered so that a fast fit does not flood the page: at most ten words a second. */
const NEWS_EVERY_SECONDS = 0.1;

/**
 * Runs one start in this thread.
 *
 * @param now  seconds since 1970
 */
export function runTask(
  task: StartTask,
  onNews: (news: StartNews) => void,
  now: () => number,
): Result<StartResult | null> {
  const method = methodById(task.method);
  if (!method) return fail('fit/unknown-method', `There is no method named ${task.method}.`);
  const timeLimit = task.deadline === null ? null : Math.max(0, task.deadline - now());
  if (task.spare && timeLimit === 0) return ok(null);
  let points: TracePoint[] = [];
  let stages: StageMark[] = [];
  let said = Number.NEGATIVE_INFINITY;
  const onEvent = (news: RunNews) => {
    if (news.type === 'point') points.push(news.point);
    else stages.push(news.mark);
    if (now() - said < NEWS_EVERY_SECONDS) return;
    onNews({ points, stages });
    said = now();
    points = [];
    stages = [];
  };
  let result: Result<StartResult>;
  try {
    result = runStart(task.problem, method, task.settings, task.start, task.seed, { now, timeLimit, onEvent });
  } catch (error) {
    if (error instanceof UnreadableRows) return fail('fit/rows-file', error.message);
    throw error;
  }
  if (points.length > 0 || stages.length > 0) onNews({ points, stages });
  return result;
}

/** Runs starts in this thread, one after the other: for tests and measurements. */
export const inlineRunner =
  (now: () => number): StartRunner =>
  async (task, onNews) =>
    runTask(task, onNews, now);
