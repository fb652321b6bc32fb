/** The inner product Σ_j u_j v_j of vectors of the same length. */
export function dot(u: Float64Array, v: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < u.length; j++) sum += u[j] * v[j];
  return sum;
}
