import type { Rows } from '../model/problem';
import type { Coordinates } from './coordinates';
import { monomialCount, monomials, type Monomials, symmetricTensor } from './monomials';
import { solveNormalEquations } from './normal-equations';
import { type Label, polynomialSums } from './polynomial-sums';

/**
 * How E[t S_m(z)], the moment of a label with the m-th score function of N(0, I), is estimated. Stein: it is E[∇^m E[t | z]].
 *
 *   regression    the m-th derivative of a least-squares fit of t by all monomials of degree ≤ m: free of the sampling error of z
 *   residualised  the average of r S_m(z), r the residual of t on (1, z)
 *   raw           the average of (t − mean) S_m(z): the papers' estimator
 */
export type MomentEstimator = 'regression' | 'residualised' | 'raw';

/** The target in units of its own, and where it stands when the features are at their mean. */
export interface TargetUnits {
  /** d + 1: what is subtracted from y before anything else, base·(1, x). */
  readonly base: Float64Array;
  readonly scale: number;
}

/** Σ w of the rows and everything a tensor of theirs needs. */
export interface TensorData {
  readonly rows: Rows;
  readonly d: number;
  readonly weight: number;
  readonly units: TargetUnits;
  readonly cancel: Int32Array;
}

/** Coefficients c_0, c_1, .. of a label polynomial. */
type Polynomial = Label['coefficients'];

/** Rows a coefficient of a regression needs to be worth more than the raw average (measured). */
const ROWS_PER_COEFFICIENT = 3;

/** Multiplications above which `auto` takes the cheaper average: some ten seconds of one thread. */
const MOST_WORK = 2e10;

/** Monomials above which a regression is not offered: its equations would no longer fit in a second and 20 MB. */
export const MOST_MONOMIALS = 1500;

/** Whether the regression of degree `order` in q coordinates is the better estimator for so many rows, and affordable. */
export function regressionPays(q: number, order: number, weight: number, n: number): boolean {
  const p = monomialCount(q, order);
  return p < weight / ROWS_PER_COEFFICIENT && p <= MOST_MONOMIALS && (n * p * p) / 2 <= MOST_WORK;
}

/**
 * The estimated moment, a symmetric tensor of q^order entries in the coordinates z.
 *
 * @returns null when the sums are not finite
 */
export function labelTensor(
  data: TensorData,
  coordinates: Coordinates,
  polynomial: Polynomial,
  order: 2 | 3 | 4,
  estimator: MomentEstimator,
): Float64Array | null {
  const { q } = coordinates;
  const request = (terms: Monomials, remainder: Float64Array, gram: boolean) => ({
    monomials: terms,
    coordinates: coordinates.affine,
    label: { ...data.units, coefficients: polynomial, remainder },
    gram,
  });
  const sums = (terms: Monomials, remainder: Float64Array, gram: boolean) =>
    polynomialSums(data.rows, data.d, request(terms, remainder, gram), data.cancel);
  const terms = monomials(q, order);
  const nothing = new Float64Array(q + 1);
  if (estimator === 'regression') {
    const { moments, gram } = sums(terms, nothing, true);
    const coefficients = solveNormalEquations(gram, moments, terms.count, data.cancel);
    return coefficients && symmetricTensor(terms, coefficients, order, 'derivatives');
  }
  const linear = monomials(q, 1);
  const first = sums(linear, nothing, estimator === 'residualised');
  const remainder =
    estimator === 'residualised'
      ? solveNormalEquations(first.gram, first.moments, linear.count, data.cancel)
      : nothing.with(0, first.moments[0] / data.weight);
  if (!remainder) return null;
  const { moments } = sums(terms, remainder, false);
  const means = moments.map((sum) => sum / data.weight);
  if (!means.every(Number.isFinite)) return null;
  const tensor = symmetricTensor(terms, means, order, 'moments');
  return order === 4
    ? withoutPairs(tensor, symmetricTensor(terms, means, 2, 'moments'), means[0], q)
    : withoutTraces(tensor, means, q, order);
}

/** From E[t z⊗..⊗z] to E[t S_m(z)]: S_2 = zz' − I; S_3 = z⊗z⊗z − Σ_j (z⊗e_j⊗e_j + e_j⊗z⊗e_j + e_j⊗e_j⊗z), three terms. */
function withoutTraces(tensor: Float64Array, means: Float64Array, q: number, order: 2 | 3): Float64Array {
  for (let a = 0; a < q; a++) {
    if (order === 2) {
      tensor[a * q + a] -= means[0];
      continue;
    }
    for (let j = 0; j < q; j++) {
      tensor[(a * q + j) * q + j] -= means[1 + a];
      tensor[(j * q + a) * q + j] -= means[1 + a];
      tensor[(j * q + j) * q + a] -= means[1 + a];
    }
  }
  return tensor;
}

/**
 * From E[t z⊗z⊗z⊗z] to E[t S_4(z)]: less the six ways to pair two places by I, plus the three ways to pair all four.
 *
 * @param seconds  q²: E[t z⊗z]
 * @param mean     E[t]
 */
function withoutPairs(tensor: Float64Array, seconds: Float64Array, mean: number, q: number): Float64Array {
  const add = (a: number, b: number, c: number, e: number, value: number) =>
    (tensor[((a * q + b) * q + c) * q + e] += value);
  for (let a = 0; a < q; a++) {
    for (let b = 0; b < q; b++) {
      const value = seconds[a * q + b];
      for (let j = 0; j < q; j++) {
        add(a, b, j, j, -value);
        add(a, j, b, j, -value);
        add(a, j, j, b, -value);
        add(j, a, b, j, -value);
        add(j, a, j, b, -value);
        add(j, j, a, b, -value);
      }
      add(a, a, b, b, mean);
      add(a, b, a, b, mean);
      add(a, b, b, a, mean);
    }
  }
  return tensor;
}
