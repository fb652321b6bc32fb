import { recovery, type Regressors } from '../../model/match';
import type { Effort, ExperimentTask, Line, Observation } from '../experiment';

/** Observations of one method in one setting, by metric. What is not a number was not measured and is left out. */
export const observe = (setting: string, method: string, values: Readonly<Record<string, number>>): Observation[] =>
  Object.entries(values).flatMap(([metric, value]) =>
    Number.isFinite(value) ? [{ setting, method, metric, value }] : [],
  );

/** Names of the metrics of recovery, the same in every experiment. */
export const metricNames = {
  /** min over experts of |cos|: 1 is perfect. */
  regressorFit: 'regressor fit',
  /** min over gates of the cosine. */
  gatingFit: 'gating fit',
  /** ‖A − A*‖ + ‖W − W*‖. */
  error: 'E(A,W)',
  /** 1 − regressor fit: what is read where fits are near 1. */
  regressorError: 'E_reg',
  /** 1 where the fit has reached what EM from the truth reaches, else 0: the mean is the success rate. */
  success: 'success',
} as const;

/** How near a fit is to the truth: regressor fit, gating fit and E(A,W). */
export function recovered(setting: string, method: string, fitted: Regressors, truth: Regressors): Observation[] {
  const { regressorFit, gatingFit, error } = recovery(fitted, truth);
  return observe(setting, method, {
    [metricNames.regressorFit]: regressorFit,
    [metricNames.gatingFit]: gatingFit,
    [metricNames.error]: error,
  });
}

/** Whether every fitted expert points the way of its true one, not against it: the regressor fit looks at lines alone. */
export function signsAreRight(fitted: Regressors, truth: Regressors): boolean {
  const { d } = truth;
  return recovery(fitted, truth).order.every((j, i) => {
    let product = 0;
    for (let a = 0; a < d; a++) product += truth.expertWeights[i * d + a] * fitted.expertWeights[j * d + a];
    return product > 0;
  });
}

/** All settings at every seed. Seed by seed, so that every row of the table fills from the beginning. */
export const tasksOf = (settings: readonly string[], seeds: number, first = 1): ExperimentTask[] =>
  Array.from({ length: seeds }, (_, i) => i).flatMap((i) => settings.map((setting) => ({ setting, seed: first + i })));

/** All simulated settings at every seed; a quick run keeps the small ones, of 2,000 rows. */
export const simulationTasks = (
  settings: ReadonlyMap<string, { readonly rows: number }>,
  { seeds, quick }: Effort,
): ExperimentTask[] =>
  tasksOf(
    [...settings].flatMap(([name, { rows }]) => (!quick || rows === QUICK_ROWS ? [name] : [])),
    seeds,
  );

const QUICK_ROWS = 2000;

/** The whole numbers 0 .. last. */
export const counting = (last: number): number[] => Array.from({ length: last + 1 }, (_, i) => i);

/** One line of a figure at x = 0, 1, .. last; a fit that ended before then stays where it ended. */
export function heldLine(figure: string, series: string, values: readonly number[], last: number): Line {
  const x = counting(last);
  return { figure, series, x, y: x.map((i) => values[Math.min(i, values.length - 1)]) };
}
