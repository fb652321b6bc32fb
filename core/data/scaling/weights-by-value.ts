import { inBlocks, type Steps } from '../../turns';

/** Values with the weight of each. */
interface Weighed {
  readonly values: Float64Array;
  /** Not null where there are rows. */
  readonly weights: Float64Array | null;
  /** How many of the values count; all where nothing is said. */
  readonly first?: number;
  readonly to?: number;
}

/**
 * The weight of each different value, by its rank among them: added in the order of the rows, so that the digits are those of a sum
 * kept for each value. Twice the memory of a number a value, where a map would take many times that. In turns.
 *
 * @param sorted   the values of all windows, ascending
 * @param windows  values with their weights, over and over the same
 * @returns one sum a different value
 */
export function* weightsByValue(sorted: Float64Array, windows: () => Iterable<Weighed>): Steps<Float64Array> {
  let distinct = 0;
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) distinct++;
  yield;
  // Where each different value first stands: a place in `sorted`, so that it need not be copied.
  const firsts = new Uint32Array(distinct);
  for (let i = 0, at = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) firsts[at++] = i;
  yield;
  const sums = new Float64Array(distinct);
  for (const { values, weights, first = 0, to = first + values.length } of windows())
    yield* inBlocks(to - first, 20, (from, end) => {
      for (let i = from; i < end; i++) sums[rankOf(sorted, firsts, values[i])] += weights === null ? 1 : weights[i];
    });
  return sums;
}

/** The rank of a value that is there. */
function rankOf(sorted: Float64Array, firsts: Uint32Array, value: number): number {
  let [low, high] = [0, firsts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (sorted[firsts[middle]] <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
