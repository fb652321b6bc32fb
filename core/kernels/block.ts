import type { Rows } from '../model/problem';

/**
 * A few rows, transposed: one line a quantity, so that inner loops run along rows with unit stride. Lines are padded with zeros
 * to a multiple of 4 rows; a zero row adds nothing to any sum.
 */
export interface Block {
  /** Distance between lines. */
  readonly stride: number;
  /** (d + 2) × stride: the line of ones, the d features, the target. */
  readonly z: Float64Array;
  /** The rows' weights. */
  readonly weights: Float64Array;
}

export function makeBlock(d: number, blockRows: number): Block {
  return { stride: blockRows, z: new Float64Array((d + 2) * blockRows), weights: new Float64Array(blockRows) };
}

/** The number of rows rounded up to whole groups of 4. */
export const padded = (count: number): number => (count + 3) & ~3;

/** Fills the block with rows from (included) to to (excluded). */
export function loadBlock(block: Block, rows: Rows, d: number, from: number, to: number): void {
  const { stride, z, weights } = block;
  const { x, y } = rows;
  const count = to - from;
  const end = padded(count);
  for (let r = 0; r < count; r++) {
    const row = (from + r) * d;
    z[r] = 1;
    for (let j = 0; j < d; j++) z[(j + 1) * stride + r] = x[row + j];
    z[(d + 1) * stride + r] = y[from + r];
    weights[r] = rows.weights === null ? 1 : rows.weights[from + r];
  }
  for (let r = count; r < end; r++) {
    for (let line = 0; line < d + 2; line++) z[line * stride + r] = 0;
    weights[r] = 0;
  }
}

/** Intercepts and weights of k affine functions as one k × (d + 1) matrix, the intercept first. */
export function packAffine(intercepts: Float64Array, weights: Float64Array, k: number, d: number): Float64Array {
  const packed = new Float64Array(k * (d + 1));
  for (let i = 0; i < k; i++) {
    packed[i * (d + 1)] = intercepts[i];
    packed.set(weights.subarray(i * d, (i + 1) * d), i * (d + 1) + 1);
  }
  return packed;
}

/** out[i, r] = Σ_a affine[i, a] z[a, r] for the padded rows; out is k × stride and overwritten. */
export function affineScores(
  affine: Float64Array,
  k: number,
  d: number,
  block: Block,
  count: number,
  out: Float64Array,
): void {
  const { stride, z } = block;
  const p = d + 1;
  const end = padded(count);
  for (let i = 0; i < k; i++) {
    const first = i * p;
    for (let r = 0; r < end; r += 4) {
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      for (let a = 0, at = r; a < p; a++, at += stride) {
        const c = affine[first + a];
        s0 += c * z[at];
        s1 += c * z[at + 1];
        s2 += c * z[at + 2];
        s3 += c * z[at + 3];
      }
      const at = i * stride + r;
      out[at] = s0;
      out[at + 1] = s1;
      out[at + 2] = s2;
      out[at + 3] = s3;
    }
  }
}
