import type { DesignRecipe, Dialect, TableInfo } from '../../core/data/types';
import type { EventData, FitSpec, RunProgress, RunResult, StartState } from '../../core/protocol';
import type { AppError } from '../../core/result';
import type { Curve } from '../charts/convergence/curves';
import type { ColumnWords } from '../charts/fit-view';
import { isSound } from '../charts/sound';

/** What the Model screen asks for: one run each. */
export interface RunRequest {
  readonly design: DesignRecipe;
  readonly fit: FitSpec;
}

/** The table a run was started on, as it was called then; another file may be open by now. */
export interface RunTable {
  readonly sha256: string;
  readonly dialect: Dialect;
  readonly file: string;
  readonly target: ColumnWords;
  readonly columns: ReadonlyMap<string, ColumnWords>;
  /** No cell is missing, so that every choice of features uses the same rows. */
  readonly complete: boolean;
}

/** Whether a table is the very one a run was made on: the same bytes, read the same way. */
export const isSameTable = (table: TableInfo | null, of: RunTable): table is TableInfo =>
  table?.file.sha256 === of.sha256 && JSON.stringify(table.dialect) === JSON.stringify(of.dialect);

/**
 * queued, running: in the core. done: finished by itself. partial: cancelled, its best parameters kept. cancelled: nothing was
 * there to keep. interrupted: the core ended under it.
 */
export type RunState = 'queued' | 'running' | 'done' | 'partial' | 'failed' | 'cancelled' | 'interrupted';

export interface Run {
  readonly id: string;
  /** Counts runs of this session from 1. */
  readonly number: number;
  /** Position in the run marks (colour, dash, symbol). */
  readonly slot: number;
  /** The method's name, with a number from its second run on; unique among the runs. */
  readonly name: string;
  readonly request: RunRequest;
  readonly table: RunTable;
  readonly state: RunState;
  readonly cancelling: boolean;
  readonly starts: readonly StartState[];
  /** Seconds. */
  readonly elapsed: number;
  readonly fraction: number;
  /** Milliseconds since 1970, by the page's clock. */
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly result: RunResult | null;
  readonly error: AppError | null;
  /** Drawn in the chart. */
  readonly shown: boolean;
}

export const isActive = (run: Run): boolean => run.state === 'queued' || run.state === 'running';
export const isFinished = (run: Run): run is Run & { result: RunResult } => run.result !== null;

export function withProgress(run: Run, progress: RunProgress): Run {
  if (!isActive(run)) return run;
  const { state, starts, elapsed, fraction } = progress;
  return { ...run, state, starts: starts.length ? starts : run.starts, elapsed, fraction };
}

export function withEnd(run: Run, end: EventData<'run/finished'>, now: number): Run {
  if (!isActive(run)) return run;
  const ended = { ...run, cancelling: false, endedAt: now };
  switch (end.state) {
    case 'done':
      return {
        ...ended,
        state: end.result.partial ? 'partial' : 'done',
        result: end.result,
        elapsed: end.result.report.termination.seconds,
        fraction: 1,
      };
    case 'failed':
      return { ...ended, state: 'failed', error: end.error };
    case 'cancelled':
      return { ...ended, state: 'cancelled' };
  }
}

/** The core is gone: what ran in it has to be run again; everything finished stays as it is. */
export const withInterruption = (run: Run, now: number): Run =>
  isActive(run) ? { ...run, state: 'interrupted', cancelling: false, endedAt: now } : run;

/** New points appended to each start's curve, or put in its place when the core thinned it. */
export function withCurves(curves: readonly Curve[], progress: RunProgress): Curve[] {
  const byStart = new Map(curves.map((curve) => [curve.start, curve]));
  for (const update of progress.curves) {
    if (!update.replace && update.points.length === 0 && update.stages.length === 0) continue;
    const held = update.replace ? undefined : byStart.get(update.start);
    byStart.set(update.start, {
      start: update.start,
      sound: true,
      points: held ? [...held.points, ...update.points] : update.points,
      stages: held ? mergedStages(held.stages, update.stages) : update.stages,
    });
  }
  const ended = new Map(progress.starts.map((start) => [start.index, start.termination]));
  return [...byStart.values()]
    .map((curve) => ({
      ...curve,
      sound: ended.has(curve.start) ? isSound(ended.get(curve.start) ?? null) : curve.sound,
    }))
    .sort((a, b) => a.start - b.start);
}

/** Stages may be sent again with each update: the same one is kept once. */
function mergedStages(held: Curve['stages'], added: Curve['stages']): Curve['stages'] {
  const known = new Set(held.map((stage) => `${stage.iteration} ${stage.label}`));
  return [...held, ...added.filter((stage) => !known.has(`${stage.iteration} ${stage.label}`))];
}

/** The start whose curve is drawn strongly. */
export const bestStart = (run: Run): number | null => run.starts.find((start) => start.best)?.index ?? null;

/** The first free mark, so that a removed run's colour is used again and as few as possible repeat. */
export function freeSlot(runs: readonly Run[]): number {
  const taken = new Set(runs.map((run) => run.slot));
  let slot = 0;
  while (taken.has(slot)) slot++;
  return slot;
}

/** "Joint EM", then "Joint EM 2", ...: the smallest number not in use. */
export function freeName(runs: readonly Run[], method: string): string {
  const taken = new Set(runs.map((run) => run.name));
  if (!taken.has(method)) return method;
  let number = 2;
  while (taken.has(`${method} ${number}`)) number++;
  return `${method} ${number}`;
}
