import type { RowWindow } from '../model/row-windows';
import { type Lines, padded, STRIDE } from './lines';

/**
 * A few rows, transposed: one line a quantity, so that inner loops run along rows with unit stride. Lines are padded with zeros
 * to a multiple of 4 rows; a zero row adds nothing to any sum.
 */
export interface Block {
  /** (d + 2) lines: ones, the d features, the target. */
  readonly z: Float64Array;
  /** The rows' weights. */
  readonly weights: Float64Array;
  /** The rows as they come. */
  readonly raw: Float64Array;
}

export const makeBlock = (lines: Lines, d: number): Block => ({
  z: lines.array((d + 2) * STRIDE),
  weights: lines.array(STRIDE),
  raw: lines.array(d * STRIDE),
});

/** k lines. */
export const makeLines = (lines: Lines, k: number): Float64Array => lines.array(k * STRIDE);

/** A copy that `lines` can reach. */
export function reachable(lines: Lines, values: ArrayLike<number>): Float64Array {
  const copy = lines.array(values.length);
  copy.set(values);
  return copy;
}

/** Fills the block with rows from (included) to to (excluded) of a window. */
export function loadBlock(lines: Lines, block: Block, rows: RowWindow, d: number, from: number, to: number): void {
  const { z, weights, raw } = block;
  const count = to - from;
  const end = padded(count);
  const target = (d + 1) * STRIDE;
  z.fill(1, 0, count);
  const first = from - rows.first;
  raw.set(rows.x.subarray(first * d, (first + count) * d));
  lines.transpose(raw, d, count, z, STRIDE);
  z.set(rows.y.subarray(first, first + count), target);
  if (rows.weights === null) weights.fill(1, 0, count);
  else weights.set(rows.weights.subarray(first, first + count));
  for (let r = count; r < end; r++) {
    for (let at = r; at <= target + r; at += STRIDE) z[at] = 0;
    weights[r] = 0;
  }
}

/** Intercepts and weights of k affine functions as one k × (d + 1) matrix, the intercept first. */
export function packAffine(
  lines: Lines,
  intercepts: Float64Array,
  weights: Float64Array,
  k: number,
  d: number,
): Float64Array {
  const packed = lines.array(k * (d + 1));
  for (let i = 0; i < k; i++) {
    packed[i * (d + 1)] = intercepts[i];
    packed.set(weights.subarray(i * d, (i + 1) * d), i * (d + 1) + 1);
  }
  return packed;
}
