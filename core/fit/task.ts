import type { Problem } from '../model/problem';
import type { Result } from '../result';
import type { Settings, Start } from './method';
import type { StartResult, TracePoint } from './run';

/** One start to be run somewhere: all of it survives the border between threads. */
export interface StartTask {
  readonly problem: Problem;
  readonly method: string;
  readonly settings: Settings;
  readonly start: Start;
  readonly seed: number;
  /** Seconds from the start of the task, or null. */
  readonly timeLimit: number | null;
}

export interface StageMark {
  readonly iteration: number;
  readonly seconds: number;
  readonly label: string;
}

/** What happened in a running start since the last word of it; at most ten a second. */
export interface StartNews {
  readonly stage: string;
  readonly points: readonly TracePoint[];
  readonly stages: readonly StageMark[];
}

/** Runs a start in this thread or another. Null: it was cancelled before it began. */
export type StartRunner = (task: StartTask, onNews: (news: StartNews) => void) => Promise<Result<StartResult | null>>;
