import { quantiles } from '../../quantile';
import { inBlocks, type Steps } from '../../turns';

/** What a number that is missing is taken to be. */
export type Filling = 'mean' | 'median' | 'most-frequent';

/** What stands for a missing number, from the training values that are there. In turns. @param values  at least one, none NaN; reordered */
export function* learnFilling(values: Float64Array, policy: Filling): Steps<number> {
  if (policy === 'median') return quantiles(values, [0.5])[0];
  return policy === 'mean' ? yield* meanOf(values) : yield* mostFrequent(values);
}

/** About the first value, so that a column far from 0 keeps its digits. */
function* meanOf(values: Float64Array): Steps<number> {
  const origin = values[0];
  let sum = 0;
  yield* inBlocks(values.length, 1, (from, to) => {
    for (let i = from; i < to; i++) sum += values[i] - origin;
  });
  return origin + sum / values.length;
}

/** The smallest of equals. Counted rather than sorted: a sort cannot be left in between. */
function* mostFrequent(values: Float64Array): Steps<number> {
  const counts = new Map<number, number>();
  yield* inBlocks(values.length, 20, (from, to) => {
    for (let i = from; i < to; i++) counts.set(values[i], (counts.get(values[i]) ?? 0) + 1);
  });
  let [mode, most] = [Number.NaN, 0];
  for (const [value, count] of counts)
    if (count > most || (count === most && value < mode)) [mode, most] = [value, count];
  return mode;
}
