import { pass } from '../kernels/pass';
import { predictionKernel, type PredictionRows } from '../kernels/prediction';
import type { Rows } from './problem';
import type { Activation, Parameters } from './spec';

/** Predictions of every row, in the coordinates of the fit. */
export function predict(
  rows: Rows,
  parameters: Parameters,
  activation: Activation,
  cancel: Int32Array,
): PredictionRows {
  const { k, d } = parameters;
  const out = {
    mean: new Float64Array(rows.n),
    sd: new Float64Array(rows.n),
    gates: new Float64Array(rows.n * k),
    means: new Float64Array(rows.n * k),
  };
  pass(predictionKernel, rows, d, { parameters, activation, out }, cancel);
  return out;
}

/** What the rows say about the parameters without keeping anything a row. */
export interface Summary {
  /** Root mean squared error of the predictions; NaN without rows. */
  readonly rmse: number;
  /** k: mean gate probability of each expert. */
  readonly shares: Float64Array;
}

export function summarise(rows: Rows, parameters: Parameters, activation: Activation, cancel: Int32Array): Summary {
  const sums = pass(predictionKernel, rows, parameters.d, { parameters, activation, out: null }, cancel);
  return { rmse: Math.sqrt(sums[0] / sums[1]), shares: sums.slice(2).map((sum) => sum / sums[1]) };
}
