import { dualRows } from '../../losses/dual';
import { l4, type L4Weights, type MomentForms } from '../../losses/l4';
import { tensorForms } from '../../losses/tensor-forms';
import { type Coordinates, project, weightsOf } from '../../moments/coordinates';
import { labelTensor, type MomentEstimator, regressionPays, type TensorData } from '../../moments/label-tensor';
import type { LabelTransforms } from '../../moments/label-transforms';
import { type MomentChoice, type RegressorDirections, smallestSingularValue } from '../../moments/regressor-directions';
import type { QuarticTransforms } from '../../moments/quartic-transforms';
import { leadingSubspace } from '../../moments/subspace';
import { contract } from '../../moments/tensor';
import { orthonormalised, randomUnit, unit } from '../../moments/unit-vector';
import type { Random } from '../../random';
import { leastFrame } from './l4-frame';
import { lbfgs } from '../descent/lbfgs';

/** The polynomials of the target that L4 is about, and the cubic one that tells a regressor's sign. */
export interface L4Labels {
  readonly quartic: QuarticTransforms;
  readonly cubic: LabelTransforms;
}

export interface L4Search {
  readonly mu: number;
  /** λ; 0 takes 2 k max |T4|. */
  readonly lambda: number;
  /** Orthogonal starts of the descent; the lowest loss is kept. */
  readonly starts: number;
  readonly moments: MomentChoice;
}

/** The experts' directions where L4 is least; `estimators` are those of the second and the fourth moment. */
export interface L4Directions extends RegressorDirections {
  /** Whether L4 had no minimum at independent directions, so that its least orthonormal frame stands for one. */
  readonly held: boolean;
}

/** Steps of a descent at most, and the slope, in units of λ, at which it ends. */
const STEPS = 300;
const FLAT = 1e-10;

/**
 * L4 by full batch: T2's leading subspace, whitened, has orthonormal images of the regressors, and the empirical L4 taken there is
 * bounded below. In the ambient space it is not: where T2 is 0 but for sampling error, nothing holds the indefinite error of T4.
 *
 * The moments are estimated once, k⁴ entries, and the descent touches no rows. A minimiser's rows b are dual vectors; the regressors
 * are what they are dual to, taken back through the whitening. T4 is even in them: the sign is that of the cubic moment along b.
 *
 * @returns null when a moment is not finite or T2 has no positive eigenvalue
 */
export function l4Directions(
  data: TensorData,
  coordinates: Coordinates,
  { quartic, cubic }: L4Labels,
  k: number,
  search: L4Search,
  random: Random,
): L4Directions | null {
  const estimatorOf = (q: number, order: number): MomentEstimator => {
    if (search.moments !== 'auto') return search.moments;
    return regressionPays(q, order, data.weight, data.rows.n) ? 'regression' : 'residualised';
  };
  const second = estimatorOf(coordinates.q, 2);
  const t2 = labelTensor(data, coordinates, [0, quartic.delta, 1], 2, second);
  const subspace =
    t2 &&
    leadingSubspace(
      t2.map((entry) => Math.sign(quartic.c2) * entry),
      coordinates.q,
      k,
    );
  if (!subspace) return null;
  const within = project(coordinates, data.d, subspace.basis);
  const fourth = estimatorOf(k, 4);
  const t4 = labelTensor(data, within, [0, quartic.c, quartic.b, quartic.a, 1], 4, fourth);
  const t3 = labelTensor(data, within, [0, cubic.cubic.beta, cubic.cubic.alpha, 1], 3, estimatorOf(k, 3));
  if (!t4 || !t3) return null;
  const roots = subspace.values.map(Math.sqrt);
  const whitened = t4.map((entry, at) => {
    let product = 1;
    for (let rest = at, place = 0; place < 4; place++, rest = Math.floor(rest / k)) product *= roots[rest % k];
    return (Math.sign(quartic.c4) * entry) / product;
  });
  const identity = Float64Array.from({ length: k * k }, (_, at) => (at % (k + 1) === 0 ? 1 : 0));
  const largest = whitened.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
  const lambda = search.lambda > 0 ? search.lambda : 2 * k * largest;
  const free = lowest(tensorForms(whitened, identity, k), { mu: search.mu, lambda, delta: 0 }, search.starts, random);
  const found = free ?? orthonormal(leastFrame(whitened, k));
  const directions = Array.from({ length: k }, (_, i) => {
    const b = found.dual.subarray(i * k, (i + 1) * k).map((entry, a) => entry / roots[a]);
    const sign = Math.sign(cubic.c3) * contract(t3, k, b, b, b) < 0 ? -1 : 1;
    const a = found.regressors.subarray(i * k, (i + 1) * k).map((entry, j) => entry * roots[j]);
    const length = sign * Math.hypot(...a);
    return a.map((entry) => entry / length);
  });
  const weights = new Float64Array(k * data.d);
  directions.forEach((direction, i) => weights.set(weightsOf(within, data.d, direction), i * data.d));
  return {
    weights,
    ratio: subspace.ratio,
    deficient: subspace.deficient,
    conditioning: smallestSingularValue(directions, k),
    estimators: [second, fourth],
    held: free === null,
  };
}

/** A minimum of L4, k × k: its rows are dual to the regressors. */
interface Minimum {
  readonly dual: Float64Array;
  readonly regressors: Float64Array;
}

const orthonormal = (frame: Float64Array): Minimum => ({ dual: frame, regressors: frame });

/**
 * Smallest singular value of unit dual vectors that still are independent. In the population they are orthogonal. Where inputs are not
 * normal T4 may be negative somewhere, and L4 then falls by gathering its directions there.
 */
const INDEPENDENT = 0.1;

/** The lowest minimum over orthogonal starts; null where the directions have fallen together in all. */
function lowest(forms: MomentForms, weights: L4Weights, starts: number, random: Random): Minimum | null {
  const { k } = forms;
  let best: Minimum | null = null;
  let least = Infinity;
  for (let start = 0; start < starts; start++) {
    const axes = orthonormalised(Array.from({ length: k }, () => randomUnit(k, random)));
    const dual = descend(forms, weights, Float64Array.from(axes.flatMap((axis) => [...axis])));
    const { value } = l4(forms, dual, weights);
    if (!(value < least)) continue;
    const regressors = areIndependent(dual, k) ? dualRows(dual, k, k) : null;
    if (!regressors) continue;
    least = value;
    best = { dual, regressors };
  }
  return best;
}

function areIndependent(rows: Float64Array, k: number): boolean {
  const units = Array.from({ length: k }, (_, i) => unit(rows.subarray(i * k, (i + 1) * k)));
  return units.every((row) => row !== null) && smallestSingularValue(units, k) > INDEPENDENT;
}

function descend(forms: MomentForms, weights: L4Weights, from: Float64Array): Float64Array {
  const at = (move: Float64Array) => from.map((entry, j) => entry + move[j]);
  const evaluate = (move: Float64Array) => {
    const { value, gradient } = l4(forms, at(move), weights);
    return { gain: -value, gradient: gradient.map((slope) => -slope) };
  };
  // The curvature of λ (|b|² − 1)² across the unit sphere is 8 λ.
  return at(lbfgs(evaluate, from.length, STEPS, 1 / (8 * weights.lambda), FLAT * weights.lambda));
}
