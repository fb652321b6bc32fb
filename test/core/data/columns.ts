import { type Spread, type Ties, tiesInSteps } from '../../../core/data/scale';
import { type Moments, rowMoments } from '../../../core/data/scaling/moments';
import { finish } from '../../../core/turns';

type Weights = Float64Array | null;

/** Moments of the columns of an n × d matrix in memory. */
export const columnMoments = (x: Float64Array, n: number, d: number, weights: Weights = null): Moments =>
  finish(rowMoments({ n, x, y: new Float64Array(n), weights }, d));

/** Where the values of one column lie. */
export function spreadOf(values: Float64Array, weights: Weights = null): Spread {
  const { means, sds } = columnMoments(values, values.length, 1, weights);
  return { mean: means[0], sd: sds[0], low: Math.min(...values), high: Math.max(...values) };
}

/** How many values of one column are the same. */
export const tiesOf = (target: Float64Array, weights: Weights = null): Ties =>
  finish(tiesInSteps({ n: target.length, x: new Float64Array(0), y: target, weights }, 0));
