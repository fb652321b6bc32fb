import { Matrix, solve } from 'ml-matrix';
import { hermiteMoments, type Response } from './hermite-moments';

/**
 * Polynomials of the target of the fourth-order moments (Gated-NN, section 3.1):
 *
 *   Q4(y) = y⁴ + a y³ + b y² + c y,   E[Q4(y) S4(x)] = c4 Σ_i p_i a_i⊗a_i⊗a_i⊗a_i
 *   Q2(y) = y² + delta y,             E[Q2(y) S2(x)] = c2 Σ_i p_i a_i⊗a_i
 *
 * with p_i = E[p_i(x)], for unit-norm a_i and x ~ N(0, I). Q2 is P2, delta its gamma.
 */
export interface QuarticTransforms {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly delta: number;
  readonly c4: number;
  readonly c2: number;
}

/**
 * The transforms of a response g with noise sigma. With h(m, q) = E[g(Z)^m He_q(Z)] the first three derivatives of
 * E[Q4(y) | a.x = z] have mean zero:
 *
 *   a (h(3,q) + 3 sigma² h(1,q)) + b h(2,q) + c h(1,q) = −(h(4,q) + 6 sigma² h(2,q)),  q = 1, 2, 3.
 *
 * The paper's own system for ReLU (its Example 2) has a spurious + sigma² in every row of the column of b, which is right at
 * sigma = 0 only: at sigma = .3 it leaves each of the three means at −1.12 and makes c4 negative. Its S4 writes E[y⁴ | m] with
 * sigma⁴ for 3 sigma⁴, and its Q4 of a linear response a constant 3 + 3 sigma⁴ − 6 sigma² for 3 (1 + sigma²)²; constants do not
 * change a moment, and the estimators here take the label's mean away.
 *
 * @param sigma  noise standard deviation in units of y: b(sigma) = b(0) − 6 sigma², c(sigma) = c(0) − 3 a sigma², the rest stays
 */
export function quarticTransforms(g: Response, sigma: number): QuarticTransforms {
  const h = hermiteMoments(g);
  const variance = sigma * sigma;
  const cubic = (q: 1 | 2 | 3 | 4) => h(3, q) + 3 * variance * h(1, q);
  const quartic = (q: 1 | 2 | 3 | 4) => h(4, q) + 6 * variance * h(2, q);
  const orders = [1, 2, 3] as const;
  const system = new Matrix(orders.map((q) => [cubic(q), h(2, q), h(1, q)]));
  const [a, b, c] = solve(system, Matrix.columnVector(orders.map((q) => -quartic(q)))).to1DArray();
  const delta = -h(2, 1) / h(1, 1);
  return {
    a,
    b,
    c,
    delta,
    c4: quartic(4) + a * cubic(4) + b * h(2, 4) + c * h(1, 4),
    c2: h(2, 2) + delta * h(1, 2),
  };
}
