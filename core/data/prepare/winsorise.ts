import { quantiles } from '../../quantile';
import type { Steps } from '../../turns';
import { weightedQuantiles } from '../scaling/quartiles';

/** Limits that values are moved to, in the column's units. */
export interface Limits {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The limits of the training values: their quantiles (type 7) at a share and at 1 less the share. In turns.
 *
 * @param values   at least one, none NaN; reordered
 * @param weights  one a value, all above 0: as if it stood there so often; null for all ones
 */
export function* learnLimits(values: Float64Array, share: number, weights: Float64Array | null = null): Steps<Limits> {
  if (weights !== null) {
    const [low, high] = yield* weightedQuantiles(values, weights, [share, 1 - share]);
    return { share, low, high };
  }
  const [low] = quantiles(values, [share]);
  yield;
  const [high] = quantiles(values, [1 - share]);
  return { share, low, high };
}

/** A missing value stays missing. */
export const limited = (x: number, { low, high }: Limits): number => (x < low ? low : x > high ? high : x);
