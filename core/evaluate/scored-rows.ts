import { inTargetUnits, predictFitted, type ModelPrediction, type PredictingModel } from '../model/fitted';
import type { Rows } from '../model/problem';
import { columnOf, weightsOf, windows } from '../model/row-windows';
import { addLogSlopes, transformedTargets } from '../model/target-transform';
import type { Steps } from '../turns';
import { logDensityInSteps } from './log-density';
import type { Scored } from './part';

/** Rows in original units, x the encoded features and y the targets of the file, and what is there of every one of them. */
export interface OriginalRows {
  readonly rows: Rows;
  /** n targets. */
  readonly actual: Float64Array;
  /** n, or null for all ones. */
  readonly weights: Float64Array | null;
}

/** @param d  columns of x */
export const originalRows = (rows: Rows, d: number): OriginalRows => ({
  rows,
  actual: columnOf(rows, d, d),
  weights: weightsOf(rows, d),
});

/**
 * A model's predictions of all rows beside the truth, wherever the rows are: they do not depend on one another, so a window at a time
 * gives the same digits. Of what is more than a number a row nothing is kept. In turns.
 */
export function* scoredRows(model: PredictingModel, { rows, actual, weights }: OriginalRows): Steps<Scored> {
  const d = model.columns.length;
  const { targetTransform: transform } = model;
  const prediction = new Float64Array(rows.n);
  const logDensity = new Float64Array(rows.n);
  for (const { first, from, to, x, y } of windows(rows, d)) {
    const [begin, end] = [from - first, to - first];
    const here = y.subarray(begin, end);
    const fitted = yield* predictFitted(model, x.subarray(begin * d, end * d));
    const asFitted = transform ? yield* transformedTargets(transform, here) : here;
    prediction.set((yield* inTargetUnits(model, fitted)).prediction, from);
    logDensity.set(yield* densities(model, { actual: here, asFitted }, fitted), from);
  }
  return { actual, prediction, logDensity, weights };
}

/**
 * Log density of each target, nats, in its own units. In turns.
 *
 * @param fitted  what the model says of the targets as they were fitted
 */
export function* densities(
  { targetTransform, experts }: Pick<PredictingModel, 'targetTransform' | 'experts'>,
  { actual, asFitted }: { readonly actual: Float64Array; readonly asFitted: Float64Array },
  fitted: ModelPrediction,
): Steps<Float64Array> {
  const sigmas = experts.map(({ sigma }) => sigma);
  const density = yield* logDensityInSteps(asFitted, fitted, sigmas);
  if (targetTransform) yield* addLogSlopes(targetTransform, actual, density);
  return density;
}
