/** An orthogonally decomposed tensor: T ≈ Σ_i values[i] v_i⊗v_i⊗v_i. */
export interface TensorDecomposition {
  /** T(v_i, v_i, v_i), all ≥ 0: the sign is taken into v_i, which an odd tensor determines. */
  readonly values: Float64Array;
  /** The unit vectors v_i, orthogonal to each other where the tensor allows. */
  readonly vectors: readonly Float64Array[];
}

/** The decomposition along given unit vectors; a vector with a negative value is turned round. */
export function decompositionAlong(
  tensor: Float64Array,
  k: number,
  vectors: readonly Float64Array[],
): TensorDecomposition {
  const values = Float64Array.from(vectors, (v) => contract(tensor, k, v, v, v));
  return {
    values: values.map(Math.abs),
    vectors: vectors.map((v, i) => (values[i] < 0 ? v.map((entry) => -entry) : v)),
  };
}

/**
 * T(u, v, w) = Σ_abc T_abc u_a v_b w_c.
 *
 * @param tensor  k³ entries, index (a k + b) k + c
 */
export function contract(
  tensor: Float64Array,
  k: number,
  u: ArrayLike<number>,
  v: ArrayLike<number>,
  w: ArrayLike<number>,
): number {
  let sum = 0;
  for (let a = 0; a < k; a++) {
    for (let b = 0; b < k; b++) {
      for (let c = 0; c < k; c++) sum += tensor[(a * k + b) * k + c] * u[a] * v[b] * w[c];
    }
  }
  return sum;
}

/** T(I, v, v), the map of the tensor power iteration: entry a is Σ_bc T_abc v_b v_c. */
export function powerMap(tensor: Float64Array, k: number, v: ArrayLike<number>): Float64Array {
  const image = new Float64Array(k);
  for (let a = 0; a < k; a++) {
    for (let b = 0; b < k; b++) {
      for (let c = 0; c < k; c++) image[a] += tensor[(a * k + b) * k + c] * v[b] * v[c];
    }
  }
  return image;
}
