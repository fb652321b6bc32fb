import { symmetricEigen } from './symmetric-eigen';

/** The span of the regressors as the second-order moment shows it. */
export interface Subspace {
  /** The k leading eigenvalues of T2, from below kept to 5% of the first. */
  readonly values: Float64Array;
  /** The same as they are, 0 where they are not positive. */
  readonly unbounded: Float64Array;
  /** Their unit eigenvectors. */
  readonly basis: readonly Float64Array[];
  /**
   * r = l_k / max |other eigenvalues|: how far the signal stands out of the sampling noise. Infinity when there are no others.
   * Below about 1.2 the span is not identified.
   */
  readonly ratio: number;
  /** How many of the k leading eigenvalues are not positive: the moment is not a positive mixture there. */
  readonly deficient: number;
}

const FLOOR = 0.05;

/**
 * The k leading eigenpairs of the q × q second-order moment T2 = c2 Σ p_i a_i⊗a_i, c2 > 0.
 *
 * @returns null when the moment is not finite or has no positive eigenvalue
 */
export function leadingSubspace(t2: Float64Array, q: number, k: number): Subspace | null {
  const eigen = symmetricEigen(t2, q);
  if (!eigen || !(eigen.values[0] > 0)) return null;
  const leading = eigen.values.slice(0, k);
  const rest = eigen.values.slice(k).reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  return {
    values: leading.map((value) => Math.max(value, FLOOR * leading[0])),
    unbounded: leading.map((value) => Math.max(value, 0)),
    basis: eigen.vectors.slice(0, k),
    ratio: rest === 0 ? Infinity : leading[k - 1] / rest,
    deficient: leading.filter((value) => value <= 0).length,
  };
}
