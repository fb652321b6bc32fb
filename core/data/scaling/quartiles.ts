import type { Rows } from '../../model/problem';
import { columnOf, weightsOf } from '../../model/row-windows';
import { quantiles } from '../../quantile';
import { sortedNumbers } from '../../sorted';
import type { Steps } from '../../turns';
import { weightsByValue } from './weights-by-value';

/**
 * Lower quartile, median and upper quartile of each of the d columns of x (type 7 of Hyndman & Fan), as if a row of weight w, above 0,
 * stood there w times. In turns.
 *
 * @returns one triple a column
 */
export function* quartilesInSteps(rows: Rows, d: number): Steps<(readonly [number, number, number])[]> {
  const found: (readonly [number, number, number])[] = [];
  const weights = weightsOf(rows, d);
  const column = new Float64Array(rows.n);
  for (let j = 0; j < d; j++) {
    columnOf(rows, d, j, column);
    yield;
    const [low, middle, high] =
      weights === null
        ? quantiles(column, [0.25, 0.5, 0.75])
        : yield* weightedQuantiles(column, weights, [0.25, 0.5, 0.75]);
    found.push([low, middle, high]);
    yield;
  }
  return found;
}

/** With whole weights these are the quantiles of the rows repeated; in between they go on smoothly. */
export function* weightedQuantiles(
  values: Float64Array,
  weights: Float64Array,
  shares: readonly number[],
): Steps<number[]> {
  const sorted = yield* sortedNumbers(values.slice());
  // Equal values stand together: their weight is one. From here on the weight of each value and of all below it.
  const until = yield* weightsByValue(sorted, () => [{ values, weights }]);
  let distinct = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (i > 0 && sorted[i] === sorted[i - 1]) continue;
    if (distinct > 0) until[distinct] += until[distinct - 1];
    sorted[distinct++] = sorted[i];
  }
  yield;
  const total = until[until.length - 1];
  // The value at a place among the repeated rows, counted from 0.
  const at = (place: number) => {
    let [low, high] = [0, distinct - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (until[middle] > place) high = middle;
      else low = middle + 1;
    }
    return sorted[low];
  };
  return shares.map((share) => {
    const place = Math.max(0, total - 1) * share;
    const below = Math.floor(place);
    const [first, next] = [at(below), at(below + 1)];
    return first + (place - below) * (next - first);
  });
}
