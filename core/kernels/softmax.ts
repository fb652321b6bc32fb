import { padded } from './block';
import { addGram, triangle } from './gram';

/** Overwrites values[at], values[at + stride], ... below end by their softmax; returns their log-sum-exp. */
export function softmax(values: Float64Array, at: number, stride: number, end: number): number {
  let largest = values[at];
  for (let j = at + stride; j < end; j += stride) if (values[j] > largest) largest = values[j];
  let sum = 0;
  for (let j = at; j < end; j += stride) {
    const e = Math.exp(values[j] - largest);
    values[j] = e;
    sum += e;
  }
  const scale = 1 / sum;
  for (let j = at; j < end; j += stride) values[j] *= scale;
  return largest + Math.log(sum);
}

/** The gate's curvature is kept for pairs i <= j of the experts before the last, whose gate is 0. */
export const curvatureLength = (k: number, d: number): number => triangle(k - 1) * triangle(d + 1);

/**
 * sums[at + pair (i, j)] += Σ w p_i (1{i = j} − p_j) z z', the negative Hessian of Σ w Σ_i r_i log p_i in the gates, z = (1, x).
 *
 * @param p         k × stride, gate probabilities
 * @param weighted  k × stride, the same times the row weights
 * @param v, line   scratch, at least one line each, overwritten
 */
export function addCurvature(
  p: Float64Array,
  weighted: Float64Array,
  k: number,
  d: number,
  z: Float64Array,
  stride: number,
  count: number,
  v: Float64Array,
  line: Float64Array,
  sums: Float64Array,
  at: number,
): void {
  const end = padded(count);
  for (let i = 0; i < k - 1; i++) {
    for (let j = i; j < k - 1; j++) {
      const same = i === j ? 1 : 0;
      for (let r = 0; r < end; r++) v[r] = weighted[i * stride + r] * (same - p[j * stride + r]);
      addGram(v, 0, z, stride, d + 1, count, line, sums, at);
      at += triangle(d + 1);
    }
  }
}
