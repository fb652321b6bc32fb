import { Cancelled, shardsOf, shardStart } from '../kernels/pass';
import { finish, inBlocks, type Steps } from '../turns';
import type { Rows } from './problem';
import { weightOf, windows } from './row-windows';

/** Ordinary least squares of the target on the columns in use. */
export interface LeastSquares {
  readonly intercept: number;
  /** d: 0 on columns not in use or left out. */
  readonly weights: Float64Array;
  /** Σ w (y − prediction)². */
  readonly residual: number;
  /** Columns that others in use already say, and so were left out. */
  readonly dependent: readonly number[];
}

/** A column whose part not explained by those before it is below this share of its length is dependent on them. */
const DEPENDENT = 1e-10;
const ROWS_AT_ONCE = 512;
/** A squared length, of columns of length 1, that changes nothing and whose reciprocal would overflow. */
const NOTHING = 1e-290;

/**
 * Weighted least squares by QR: never by the normal equations, which lose twice the digits. The columns are centred (where there is
 * an intercept) and scaled to unit length; the triangle is carried from block to block, so no copy of the rows is made.
 */
export const ordinaryLeastSquares = (
  rows: Rows,
  d: number,
  columns: Uint8Array,
  intercept: boolean,
  cancel: Int32Array,
): LeastSquares => finish(leastSquaresInSteps(rows, d, columns, intercept, cancel));

/** The same in turns. */
export function* leastSquaresInSteps(
  rows: Rows,
  d: number,
  columns: Uint8Array,
  intercept: boolean,
  cancel: Int32Array,
): Steps<LeastSquares> {
  const used = Array.from(columns.keys()).filter((j) => columns[j] !== 0);
  const frame = yield* frameOf(rows, d, used, intercept);
  let triangle = yield* triangleOf(rows, d, used, frame, cancel);
  let kept = used.map((_, c) => c);
  // Leaving one column out changes what the next ones add: look again until none is dependent.
  for (;;) {
    const width = kept.length + 1;
    const first = kept.findIndex((_, c) => !(Math.abs(triangle[c * width + c]) > DEPENDENT));
    if (first < 0) break;
    kept = kept.filter((_, c) => c !== first);
    triangle = withoutColumn(triangle, width, first);
  }
  const weights = new Float64Array(d);
  const last = kept.length;
  const width = last + 1;
  const solution = new Float64Array(last);
  for (let c = last - 1; c >= 0; c--) {
    let sum = triangle[c * width + last];
    for (let b = c + 1; b < last; b++) sum -= triangle[c * width + b] * solution[b];
    solution[c] = sum / triangle[c * width + c];
    weights[used[kept[c]]] = (solution[c] * frame.targetScale) / frame.scales[kept[c]];
  }
  let constant = frame.targetCenter;
  kept.forEach((c) => (constant -= weights[used[c]] * frame.centers[c]));
  return {
    intercept: intercept ? constant : 0,
    weights,
    residual: (triangle[last * width + last] * frame.targetScale) ** 2,
    dependent: used.filter((_, c) => !kept.includes(c)),
  };
}

interface Frame {
  readonly centers: Float64Array;
  readonly scales: Float64Array;
  readonly targetCenter: number;
  readonly targetScale: number;
}

/** Centres and lengths of the used columns and of the target. A constant column has length 0 and scale Infinity: it becomes 0. */
function* frameOf(rows: Rows, d: number, used: readonly number[], intercept: boolean): Steps<Frame> {
  const width = used.length + 1;
  const at = Uint32Array.from(used);
  const total = weightOf(rows, d);
  const centers = new Float64Array(width);
  if (intercept) {
    for (const { x, y, weights, ...window } of windows(rows, d))
      yield* inBlocks(window.to - window.from, width, (from, to) => {
        for (let r = from; r < to; r++) {
          const share = (weights === null ? 1 : weights[r]) / total;
          for (let c = 0; c < width - 1; c++) centers[c] += share * x[r * d + at[c]];
          centers[width - 1] += share * y[r];
        }
      });
  }
  const squares = new Float64Array(width);
  const sizes = new Float64Array(width);
  for (const { x, y, weights, ...window } of windows(rows, d))
    yield* inBlocks(window.to - window.from, 2 * width, (from, to) => {
      for (let r = from; r < to; r++) {
        const w = weights === null ? 1 : weights[r];
        for (let c = 0; c < width; c++) {
          const value = c < width - 1 ? x[r * d + at[c]] : y[r];
          squares[c] += w * (value - centers[c]) ** 2;
          sizes[c] += w * value * value;
        }
      }
    });
  // Below this share the spread is what rounding left of a constant.
  const scales = squares.map((square, c) => (square > 1e-24 * sizes[c] ? Math.sqrt(square) : Infinity));
  const targetScale = scales[width - 1];
  return {
    centers: centers.subarray(0, width - 1),
    scales: scales.subarray(0, width - 1),
    targetCenter: centers[width - 1],
    targetScale: targetScale === Infinity ? 1 : targetScale,
  };
}

