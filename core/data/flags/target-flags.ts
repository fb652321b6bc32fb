import { permutation, random } from '../../random';
import type { Steps } from '../../turns';
import { inBlocks } from '../../turns';
import type { EncodedColumn } from '../prepare/encoded-columns';
import type { ColumnWarning } from '../types';

/** Correlations nearer to 1 than this are not met between a target and what is known before it. */
const ALMOST_ONE = 0.999;
/** Rows that correlations are taken of. */
const MOST_ROWS = 2000;
const SEED = 20_240_301;
/** Fewer rows than this agree by chance. */
const FEW_ROWS = 20;
/** Chance at which repeated values of a column would meet with equal targets. */
const BY_CHANCE = 1e-9;

/** The training rows as they are looked at. */
export interface TargetView {
  readonly name: string;
  /** n targets, and n × d encoded features, row-major. */
  readonly target: Float64Array;
  readonly z: Float64Array;
  readonly encoded: readonly EncodedColumn[];
  /** Share of the most frequent target. */
  readonly tied: number;
}

/**
 * Columns that seem to be known only together with the target: it follows them almost exactly, or is the same wherever they are the
 * same, more often than by chance. One sentence each. In turns.
 */
export function* targetFlags(view: TargetView): Steps<ColumnWarning[]> {
  const { target, z, encoded, name } = view;
  const n = target.length;
  const d = encoded.length;
  if (n < FEW_ROWS) return [];
  const rows = n <= MOST_ROWS ? Uint32Array.from(target, (_, i) => i) : sampled(n);
  const y = Float64Array.from(rows, (row) => target[row]);
  const ranksOfY = ranks(y);
  const found: ColumnWarning[] = [];
  const flagged = new Set<string>();
  for (let j = 0; j < d; j++) {
    const { column, level, name: encodedName } = encoded[j];
    if (level !== null || flagged.has(column)) continue;
    yield;
    const x = Float64Array.from(rows, (row) => z[row * d + j]);
    const linear = correlation(x, y);
    const ranked = correlation(ranks(x), ranksOfY);
    const nearest = Math.abs(linear) > Math.min(ALMOST_ONE, Math.abs(ranked)) ? linear : ranked;
    const kind = nearest === linear ? 'correlation' : 'rank correlation';
    if (Math.abs(nearest) > ALMOST_ONE) {
      flagged.add(column);
      found.push({
        column,
        sentence: `“${name}” follows “${encodedName}” almost exactly (${kind} ${nearest.toFixed(4)}): leave “${encodedName}” out of the features unless it is known before the target.`,
      });
    } else if (yield* tells(view, j)) {
      flagged.add(column);
      found.push({
        column,
        sentence: `“${name}” is the same wherever “${encodedName}” is the same: leave “${encodedName}” out of the features unless it is known before the target.`,
      });
    }
  }
  return found;
}

/**
 * Whether rows with the same value of a column have the same target, while they differ in something else: more such rows, and of more
 * than one value, than would agree by chance.
 */
function* tells({ target, z, encoded, tied }: TargetView, column: number): Steps<boolean> {
  const n = target.length;
  const d = encoded.length;
  const firstOf = new Map<number, number>();
  const repeated = new Set<number>();
  const found = { agree: 0, differ: false };
  yield* inBlocks(n, 10, (from, to) => {
    if (found.differ) return;
    for (let i = from; i < to; i++) {
      const value = z[i * d + column];
      const first = firstOf.get(value);
      if (first === undefined) firstOf.set(value, i);
      else if (target[first] !== target[i]) {
        found.differ = true;
        return;
      } else if (!sameRow(z, d, first, i)) {
        found.agree++;
        repeated.add(value);
      }
    }
  });
  return !found.differ && repeated.size > 1 && found.agree * Math.log(tied) < Math.log(BY_CHANCE);
}

function sameRow(z: Float64Array, d: number, a: number, b: number): boolean {
  for (let j = 0; j < d; j++) if (z[a * d + j] !== z[b * d + j]) return false;
  return true;
}

const sampled = (n: number): Uint32Array => permutation(n, random(SEED)).subarray(0, MOST_ROWS).sort();

/** From 1; equal values share the mean of theirs. */
function ranks(values: Float64Array): Float64Array {
  const order = Uint32Array.from(values, (_, i) => i).sort((a, b) => values[a] - values[b]);
  const found = new Float64Array(values.length);
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && values[order[to]] === values[order[from]]) to++;
    for (let at = from; at < to; at++) found[order[at]] = (from + to + 1) / 2;
  }
  return found;
}

/** NaN where one of the two does not vary. */
function correlation(x: Float64Array, y: Float64Array): number {
  const n = x.length;
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value / n, 0);
  const [mx, my] = [mean(x), mean(y)];
  let [xx, yy, xy] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    xx += (x[i] - mx) ** 2;
    yy += (y[i] - my) ** 2;
    xy += (x[i] - mx) * (y[i] - my);
  }
  return xy / Math.sqrt(xx * yy);
}
