/** Sorting in turns: a typed array's own sort cannot be left in between, and takes a second for eight million numbers. */
import { inBlocks, type Steps } from './turns';

/** Values sorted at once before they are merged: some milliseconds, by a function and as they are. */
const PLACES = 8192;
const NUMBERS = 65_536;

/**
 * Merge sort in turns. The order is that of the typed array's own sort.
 *
 * @param places  reordered; what is returned may be another array
 */
export const sorted = (places: Uint32Array, compare: (a: number, b: number) => number): Steps<Uint32Array> =>
  mergeSorted(
    places,
    PLACES,
    (run) => run.sort(compare),
    (a, b) => compare(a, b) <= 0,
  );

/**
 * The same of numbers, ascending. Twice their memory while it goes on.
 *
 * @param values  none NaN; reordered; what is returned may be another array
 */
export const sortedNumbers = (values: Float64Array): Steps<Float64Array> =>
  mergeSorted(values, NUMBERS, (run) => run.sort(), isInOrder);

/** As the typed array's own sort has it, −0 before 0. */
const isInOrder = (a: number, b: number): boolean =>
  a < b || (a === b && (a !== 0 || Object.is(a, -0) || !Object.is(b, -0)));

/** @param isFirst  whether the first of two may stand before the second */
function* mergeSorted<A extends Uint32Array | Float64Array>(
  values: A,
  run: number,
  sortRun: (values: A) => void,
  isFirst: (a: number, b: number) => boolean,
): Steps<A> {
  const n = values.length;
  for (let from = 0; from < n; from += run) {
    sortRun(values.subarray(from, from + run) as A);
    yield;
  }
  if (n <= run) return values;
  let source: A = values;
  let target = values.slice() as A;
  for (let width = run; width < n; width *= 2) {
    // Where the next of the two runs that are merged stand, and where both end.
    let [left, right, middle, end] = [0, 0, 0, 0];
    yield* inBlocks(n, 20, (from, to) => {
      for (let at = from; at < to; at++) {
        if (at === end) {
          [left, right] = [at, Math.min(n, at + width)];
          [middle, end] = [right, Math.min(n, at + 2 * width)];
        }
        const takesLeft = right >= end || (left < middle && isFirst(source[left], source[right]));
        target[at] = takesLeft ? source[left++] : source[right++];
      }
    });
    [source, target] = [target, source];
  }
  return source;
}
