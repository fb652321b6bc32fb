import { quantiles } from '../../quantile';
import { inBlocks, type Steps } from '../../turns';
import { weightedQuantiles } from '../scaling/quartiles';

/** What a number that is missing is taken to be. */
export type Filling = 'mean' | 'median' | 'most-frequent';

/**
 * What stands for a missing number, from the training values that are there. In turns.
 *
 * @param values   at least one, none NaN; reordered
 * @param weights  one a value, all above 0: as if it stood there so often; null for all ones
 */
export function* learnFilling(
  values: Float64Array,
  policy: Filling,
  weights: Float64Array | null = null,
): Steps<number> {
  if (policy === 'mean') return yield* meanOf(values, weights);
  if (policy === 'most-frequent') return yield* mostFrequent(values, weights);
  return weights === null ? quantiles(values, [0.5])[0] : (yield* weightedQuantiles(values, weights, [0.5]))[0];
}

/** About the first value, so that a column far from 0 keeps its digits. */
function* meanOf(values: Float64Array, weights: Float64Array | null): Steps<number> {
  const origin = values[0];
  let [sum, total] = [0, 0];
  yield* inBlocks(values.length, 2, (from, to) => {
    for (let i = from; i < to; i++) {
      const weight = weights ? weights[i] : 1;
      sum += weight * (values[i] - origin);
      total += weight;
    }
  });
  return origin + sum / total;
}

/** The smallest of equals. Counted rather than sorted: where it is asked for, there are few different values. */
function* mostFrequent(values: Float64Array, weights: Float64Array | null): Steps<number> {
  const counts = new Map<number, number>();
  yield* inBlocks(values.length, 20, (from, to) => {
    for (let i = from; i < to; i++) counts.set(values[i], (counts.get(values[i]) ?? 0) + (weights ? weights[i] : 1));
  });
  let [mode, most] = [Number.NaN, 0];
  for (const [value, count] of counts)
    if (count > most || (count === most && value < mode)) [mode, most] = [value, count];
  return mode;
}
