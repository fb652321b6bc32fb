import type { AppError } from '../../core/result';
import type { SavedRun } from '../../core/store/work';
import type { Curve } from '../charts/convergence/curves';
import type { Run } from './run';

/** A run as a project keeps it. One that is under way counts as interrupted: it is in no core that the project's reader has. */
export function savedRun(run: Run, curves: readonly Curve[]): SavedRun {
  const { id, number, slot, name, shown, request, table, state, starts, elapsed, fraction, startedAt, endedAt } = run;
  return {
    id,
    number,
    slot,
    name,
    shown,
    request,
    table: { ...table, columns: [...table.columns] },
    state: state === 'queued' || state === 'running' ? 'interrupted' : state,
    starts: [...starts],
    elapsed,
    fraction,
    startedAt,
    endedAt,
    result: run.result,
    error: run.error && savedError(run.error),
    curves: curves.map(({ start, sound, points, stages }) => ({
      start,
      sound,
      points: [...points],
      stages: [...stages],
    })),
  };
}

export function runOf({ curves: _, table, ...run }: SavedRun): Run {
  return { ...run, table: { ...table, columns: new Map(table.columns) }, cancelling: false };
}

export const savedError = ({ code, message, details }: AppError): NonNullable<SavedRun['error']> => ({
  code,
  message,
  ...(details ? { details: { ...details } } : {}),
});
