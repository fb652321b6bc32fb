import { dot } from '../kernels/dot';
import type { FormValues, MomentForms } from './l4';

/**
 * The forms of moments that are held as tensors: no rows are touched however often they are asked.
 *
 * @param quartic    k⁴ entries, T4 / c4, symmetric; not written
 * @param quadratic  k² entries, T2 / c2, symmetric; not written
 */
export function tensorForms(quartic: Float64Array, quadratic: Float64Array, k: number): MomentForms {
  return { k, q: k, at: (directions) => formsAt(quartic, quadratic, k, directions) };
}

function formsAt(tensor: Float64Array, matrix: Float64Array, k: number, directions: Float64Array): FormValues {
  // slices[i] = T4(b_i, b_i, ·, ·); lines[i, j] = T4(b_i, b_i, b_j, ·): everything else is a product with one of these.
  const slices = Array.from({ length: k }, (_, i) => sliceAlong(tensor, k, directions.subarray(i * k, (i + 1) * k)));
  const lines = new Float64Array(k * k * k);
  const heads = new Float64Array(k * k);
  const quartic = new Float64Array(k * k);
  const quadratic = new Float64Array(k);
  for (let j = 0; j < k; j++) {
    const b = directions.subarray(j * k, (j + 1) * k);
    for (let i = 0; i < k; i++) {
      const line = lines.subarray((i * k + j) * k, (i * k + j + 1) * k);
      multiply(slices[i], k, b, line);
      quartic[i * k + j] = dot(line, b);
    }
    const head = heads.subarray(j * k, (j + 1) * k);
    multiply(matrix, k, b, head);
    quadratic[j] = dot(head, b);
  }
  return {
    quartic,
    quadratic,
    pull(quarticWeights, quadraticWeights) {
      const gradient = new Float64Array(k * k);
      for (let j = 0; j < k; j++) {
        for (let c = 0; c < k; c++) {
          let sum = 2 * quadraticWeights[j] * heads[j * k + c];
          for (let i = 0; i < k; i++) sum += 4 * quarticWeights[i * k + j] * lines[(i * k + j) * k + c];
          gradient[j * k + c] = sum;
        }
      }
      return gradient;
    },
  };
}

/** The k × k matrix T(b, b, ·, ·). */
function sliceAlong(tensor: Float64Array, k: number, b: Float64Array): Float64Array {
  const slice = new Float64Array(k * k);
  for (let a = 0; a < k; a++) {
    for (let c = 0; c < k; c++) {
      const weight = b[a] * b[c];
      const from = (a * k + c) * k * k;
      for (let at = 0; at < k * k; at++) slice[at] += weight * tensor[from + at];
    }
  }
  return slice;
}

/** out = matrix b. */
function multiply(matrix: Float64Array, k: number, b: Float64Array, out: Float64Array): void {
  for (let a = 0; a < k; a++) {
    let sum = 0;
    for (let c = 0; c < k; c++) sum += matrix[a * k + c] * b[c];
    out[a] = sum;
  }
}
