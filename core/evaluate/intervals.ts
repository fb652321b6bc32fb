import { setImmediate as breathe } from 'node:timers/promises';
import type { Random } from '../random';
import { quantileSorted } from '../quantile';
import type { IntervalsReport } from './types';

const DRAWS = 2000;
/** Parts with more rows use the normal approximation: at this size it agrees with the bootstrap to a few percent of the width. */
const RESAMPLED_ROWS = 5000;
/** Resampled rows between which others may run. */
const ROWS_AT_ONCE = 200_000;
/** Φ⁻¹(0.975). */
const Z = 1.959963984540054;

type PartIntervals = IntervalsReport['model']['train'];
type Interval = PartIntervals['rmse'];

/** The absolute errors of one part: of few rows themselves, to be drawn again and again; of many their intervals at once. */
export type Errors =
  { readonly absolute: Float64Array; readonly weights: Float64Array | null } | { readonly intervals: PartIntervals };

interface BothParts {
  readonly train: Errors;
  readonly test: Errors | null;
}

/** What errors are measured of: the model, and what it is compared with. */
export interface MeasuredPredictors {
  readonly model: BothParts;
  readonly mean: BothParts;
  readonly ols: BothParts;
}

export const errorsOf = (absolute: Float64Array, weights: Float64Array | null): Errors =>
  absolute.length <= RESAMPLED_ROWS ? { absolute, weights } : { intervals: approximated(absolute, weights) };

/**
 * 95% intervals of RMSE and MAE, by percentile bootstrap over rows (Efron & Tibshirani 1993, 13.3). All three predictors are
 * measured on the same resampled rows. They say how far the error would move with other rows of the same population; they do
 * not include the luck of the training sample. Lets others run between draws.
 *
 * @param stream  one stream of random numbers; training rows are drawn before held-out rows
 */
export async function errorIntervals(predictors: MeasuredPredictors, stream: Random): Promise<IntervalsReport> {
  const { model, mean, ols } = predictors;
  const train = await partIntervals([model.train, mean.train, ols.train], stream);
  const test =
    model.test && mean.test && ols.test
      ? await partIntervals([model.test, mean.test, ols.test], stream)
      : [null, null, null];
  return {
    model: { train: train[0], test: test[0] },
    mean: { train: train[1], test: test[1] },
    ols: { train: train[2], test: test[2] },
    draws: isResampled(predictors) ? DRAWS : 0,
  };
}

/** Whether rows of one part or the other are drawn again: of many rows the intervals are there already. */
export const isResampled = ({ model }: MeasuredPredictors): boolean =>
  [model.train, model.test].some((part) => part !== null && 'absolute' in part);

/** @param predictors  of the same rows, so alike in kind */
async function partIntervals(predictors: readonly Errors[], stream: Random): Promise<PartIntervals[]> {
  const drawn = predictors.filter((errors) => 'absolute' in errors);
  if (drawn.length > 0)
    return resampled(
      drawn.map(({ absolute }) => absolute),
      drawn[0].weights,
      stream,
    );
  return predictors.flatMap((errors) => ('intervals' in errors ? [errors.intervals] : []));
}

/** Percentiles over DRAWS resamples of n rows with replacement; a row keeps its weight. */
async function resampled(
  errors: readonly Float64Array[],
  weights: Float64Array | null,
  stream: Random,
): Promise<PartIntervals[]> {
  const n = errors[0].length;
  const weighted = errors.map((absolute) => absolute.map((e, i) => (weights === null ? e : weights[i] * e)));
  const rmse = errors.map(() => new Float64Array(DRAWS));
  const mae = errors.map(() => new Float64Array(DRAWS));
  const rows = new Uint32Array(n);
  const drawsAtOnce = Math.ceil(ROWS_AT_ONCE / n);
  for (let draw = 0; draw < DRAWS; draw++) {
    if (draw % drawsAtOnce === 0) await breathe();
    let total = 0;
    for (let i = 0; i < n; i++) {
      rows[i] = stream.integer(n);
      total += weights === null ? 1 : weights[rows[i]];
    }
    // Only rows of weight 0 were drawn: nothing to measure, so nothing is wrong.
    if (total === 0) total = 1;
    for (let p = 0; p < errors.length; p++) {
      let squares = 0;
      let sum = 0;
      for (let i = 0; i < n; i++) {
        squares += weighted[p][rows[i]] * errors[p][rows[i]];
        sum += weighted[p][rows[i]];
      }
      rmse[p][draw] = Math.sqrt(squares / total);
      mae[p][draw] = sum / total;
    }
  }
  return errors.map((_, p) => ({ rmse: percentiles(rmse[p]), mae: percentiles(mae[p]) }));
}

function percentiles(draws: Float64Array): Interval {
  const sorted = draws.sort();
  return { low: quantileSorted(sorted, 0.025), high: quantileSorted(sorted, 0.975) };
}

/** mean ± 1.96 standard errors; the interval of RMSE is the square root of that of the mean squared error. */
function approximated(absolute: Float64Array, weights: Float64Array | null): PartIntervals {
  const squares = normalInterval(absolute.length, (i) => absolute[i] * absolute[i], weights);
  return {
    rmse: { low: Math.sqrt(Math.max(0, squares.low)), high: Math.sqrt(squares.high) },
    mae: normalInterval(absolute.length, (i) => absolute[i], weights),
  };
}

/** The weighted mean's standard error is that of a ratio estimator: sqrt(Σ w² (v − v̄)²) / Σ w. */
function normalInterval(n: number, value: (i: number) => number, weights: Float64Array | null): Interval {
  let total = 0;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const w = weights === null ? 1 : weights[i];
    total += w;
    sum += w * value(i);
  }
  const mean = sum / total;
  let spread = 0;
  for (let i = 0; i < n; i++) spread += ((weights === null ? 1 : weights[i]) * (value(i) - mean)) ** 2;
  const error = Math.sqrt(spread) / total;
  return { low: Math.max(0, mean - Z * error), high: mean + Z * error };
}
