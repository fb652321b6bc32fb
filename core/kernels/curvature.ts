import { type Lines, STRIDE } from './lines';
import { triangle } from './triangle';

/** The gate's curvature is kept for pairs i <= j of the experts before the last, whose gate is 0. */
export const curvatureLength = (k: number, d: number): number => triangle(k - 1) * triangle(d + 1);

/**
 * sums[at + pair (i, j)] += Σ w p_i (1{i = j} − p_j) z z', the negative Hessian of Σ w Σ_i r_i log p_i in the gates, z = (1, x).
 *
 * @param p         k lines, gate probabilities
 * @param weighted  k lines, the same times the row weights
 * @param v         a line of scratch, overwritten
 * @param work      two more
 */
export function addCurvature(
  lines: Lines,
  p: Float64Array,
  weighted: Float64Array,
  k: number,
  d: number,
  z: Float64Array,
  count: number,
  v: Float64Array,
  work: Float64Array,
  sums: Float64Array,
  at: number,
): void {
  for (let i = 0; i < k - 1; i++) {
    for (let j = i; j < k - 1; j++) {
      lines.curvature(weighted, i * STRIDE, p, j * STRIDE, i === j ? 1 : 0, count, v);
      lines.addGram(v, 0, z, d + 1, count, work, sums, at);
      at += triangle(d + 1);
    }
  }
}
