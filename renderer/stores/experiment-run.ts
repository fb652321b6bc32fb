import type { EventData } from '../../core/protocol';
import type { AppError } from '../../core/result';
import type { ExperimentReport } from '../../core/experiments/types';
import type { SavedExperiment } from '../../core/store/work';
import { savedError } from './saved-run';

/** What to run of an experiment. */
export interface ExperimentRequest {
  readonly name: string;
  /** Null: as many as it is meant for. */
  readonly seeds: number | null;
  /** The short version, which finishes within a minute. */
  readonly quick: boolean;
  /** The open table and the column it predicts, where it is run as well. */
  readonly tables: readonly { readonly tableId: string; readonly target: string }[];
}

/**
 * running: in the core. done: finished by itself. cancelled: stopped, what was done is kept. failed: the core said why. interrupted:
 * the core ended under it; what it had reported is kept.
 */
export type ExperimentState = 'running' | 'done' | 'cancelled' | 'failed' | 'interrupted';

/** An experiment that was started. Its report grows while seeds finish. */
export interface ExperimentRun {
  readonly id: string;
  readonly request: ExperimentRequest;
  /** Name of the open file it was run on besides what ships, or null. */
  readonly file: string | null;
  readonly state: ExperimentState;
  readonly cancelling: boolean;
  /** Pieces of work. */
  readonly done: number;
  /** 0 while it is not known. */
  readonly total: number;
  /** Seconds, as the core last told. */
  readonly elapsed: number;
  /** Milliseconds since 1970, by the page's clock. */
  readonly startedAt: number;
  readonly report: ExperimentReport | null;
  readonly error: AppError | null;
}

export const begun = (id: string, request: ExperimentRequest, file: string | null, now: number): ExperimentRun => ({
  id,
  request,
  file,
  state: 'running',
  cancelling: false,
  done: 0,
  total: 0,
  elapsed: 0,
  startedAt: now,
  report: null,
  error: null,
});

export const isRunning = (run: ExperimentRun): boolean => run.state === 'running';

export const withProgress = (run: ExperimentRun, progress: EventData<'experiment/progress'>): ExperimentRun => {
  const { done, total, elapsed, report } = progress;
  return isRunning(run) ? { ...run, done, total, elapsed, report } : run;
};

export function withEnd(run: ExperimentRun, end: EventData<'experiment/finished'>): ExperimentRun {
  if (!isRunning(run)) return run;
  if (end.state === 'failed') return { ...run, cancelling: false, state: 'failed', error: end.error };
  const { state, elapsed, report } = end;
  return { ...run, cancelling: false, state, elapsed, report, done: state === 'done' ? run.total : run.done };
}

export const withFailure = (run: ExperimentRun, error: AppError): ExperimentRun =>
  isRunning(run) ? { ...run, cancelling: false, state: 'failed', error } : run;

export const withInterruption = (run: ExperimentRun): ExperimentRun =>
  isRunning(run) ? { ...run, cancelling: false, state: 'interrupted' } : run;

/** An ended experiment as a project keeps it: the table it ran on besides is another one by then, known by its name alone. */
export function savedExperiment(run: ExperimentRun, state: SavedExperiment['state']): SavedExperiment {
  const { id, request, file, done, total, elapsed, startedAt, report, error } = run;
  const { name, seeds, quick } = request;
  const saved = { id, name, seeds, quick, file, state, done, total, elapsed, startedAt, report };
  return { ...saved, error: error && savedError(error) };
}

export function experimentOf({ name, seeds, quick, ...run }: SavedExperiment): ExperimentRun {
  return { ...run, request: { name, seeds, quick, tables: [] }, cancelling: false };
}
