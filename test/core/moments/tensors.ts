import { contract, type TensorDecomposition } from '../../../core/moments/tensor';
import type { Random } from '../../../core/random';

/** Orthonormal vectors, by Gram and Schmidt on random ones. */
export function orthonormal(k: number, stream: Random): Float64Array[] {
  const basis: Float64Array[] = [];
  while (basis.length < k) {
    const v = Float64Array.from({ length: k }, () => stream.normal());
    for (let pass = 0; pass < 2; pass++) {
      for (const u of basis) {
        const along = v.reduce((sum, entry, j) => sum + entry * u[j], 0);
        for (let j = 0; j < k; j++) v[j] -= along * u[j];
      }
    }
    const norm = Math.hypot(...v);
    basis.push(v.map((entry) => entry / norm));
  }
  return basis;
}

/** Σ_i values[i] v_i⊗v_i⊗v_i. */
export function tensorOf(values: readonly number[], vectors: readonly Float64Array[], k: number): Float64Array {
  const tensor = new Float64Array(k ** 3);
  vectors.forEach((v, i) => {
    for (let a = 0; a < k; a++)
      for (let b = 0; b < k; b++)
        for (let c = 0; c < k; c++) tensor[(a * k + b) * k + c] += values[i] * v[a] * v[b] * v[c];
  });
  return tensor;
}

/** Largest entry off the diagonal in the basis of a decomposition, over the largest on it: 0 for an exactly orthogonal tensor. */
export function residualOf(tensor: Float64Array, { values, vectors }: TensorDecomposition): number {
  const k = vectors.length;
  let largest = 0;
  for (let a = 0; a < k; a++)
    for (let b = a; b < k; b++)
      for (let c = b; c < k; c++)
        if (a !== c) largest = Math.max(largest, Math.abs(contract(tensor, k, vectors[a], vectors[b], vectors[c])));
  return largest / (Math.max(...values) || 1);
}
