import { Matrix, QrDecomposition } from 'ml-matrix';
import { Cancelled, SHARDS, shardStart } from '../kernels/pass';
import type { Rows } from './problem';

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

/**
 * Weighted least squares by QR: never by the normal equations, which lose twice the digits. The columns are centred (where there is
 * an intercept) and scaled to unit length; the triangle is carried from block to block, so no copy of the rows is made.
 */
export function ordinaryLeastSquares(
  rows: Rows,
  d: number,
  columns: Uint8Array,
  intercept: boolean,
  cancel: Int32Array,
): LeastSquares {
  const used = Array.from(columns.keys()).filter((j) => columns[j] !== 0);
  const frame = frameOf(rows, d, used, intercept);
  let triangle = triangleOf(rows, d, used, frame, cancel);
  let kept = used.map((_, c) => c);
  // Leaving one column out changes what the next ones add: look again until none is dependent.
  for (;;) {
    const first = kept.findIndex((_, c) => !(Math.abs(triangle.get(c, c)) > DEPENDENT));
    if (first < 0) break;
    kept = kept.filter((_, c) => c !== first);
    const columnsLeft = Array.from({ length: triangle.columns }, (_, c) => c).filter((c) => c !== first);
    triangle = upper(triangle.subMatrixColumn(columnsLeft));
  }
  const weights = new Float64Array(d);
  const last = kept.length;
  const solution = new Float64Array(last);
  for (let c = last - 1; c >= 0; c--) {
    let sum = triangle.get(c, last);
    for (let b = c + 1; b < last; b++) sum -= triangle.get(c, b) * solution[b];
    solution[c] = sum / triangle.get(c, c);
    weights[used[kept[c]]] = (solution[c] * frame.targetScale) / frame.scales[kept[c]];
  }
  let constant = frame.targetCenter;
  kept.forEach((c) => (constant -= weights[used[c]] * frame.centers[c]));
  return {
    intercept: intercept ? constant : 0,
    weights,
    residual: (triangle.get(last, last) * frame.targetScale) ** 2,
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
function frameOf({ n, x, y, weights }: Rows, d: number, used: readonly number[], intercept: boolean): Frame {
  const weightOf = (r: number) => (weights === null ? 1 : weights[r]);
  let total = 0;
  for (let r = 0; r < n; r++) total += weightOf(r);
  const frame = (value: (r: number) => number) => {
    let center = 0;
    let size = 0;
    let square = 0;
    if (intercept) for (let r = 0; r < n; r++) center += (weightOf(r) / total) * value(r);
    for (let r = 0; r < n; r++) {
      square += weightOf(r) * (value(r) - center) ** 2;
      size += weightOf(r) * value(r) ** 2;
    }
    // Below this share the spread is what rounding left of a constant.
    return { center, scale: square > 1e-24 * size ? Math.sqrt(square) : Infinity };
  };
  const columns = used.map((j) => frame((r) => x[r * d + j]));
  const target = frame((r) => y[r]);
  return {
    centers: Float64Array.from(columns, (column) => column.center),
    scales: Float64Array.from(columns, (column) => column.scale),
    targetCenter: target.center,
    targetScale: target.scale === Infinity ? 1 : target.scale,
  };
}

/** R of the QR decomposition of (columns, target), square, one row and column for each. */
function triangleOf(rows: Rows, d: number, used: readonly number[], frame: Frame, cancel: Int32Array): Matrix {
  const width = used.length + 1;
  let triangle = Matrix.zeros(width, width);
  for (let shard = 0; shard < SHARDS; shard++) {
    const end = shardStart(rows.n, shard + 1);
    for (let from = shardStart(rows.n, shard); from < end; from += ROWS_AT_ONCE) {
      if (Atomics.load(cancel, 0) !== 0) throw new Cancelled();
      const count = Math.min(ROWS_AT_ONCE, end - from);
      const stacked = Matrix.zeros(width + count, width);
      stacked.setSubMatrix(triangle, 0, 0);
      for (let r = 0; r < count; r++) {
        const row = from + r;
        const root = rows.weights === null ? 1 : Math.sqrt(rows.weights[row]);
        used.forEach((j, c) =>
          stacked.set(width + r, c, (root * (rows.x[row * d + j] - frame.centers[c])) / frame.scales[c]),
        );
        stacked.set(width + r, width - 1, (root * (rows.y[row] - frame.targetCenter)) / frame.targetScale);
      }
      triangle = upper(stacked);
    }
  }
  return triangle;
}

/** R of a tall matrix, with as many rows as columns. */
function upper(tall: Matrix): Matrix {
  const { columns } = tall;
  const r = new QrDecomposition(tall).upperTriangularMatrix;
  return r.rows > columns ? r.subMatrix(0, columns - 1, 0, columns - 1) : r;
}
