import { Matrix, QrDecomposition } from 'ml-matrix';
import { weightedMean } from './metrics';

/** y ≈ constant + Σ_j slopes_j z_j, in original units. */
export interface LeastSquares {
  readonly constant: number;
  readonly slopes: Float64Array;
  /** Columns that are linear combinations of earlier ones; their slope is 0. */
  readonly dropped: readonly number[];
}

/** Diagonal of R, relative to columns of length 1, below which a column adds nothing. NIST's Filip needs less than 1e-9. */
const RANK_TOLERANCE = 1e-11;
const BLOCK = 256;

/**
 * Weighted least squares by Householder QR on centred, scaled columns. Normal equations lose half the digits; QR of all rows at
 * once would copy the table, so blocks of rows are folded into one triangle: QR of [R; block] gives the next R.
 *
 * @param z  n × d, row-major
 * @param intercept  false: through the origin, columns scaled but not centred
 */
export function leastSquares(
  z: Float64Array,
  y: Float64Array,
  weights: Float64Array | null,
  d: number,
  intercept: boolean,
): LeastSquares {
  const { center, scale } = columnScales(z, weights, d, y.length, intercept);
  const yCenter = intercept ? weightedMean(y, weights) : 0;
  const triangle = foldRows(z, y, weights, d, center, scale, yCenter);
  const { solution, dropped } = solveTriangle(triangle, d);
  const slopes = solution.map((value, j) => value / scale[j]);
  let constant = yCenter;
  for (let j = 0; j < d; j++) constant -= slopes[j] * center[j];
  return { constant, slopes, dropped };
}

/** Each column's weighted mean (0 without intercept) and its length about it (1 where that is 0). */
function columnScales(z: Float64Array, weights: Float64Array | null, d: number, n: number, intercept: boolean) {
  const center = new Float64Array(d);
  const scale = new Float64Array(d);
  for (let j = 0; j < d; j++) {
    const column = Float64Array.from({ length: n }, (_, i) => z[i * d + j]);
    if (intercept && n > 0) center[j] = weightedMean(column, weights);
    let squares = 0;
    let largest = 0;
    for (let i = 0; i < n; i++) {
      const centred = column[i] - center[j];
      squares += (weights === null ? 1 : weights[i]) * centred * centred;
      largest = Math.max(largest, Math.abs(column[i]));
    }
    const length = Math.sqrt(squares);
    // A constant column is not exactly 0 once its rounded mean is subtracted: below rounding it has no length.
    scale[j] = length > 4 * Number.EPSILON * largest * Math.sqrt(n) ? length : Number.POSITIVE_INFINITY;
  }
  return { center, scale };
}

/** R of the QR decomposition of [z | y], (d + 1) × (d + 1): its last column is Q'y and the residual's length. */
function foldRows(
  z: Float64Array,
  y: Float64Array,
  weights: Float64Array | null,
  d: number,
  center: Float64Array,
  scale: Float64Array,
  yCenter: number,
): Matrix {
  const p = d + 1;
  let triangle = Matrix.zeros(p, p);
  for (let from = 0; from < y.length; from += BLOCK) {
    const to = Math.min(from + BLOCK, y.length);
    const stacked = Matrix.zeros(p + to - from, p);
    stacked.setSubMatrix(triangle, 0, 0);
    for (let i = from; i < to; i++) {
      const root = weights === null ? 1 : Math.sqrt(weights[i]);
      const row = p + i - from;
      for (let j = 0; j < d; j++) stacked.set(row, j, (root * (z[i * d + j] - center[j])) / scale[j]);
      stacked.set(row, d, root * (y[i] - yCenter));
    }
    triangle = new QrDecomposition(stacked).upperTriangularMatrix;
  }
  return triangle;
}

/** Back substitution, leaving out columns that depend on earlier ones: each such column is removed and the rest triangularised. */
function solveTriangle(triangle: Matrix, d: number): { solution: Float64Array; dropped: number[] } {
  const solution = new Float64Array(d);
  const dropped: number[] = [];
  let kept = Array.from({ length: d }, (_, j) => j);
  while (kept.length > 0) {
    const r = new QrDecomposition(triangle.subMatrixColumn([...kept, d])).upperTriangularMatrix;
    const dependent = kept.findIndex((_, j) => Math.abs(r.get(j, j)) < RANK_TOLERANCE);
    if (dependent === -1) {
      for (let j = kept.length - 1; j >= 0; j--) {
        let rest = r.get(j, kept.length);
        for (let l = j + 1; l < kept.length; l++) rest -= r.get(j, l) * solution[kept[l]];
        solution[kept[j]] = rest / r.get(j, j);
      }
      break;
    }
    dropped.push(kept[dependent]);
    kept = kept.filter((_, j) => j !== dependent);
  }
  return { solution, dropped };
}
