import type { SecondMoments } from './second-moments';
import { symmetricEigen } from './symmetric-eigen';

/** Coordinates z = affine (1, x) of the inputs in which the moment methods' assumption x ~ N(0, I) is about z. */
export interface Coordinates {
  /** Number of coordinates: the rank of the usable columns. */
  readonly q: number;
  /** q × (d + 1), the constant first. */
  readonly affine: Float64Array;
}

/** Smallest eigenvalue of the correlation matrix, relative to the largest, that still counts as a direction of its own. */
const RANK_TOLERANCE = 1e-9;

/**
 * Coordinates of mean 0 and covariance I, from the training rows' mean and covariance, over the columns marked as usable.
 *
 * @returns null when a moment is not finite
 */
export function whitening({ mean, covariance }: SecondMoments, d: number, usable: Uint8Array): Coordinates | null {
  if (!mean.every(Number.isFinite) || !covariance.every(Number.isFinite)) return null;
  const columns = Array.from({ length: d }, (_, j) => j).filter((j) => usable[j] && covariance[j * (d + 1) + j] > 0);
  const m = columns.length;
  if (m === 0) return { q: 0, affine: new Float64Array(0) };
  // Scale first: rank must not depend on units.
  const sd = columns.map((j) => Math.sqrt(covariance[j * (d + 1) + j]));
  const correlation = Float64Array.from({ length: m * m }, (_, at) => {
    const a = Math.floor(at / m);
    const b = at % m;
    return covariance[columns[a] * (d + 1) + columns[b]] / (sd[a] * sd[b]);
  });
  const eigen = symmetricEigen(correlation, m);
  if (!eigen) return null;
  const q = eigen.values.filter((value) => value > RANK_TOLERANCE * eigen.values[0]).length;
  const affine = new Float64Array(q * (d + 1));
  for (let i = 0; i < q; i++) {
    for (let a = 0; a < m; a++) {
      const weight = eigen.vectors[i][a] / (Math.sqrt(eigen.values[i]) * sd[a]);
      affine[i * (d + 1) + 1 + columns[a]] = weight;
      affine[i * (d + 1)] -= weight * mean[columns[a]];
    }
  }
  return { q, affine };
}

/** The usable columns as they stand. */
export function identity(d: number, usable: Uint8Array): Coordinates {
  const columns = Array.from({ length: d }, (_, j) => j).filter((j) => usable[j]);
  const affine = new Float64Array(columns.length * (d + 1));
  columns.forEach((j, i) => (affine[i * (d + 1) + 1 + j] = 1));
  return { q: columns.length, affine };
}

/** How many standard errors a moment may be away from N(0, I)'s. */
const STANDARD_ERRORS = 5;

/** Whether mean and covariance of the usable columns are those of N(0, I) up to sampling error. */
export function looksStandard({ weight, mean, covariance }: SecondMoments, d: number, usable: Uint8Array): boolean {
  const error = STANDARD_ERRORS / Math.sqrt(weight);
  for (let a = 0; a < d; a++) {
    if (!usable[a]) continue;
    if (!(Math.abs(mean[a]) <= error)) return false;
    for (let b = a; b < d; b++) {
      if (!usable[b]) continue;
      // The variance of a normal variable's sample variance is 2 / n, of a sample covariance 1 / n.
      const away = Math.abs(covariance[a * (d + 1) + b] - (a === b ? 1 : 0));
      if (!(away <= (a === b ? Math.SQRT2 : 1) * error)) return false;
    }
  }
  return true;
}

/** A direction v in the coordinates z as weights on x: v·z = weights·x + constant. */
export function weightsOf({ q, affine }: Coordinates, d: number, v: ArrayLike<number>): Float64Array {
  const weights = new Float64Array(d);
  for (let i = 0; i < q; i++) for (let j = 0; j < d; j++) weights[j] += v[i] * affine[i * (d + 1) + 1 + j];
  return weights;
}

/** The coordinates along orthonormal directions of z: row i is basis[i]·z. */
export function project({ q, affine }: Coordinates, d: number, basis: readonly Float64Array[]): Coordinates {
  const projected = new Float64Array(basis.length * (d + 1));
  basis.forEach((direction, i) => {
    for (let c = 0; c < q; c++) {
      for (let j = 0; j <= d; j++) projected[i * (d + 1) + j] += direction[c] * affine[c * (d + 1) + j];
    }
  });
  return { q: basis.length, affine: projected };
}
