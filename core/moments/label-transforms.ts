import { hermiteMoments, type Response } from './hermite-moments';

export type { Response } from './hermite-moments';

/**
 * Polynomials of the target that make the cross terms between experts vanish from Stein's moments (Gridlock, section 3):
 *
 *   P3(y) = y³ + cubic.alpha y² + cubic.beta y,   E[P3(y) S3(x)] = c3 Σ_i p_i a_i⊗a_i⊗a_i
 *   P2(y) = y² + quadratic.gamma y,               E[P2(y) S2(x)] = c2 Σ_i p_i a_i⊗a_i
 *
 * with p_i = E[p_i(x)], for unit-norm a_i and x ~ N(0, I).
 */
export interface LabelTransforms {
  readonly cubic: { readonly alpha: number; readonly beta: number };
  readonly quadratic: { readonly gamma: number };
  readonly c2: number;
  readonly c3: number;
}

/**
 * The transforms of a response g with noise sigma. With h(m, q) = E[g(Z)^m He_q(Z)], the first and second derivative of
 * E[P3(y) | a.x = z], and the first of E[P2(y) | a.x = z], have mean zero:
 *
 *   alpha h(2,q) + beta h(1,q) = −(h(3,q) + 3 sigma² h(1,q)),  q = 1, 2;      gamma = −h(2,1) / h(1,1).
 *
 * @param sigma  noise standard deviation in units of y; only beta depends on it, beta(sigma) = beta(0) − 3 sigma²
 */
export function labelTransforms(g: Response, sigma: number): LabelTransforms {
  const h = hermiteMoments(g);
  const right = (q: 1 | 2 | 3) => h(3, q) + 3 * sigma * sigma * h(1, q);
  const determinant = h(2, 1) * h(1, 2) - h(2, 2) * h(1, 1);
  const alpha = (h(1, 1) * right(2) - h(1, 2) * right(1)) / determinant;
  const beta = (h(2, 2) * right(1) - h(2, 1) * right(2)) / determinant;
  const gamma = -h(2, 1) / h(1, 1);
  return {
    cubic: { alpha, beta },
    quadratic: { gamma },
    c2: h(2, 2) + gamma * h(1, 2),
    c3: right(3) + alpha * h(2, 3) + beta * h(1, 3),
  };
}