/** R of the QR decomposition of (columns, target), square and row-major, one row and column for each. */
function* triangleOf(
  rows: Rows,
  d: number,
  used: readonly number[],
  frame: Frame,
  cancel: Int32Array,
): Steps<Float64Array<ArrayBuffer>> {
  const width = used.length + 1;
  const at = Uint32Array.from(used);
  const triangle = new Float64Array(width * width);
  const block = new Float64Array(width * ROWS_AT_ONCE);
  for (let shard = 0; shard < shardsOf(rows.n); shard++) {
    const [begin, end] = [shardStart(rows.n, shard), shardStart(rows.n, shard + 1)];
    for (const { first, x, y, weights, ...window } of windows(rows, d, begin, end, ROWS_AT_ONCE)) {
      for (let from = window.from; from < window.to; from += ROWS_AT_ONCE) {
        if (Atomics.load(cancel, 0) !== 0) throw new Cancelled();
        const count = Math.min(ROWS_AT_ONCE, window.to - from);
        for (let r = 0; r < count; r++) {
          const row = from + r - first;
          const root = weights === null ? 1 : Math.sqrt(weights[row]);
          for (let c = 0; c < width - 1; c++)
            block[c * count + r] = (root * (x[row * d + at[c]] - frame.centers[c])) / frame.scales[c];
          block[(width - 1) * count + r] = (root * (y[row] - frame.targetCenter)) / frame.targetScale;
        }
        absorb(triangle, block, width, count);
        yield;
      }
    }
  }
  return triangle;
}

/**
 * R of a triangle stacked on more rows, by Householder reflections that leave the zeros of the triangle alone (Golub & Van Loan 2013,
 * 5.2 and 6.5.3).
 *
 * @param triangle  width × width row-major, upper; overwritten by the new R
 * @param block  the rows, column-major: width columns of `count` entries; overwritten
 */
function absorb(triangle: Float64Array, block: Float64Array, width: number, count: number): void {
  for (let c = 0; c < width; c++) {
    const column = c * count;
    let tail = 0;
    for (let r = 0; r < count; r++) tail += block[column + r] * block[column + r];
    if (tail < NOTHING) continue;
    const diagonal = triangle[c * width + c];
    const norm = Math.sqrt(diagonal * diagonal + tail);
    // Away from the diagonal's sign, so that nothing cancels.
    const image = diagonal > 0 ? -norm : norm;
    const head = diagonal - image;
    const scale = 2 / (head * head + tail);
    triangle[c * width + c] = image;
    for (let j = c + 1; j < width; j++) {
      const other = j * count;
      let product = head * triangle[c * width + j];
      for (let r = 0; r < count; r++) product += block[column + r] * block[other + r];
      product *= scale;
      triangle[c * width + j] -= product * head;
      for (let r = 0; r < count; r++) block[other + r] -= product * block[column + r];
    }
  }
}

/** R without one of its columns: its rows are absorbed anew, each in turn. */
function withoutColumn(triangle: Float64Array, width: number, column: number): Float64Array<ArrayBuffer> {
  const left = width - 1;
  const rest = new Float64Array(left * left);
  const row = new Float64Array(left);
  for (let r = 0; r < width; r++) {
    for (let c = 0; c < left; c++) row[c] = triangle[r * width + (c < column ? c : c + 1)];
    absorb(rest, row, left, 1);
  }
  return rest;
}
