import { factor, solveFactored } from '../kernels/cholesky';

/** Rows of which one has less than this share of its length outside the span of the others have no dual worth having. */
const DEPENDENT = 1e-10;

/**
 * The vectors a_j in the span of the rows b_i with a_j·b_i = 1{i = j}: the rows of pinv(B)' = (B B')⁻¹ B.
 *
 * @param rows  B, k × q, row-major; not written
 * @returns k × q, or null where the rows are dependent or not finite
 */
export function dualRows(rows: Float64Array, k: number, q: number): Float64Array | null {
  if (!rows.every(Number.isFinite)) return null;
  const products = new Float64Array(k * k);
  const dot = (i: number, j: number) => {
    let sum = 0;
    for (let c = 0; c < q; c++) sum += rows[i * q + c] * rows[j * q + c];
    return sum;
  };
  const lengths = Float64Array.from({ length: k }, (_, i) => Math.sqrt(dot(i, i)));
  if (!lengths.every((length) => length > 0)) return null;
  for (let i = 0; i < k; i++) for (let j = 0; j <= i; j++) products[i * k + j] = dot(i, j) / (lengths[i] * lengths[j]);
  if (!(factor(products, k, DEPENDENT) > DEPENDENT)) return null;
  const dual = new Float64Array(k * q);
  const column = new Float64Array(k);
  for (let c = 0; c < q; c++) {
    for (let i = 0; i < k; i++) column[i] = rows[i * q + c] / lengths[i];
    solveFactored(products, k, column);
    for (let i = 0; i < k; i++) dual[i * q + c] = column[i] / lengths[i];
  }
  return dual;
}
