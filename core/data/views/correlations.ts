import { inBlocks, type Steps } from '../../turns';
import { placesOf, ranksAmong, type Places } from './ranks';
import type { CorrelationKind } from './types';

/** Both matrices by row: the pair of columns a and b stands at a * c + b. */
export interface Correlations {
  /** From -1 to 1; NaN where there are fewer than two rows, or where one of the two does not vary over them. */
  readonly values: Float64Array;
  /** Rows with a number in both. */
  readonly counts: Float64Array;
}

/**
 * Correlations of every pair of columns, each over the rows that have a number in both of the two.
 *
 * @param columns  one value a row, NaN for none; they are overwritten
 */
export function* correlations(columns: readonly Float64Array[], kind: CorrelationKind): Steps<Correlations> {
  const c = columns.length;
  const values = new Float64Array(c * c).fill(Number.NaN);
  const counts = new Float64Array(c * c);
  const pairOf = kind === 'pearson' ? yield* linearPairs(columns) : yield* rankedPairs(columns);
  for (let a = 0; a < c; a++) {
    for (let b = 0; b <= a; b++) {
      const [first, second] = yield* pairOf(a, b);
      const { n, r } = yield* correlationOf(first, second);
      values[a * c + b] = values[b * c + a] = r;
      counts[a * c + b] = counts[b * c + a] = n;
    }
  }
  return { values, counts };
}

/** The numbers of two columns that are correlated with each other. */
type Pairs = (a: number, b: number) => Steps<readonly [Float64Array, Float64Array]>;

/** The numbers themselves, moved and scaled so that no sum of squares overflows or drowns in a large mean. */
function* linearPairs(columns: readonly Float64Array[]): Steps<Pairs> {
  for (const column of columns) yield* moderate(column);
  return function* (a, b) {
    yield;
    return [columns[a], columns[b]];
  };
}

/**
 * Their ranks among the rows that both have. Where no cell is without a value these are the ranks in the column, found once; else
 * each pair has its own.
 */
function* rankedPairs(columns: readonly Float64Array[]): Steps<Pairs> {
  const places: Places[] = [];
  const complete: boolean[] = [];
  for (const column of columns) {
    const own = yield* placesOf(column);
    places.push(own);
    complete.push(!own.place.includes(own.distinct));
    yield* ranksAmong(own, own, column);
    yield* moderate(column);
  }
  const spare = complete.every(Boolean) ? 0 : (columns[0]?.length ?? 0);
  const [first, second] = [new Float64Array(spare), new Float64Array(spare)];
  return function* (a, b) {
    if ((complete[a] && complete[b]) || a === b) return [columns[a], columns[b]];
    yield* ranksAmong(places[a], places[b], first);
    yield* ranksAmong(places[b], places[a], second);
    return [first, second];
  };
}

/** Divides a column by its largest magnitude and takes its mean off. */
function* moderate(column: Float64Array): Steps<void> {
  let largest = 0;
  yield* inBlocks(column.length, 1, (begin, end) => {
    for (let i = begin; i < end; i++) largest = Math.max(largest, Number.isNaN(column[i]) ? 0 : Math.abs(column[i]));
  });
  const scale = largest || 1;
  let n = 0;
  let sum = 0;
  yield* inBlocks(column.length, 1, (begin, end) => {
    for (let i = begin; i < end; i++) {
      if (Number.isNaN(column[i])) continue;
      n++;
      sum += column[i] / scale;
    }
  });
  const mean = n > 0 ? sum / n : 0;
  yield* inBlocks(column.length, 1, (begin, end) => {
    for (let i = begin; i < end; i++) column[i] = column[i] / scale - mean;
  });
}

function* correlationOf(x: Float64Array, y: Float64Array): Steps<{ n: number; r: number }> {
  const sums = new Float64Array(6);
  // The first row that has both: what does not vary is equal to it everywhere.
  let first = 0;
  while (first < x.length && (Number.isNaN(x[first]) || Number.isNaN(y[first]))) first++;
  const vary = { x: false, y: false };
  yield* inBlocks(x.length, 2, (begin, end) => {
    addSums(x, y, begin, end, sums);
    vary.x ||= varies(x, y, first, begin, end);
    vary.y ||= varies(y, x, first, begin, end);
  });
  const [n, sx, sy, sxx, syy, sxy] = sums;
  if (!vary.x || !vary.y) return { n, r: Number.NaN };
  const r = (sxy - (sx * sy) / n) / Math.sqrt((sxx - (sx * sx) / n) * (syy - (sy * sy) / n));
  return { n, r: Math.max(-1, Math.min(1, r)) };
}

/** Adds count, sums, sums of squares and of products over the rows that have both. */
function addSums(x: Float64Array, y: Float64Array, begin: number, end: number, sums: Float64Array): void {
  let n = 0;
  let [sx, sy, sxx, syy, sxy] = [0, 0, 0, 0, 0];
  for (let i = begin; i < end; i++) {
    const a = x[i];
    const b = y[i];
    if (Number.isNaN(a) || Number.isNaN(b)) continue;
    n++;
    sx += a;
    sy += b;
    sxx += a * a;
    syy += b * b;
    sxy += a * b;
  }
  [n, sx, sy, sxx, syy, sxy].forEach((sum, i) => (sums[i] += sum));
}

function varies(x: Float64Array, y: Float64Array, first: number, begin: number, end: number): boolean {
  const value = x[first];
  for (let i = begin; i < end; i++) if (x[i] !== value && !Number.isNaN(x[i]) && !Number.isNaN(y[i])) return true;
  return false;
}
