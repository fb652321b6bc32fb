import { assignment } from './assignment';
import type { Parameters } from './spec';

/** The part of a model that recovery is measured on. */
export type Regressors = Pick<Parameters, 'k' | 'd' | 'expertWeights' | 'gateWeights'>;

/** How near a fitted model is to the true one. Experts have no order, so the best one is looked for. */
export interface Recovery {
  /** Fitted expert of each true expert. */
  readonly order: readonly number[];
  /** min over experts of |cos(a_i, a_i*)|, in the order that makes it largest; 1 is perfect. Gated-NN, section 4. */
  readonly regressorFit: number;
  /** min over gates of cos(w_i − w_k, w_i* − w_k*) in that same order; 1 when there is one expert. */
  readonly gatingFit: number;
  /** ‖A − A*‖_F + ‖W − W*‖_F, in the order that makes it smallest, gates zeroed on the last. Gridlock, E(A, W). */
  readonly error: number;
}

/** Compares a fitted model with the truth. Both have the same k and d and the same coordinates. */
export function recovery(fitted: Regressors, truth: Regressors): Recovery {
  const { order, fit } = matchRegressors(fitted, truth);
  return { order, regressorFit: fit, gatingFit: gatingFit(fitted, truth, order), error: parameterError(fitted, truth) };
}

/** The order of the fitted experts that makes the worst |cos| with the true regressors largest, ties by the largest sum. */
function matchRegressors(fitted: Regressors, truth: Regressors): { order: number[]; fit: number } {
  const { k, d } = truth;
  const similarity = new Float64Array(k * k);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) {
      similarity[i * k + j] = Math.abs(cosine(row(truth.expertWeights, i, d), row(fitted.expertWeights, j, d)));
    }
  }
  const worst = (order: readonly number[]) => Math.min(...order.map((j, i) => similarity[i * k + j]));
  // The largest threshold that a whole assignment can keep to, by bisection over the values there are.
  const values = similarity.slice().sort();
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const below = similarity.map((value) => (value < values[middle] ? 1 : 0));
    if (worst(assignment(below, k)) >= values[middle]) low = middle;
    else high = middle - 1;
  }
  // Below the threshold costs more than everything else together, so the assignment keeps to it where it can.
  const order = assignment(
    similarity.map((value) => (value < values[low] ? 2 * k : -value)),
    k,
  );
  return { order, fit: worst(order) };
}

function gatingFit(fitted: Regressors, truth: Regressors, order: readonly number[]): number {
  const { k, d } = truth;
  const last = k - 1;
  let fit = 1;
  for (let i = 0; i < last; i++) {
    const found = difference(row(fitted.gateWeights, order[i], d), row(fitted.gateWeights, order[last], d));
    const wanted = difference(row(truth.gateWeights, i, d), row(truth.gateWeights, last, d));
    fit = Math.min(fit, cosine(found, wanted));
  }
  return fit;
}

/** All orders are tried up to this many experts (720 orders); beyond, the order that brings the regressors nearest is taken. */
const EXHAUSTIVE = 6;

function parameterError(fitted: Regressors, truth: Regressors): number {
  const { k, d } = truth;
  if (k <= EXHAUSTIVE) return Math.min(...permutations(k).map((order) => errorInOrder(fitted, truth, order)));
  const distance = new Float64Array(k * k);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) {
      distance[i * k + j] = squaredNorm(difference(row(fitted.expertWeights, j, d), row(truth.expertWeights, i, d)));
    }
  }
  return errorInOrder(fitted, truth, assignment(distance, k));
}

function errorInOrder(fitted: Regressors, truth: Regressors, order: readonly number[]): number {
  const { k, d } = truth;
  let experts = 0;
  let gates = 0;
  for (let i = 0; i < k; i++) {
    experts += squaredNorm(difference(row(fitted.expertWeights, order[i], d), row(truth.expertWeights, i, d)));
    const found = difference(row(fitted.gateWeights, order[i], d), row(fitted.gateWeights, order[k - 1], d));
    const wanted = difference(row(truth.gateWeights, i, d), row(truth.gateWeights, k - 1, d));
    gates += squaredNorm(difference(found, wanted));
  }
  return Math.sqrt(experts) + Math.sqrt(gates);
}

/** All orders of 0..k-1. */
function permutations(k: number): number[][] {
  if (k === 0) return [[]];
  return permutations(k - 1).flatMap((order) =>
    Array.from({ length: k }, (_, at) => [...order.slice(0, at), k - 1, ...order.slice(at)]),
  );
}

const row = (matrix: Float64Array, i: number, d: number) => matrix.subarray(i * d, (i + 1) * d);
const difference = (u: Float64Array, v: Float64Array) => u.map((value, j) => value - v[j]);
const squaredNorm = (u: Float64Array) => u.reduce((sum, value) => sum + value * value, 0);

/** Cosine of the angle between u and v; 0 when either is 0. */
function cosine(u: Float64Array, v: Float64Array): number {
  const norms = Math.sqrt(squaredNorm(u) * squaredNorm(v));
  return norms === 0 ? 0 : u.reduce((sum, value, j) => sum + value * v[j], 0) / norms;
}
