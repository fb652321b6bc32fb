import { quantiles } from '../../quantile';
import { inBlocks, type Steps } from '../../turns';

/** What a number that is missing is taken to be. */
export type Filling = 'mean' | 'median' | 'most-frequent';

/** What stands for a missing number, from the training values that are there. In turns. @param values  at least one, none NaN; reordered */
export function* learnFilling(values: Float64Array, policy: Filling): Steps<number> {
  if (policy === 'median') return quantiles(values, [0.5])[0];
  return policy === 'mean' ? yield* meanOf(values) : mostFrequent(values);
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

/** The smallest of equals. */
function mostFrequent(values: Float64Array): number {
  values.sort();
  let [mode, most] = [values[0], 0];
  for (let from = 0, to = 0; from < values.length; from = to) {
    do to++;
    while (to < values.length && values[to] === values[from]);
    if (to - from > most) [mode, most] = [values[from], to - from];
  }
  return mode;
}
