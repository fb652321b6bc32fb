import type { Random } from '../random';
import { type Coordinates, project, weightsOf } from './coordinates';
import { type DecompositionId, decompositions } from './decompose';
import type { GaussianMixture } from './gaussian-mixture';
import { labelTensor, type MomentEstimator, regressionPays, type TensorData } from './label-tensor';
import type { LabelTransforms } from './label-transforms';
import type { Label } from './polynomial-sums';
import { mixtureTensor } from './mixture-tensor';
import { leadingSubspace } from './subspace';
import { unit } from './unit-vector';
import { symmetricEigen } from './symmetric-eigen';

/** The experts' directions by the method of moments, with what they rest on. */
export interface RegressorDirections {
  /** k × d weights on x; each one's coordinates z have unit norm, so that it varies by 1 where z is white. */
  readonly weights: Float64Array;
  /** Of the subspace, see Subspace. */
  readonly ratio: number;
  readonly deficient: number;
  /** Smallest singular value of the k unit directions: 1 when they are orthogonal, 0 when one lies in the span of the others. */
  readonly conditioning: number;
  /** How the second- and the third-order moment were estimated. */
  readonly estimators: readonly [MomentEstimator | 'mixture', MomentEstimator | 'mixture'];
}

/** `auto` takes for each moment regression where it pays and the residualised average otherwise. */
export type MomentChoice = 'auto' | 'regression' | 'raw';

/** How the moments are taken and their tensor is taken apart. */
export interface DirectionOptions {
  /** A mixture over the same coordinates takes its own score functions. */
  readonly moments: MomentChoice | GaussianMixture;
  readonly decomposition: DecompositionId;
  /** Starting points of the decomposition, where it needs any. */
  readonly random: Random;
}

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
  { moments, decomposition, random }: DirectionOptions,
): RegressorDirections | null {
  const { d } = data;
  const { cubic, quadratic, c2, c3 } = transforms;
  const second = estimateOf(data, moments, coordinates.q, 2);
  const third = estimateOf(data, moments, k, 3);
  const t2 = second.tensor(coordinates, axes(coordinates.q), [0, quadratic.gamma, 1, 0]);
  if (!t2) return null;
  const subspace = leadingSubspace(
    t2.map((entry) => Math.sign(c2) * entry),
    coordinates.q,
    k,
  );
  if (!subspace) return null;
  const t3 = third.tensor(coordinates, subspace.basis, [0, cubic.beta, cubic.alpha, 1]);
  if (!t3) return null;
  const roots = subspace.values.map(Math.sqrt);
  const whitened = t3.map((entry, at) => {
    const [a, b, c] = [Math.floor(at / (k * k)), Math.floor(at / k) % k, at % k];
    return (Math.sign(c3) * entry) / (roots[a] * roots[b] * roots[c]);
  });
  const within = project(coordinates, d, subspace.basis);
  const { vectors } = decompositions[decomposition](whitened, k, random);
  const directions = unwhitened(vectors, roots);
  const weights = new Float64Array(k * d);
  directions.forEach((direction, i) => weights.set(weightsOf(within, d, direction), i * d));
  return {
    weights,
    ratio: subspace.ratio,
    deficient: subspace.deficient,
    // The bound on the eigenvalues keeps directions apart that are not.
    conditioning: smallestSingularValue(unwhitened(vectors, subspace.unbounded.map(Math.sqrt)), k),
    estimators: [second.name, third.name],
  };
}

/** a_i ∝ (√l_a v_ia)_a, of unit norm; 0 where all of them are. */
const unwhitened = (vectors: readonly Float64Array[], roots: Float64Array): Float64Array[] =>
  vectors.map((v) => {
    const direction = v.map((entry, a) => entry * roots[a]);
    return unit(direction) ?? direction;
  });

type Tensor = (
  coordinates: Coordinates,
  basis: readonly Float64Array[],
  polynomial: Label['coefficients'],
) => Float64Array | null;

/** How a moment of an order over p directions of the coordinates is estimated, with its name. */
function estimateOf(
  data: TensorData,
  moments: DirectionOptions['moments'],
  p: number,
  order: 2 | 3,
): { name: RegressorDirections['estimators'][0]; tensor: Tensor } {
  if (typeof moments !== 'string') {
    const tensor: Tensor = (coordinates, basis, polynomial) =>
      mixtureTensor(data, coordinates, moments, basis, polynomial, order);
    return { name: 'mixture', tensor };
  }
  const auto = regressionPays(p, order, data.weight, data.rows.n) ? 'regression' : 'residualised';
  const name = moments === 'auto' ? auto : moments;
  const tensor: Tensor = (coordinates, basis, polynomial) =>
    labelTensor(data, project(coordinates, data.d, basis), polynomial, order, name);
  return { name, tensor };
}

const axes = (q: number): Float64Array[] => Array.from({ length: q }, (_, i) => new Float64Array(q).with(i, 1));

/** Of the k vectors as the rows of a matrix: 1 when unit vectors are orthogonal, 0 when one lies in the span of the others. */
export function smallestSingularValue(vectors: readonly Float64Array[], k: number): number {
  const products = Float64Array.from({ length: k * k }, (_, at) =>
    vectors[Math.floor(at / k)].reduce((sum, entry, a) => sum + entry * vectors[at % k][a], 0),
  );
  return Math.sqrt(Math.max(0, symmetricEigen(products, k)?.values[k - 1] ?? 0));
}
