import { type Coordinates, project, weightsOf } from './coordinates';
import { decomposeByJacobi } from './jacobi';
import { labelTensor, type MomentEstimator, regressionPays, type TensorData } from './label-tensor';
import type { LabelTransforms } from './label-transforms';
import { leadingSubspace } from './subspace';

/** The experts' directions by the method of moments, with what they rest on. */
export interface RegressorDirections {
  /** k × d weights on x; each one's coordinates z have unit norm, so that it varies by 1 where z is white. */
  readonly weights: Float64Array;
  /** Of the subspace, see Subspace. */
  readonly ratio: number;
  readonly deficient: number;
  /** How the second- and the third-order moment were estimated. */
  readonly estimators: readonly [MomentEstimator, MomentEstimator];
}

/** `auto` takes for each moment regression where it pays and the residualised average otherwise. */
export type MomentChoice = 'auto' | 'regression' | 'raw';

/**
 * Gridlock, Algorithm 1: T2 = E[P2(y) S2(z)] gives the span of the regressors and the whitening, T3 = E[P3(y) S3(z)] taken in
 * that span alone (k³ entries, never q³) is orthogonal after it, and its components are the regressors.
 *
 * @returns null when a moment is not finite or T2 has no positive eigenvalue
 */
export function regressorDirections(
  data: TensorData,
  coordinates: Coordinates,
  transforms: LabelTransforms,
  k: number,
  choice: MomentChoice,
): RegressorDirections | null {
  const { rows, d, weight } = data;
  const estimator = (q: number, order: number): MomentEstimator => {
    if (choice !== 'auto') return choice;
    return regressionPays(q, order, weight, rows.n) ? 'regression' : 'residualised';
  };
  const { cubic, quadratic, c2, c3 } = transforms;
  const second = estimator(coordinates.q, 2);
  const t2 = labelTensor(data, coordinates, [0, quadratic.gamma, 1, 0], 2, second);
  if (!t2) return null;
  const subspace = leadingSubspace(
    t2.map((entry) => Math.sign(c2) * entry),
    coordinates.q,
    k,
  );
  if (!subspace) return null;
  const within = project(coordinates, d, subspace.basis);
  const third = estimator(k, 3);
  const t3 = labelTensor(data, within, [0, cubic.beta, cubic.alpha, 1], 3, third);
  if (!t3) return null;
  const roots = subspace.values.map(Math.sqrt);
  const whitened = t3.map((entry, at) => {
    const [a, b, c] = [Math.floor(at / (k * k)), Math.floor(at / k) % k, at % k];
    return (Math.sign(c3) * entry) / (roots[a] * roots[b] * roots[c]);
  });
  const weights = new Float64Array(k * d);
  decomposeByJacobi(whitened, k).vectors.forEach((v, i) => {
    const direction = v.map((entry, a) => entry * roots[a]);
    const norm = Math.hypot(...direction);
    weights.set(
      weightsOf(
        within,
        d,
        direction.map((entry) => entry / norm),
      ),
      i * d,
    );
  });
  return { weights, ratio: subspace.ratio, deficient: subspace.deficient, estimators: [second, third] };
}
