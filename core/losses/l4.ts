/** The weights of L4's terms: Gated-NN, eq. (7). */
export interface L4Weights {
  /** μ: of the diagonal Σ_i T4(b_i, b_i, b_i, b_i), between 0 and 1. */
  readonly mu: number;
  /** λ: of the unit lengths Σ_i (T2(b_i, b_i) − 1)². */
  readonly lambda: number;
  /** δ: of the ridge |B|² / 2. */
  readonly delta: number;
}

/**
 * What L4 knows of the data: the moments T4 = E[Q4(y) S4(x)] and T2 = E[Q2(y) S2(x)], divided by their constants c4 and c2, in the
 * directions B (k × q, row-major), and how their values pull on B.
 */
export interface MomentForms {
  readonly k: number;
  readonly q: number;
  at(directions: Float64Array): FormValues;
}

export interface FormValues {
  /** k × k, symmetric: T4(b_i, b_i, b_j, b_j). The published t1(b_i, b_j) and, on the diagonal, t2(b_i). */
  readonly quartic: Float64Array;
  /** k: T2(b_i, b_i). */
  readonly quadratic: Float64Array;
  /**
   * The gradient in B of Σ_ij w_ij quartic_ij + Σ_i u_i quadratic_i.
   *
   * @param quarticWeights    w, k × k, symmetric
   * @param quadraticWeights  u, k
   * @returns k × q
   */
  pull(quarticWeights: Float64Array, quadraticWeights: Float64Array): Float64Array;
}

/** A loss and its gradient in the directions, k × q. */
export interface LossValue {
  readonly value: number;
  readonly gradient: Float64Array;
}

/**
 * L4(B) = Σ_{i≠j} T4(b_i,b_i,b_j,b_j) − μ Σ_i T4(b_i,b_i,b_i,b_i) + λ Σ_i (T2(b_i,b_i) − 1)² + (δ/2) |B|².
 *
 * Gated-NN, eq. (7). At its population minimum the rows of B are dual to the regressors, b_i·a_j = 0 for i ≠ j: the regressors are the
 * rows of pinv(B)', not of B. The published text says so for orthogonal regressors only, where both are the same up to length.
 */
export function l4(forms: MomentForms, directions: Float64Array, { mu, lambda, delta }: L4Weights): LossValue {
  const { k } = forms;
  const { quartic, quadratic, pull } = forms.at(directions);
  const quarticWeights = new Float64Array(k * k).fill(1);
  for (let i = 0; i < k; i++) quarticWeights[i * k + i] = -mu;
  const quadraticWeights = quadratic.map((length) => 2 * lambda * (length - 1));
  let value = 0;
  for (let at = 0; at < k * k; at++) value += quarticWeights[at] * quartic[at];
  for (let i = 0; i < k; i++) value += lambda * (quadratic[i] - 1) ** 2;
  const gradient = pull(quarticWeights, quadraticWeights);
  for (let at = 0; at < gradient.length; at++) {
    value += (delta / 2) * directions[at] * directions[at];
    gradient[at] += delta * directions[at];
  }
  return { value, gradient };
}
