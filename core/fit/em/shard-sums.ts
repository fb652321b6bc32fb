import { type Expectation, expectationKernel, type ExpectationRequest, namedSums } from '../../kernels/expectation';
import { pass, type ShardRange, shardsOf } from '../../kernels/pass';
import { threadLines } from '../../kernels/thread-lines';
import { triangle, triangleIndex } from '../../kernels/triangle';
import type { Problem } from '../../model/problem';
import type { Parameters } from '../../model/spec';

/** Groups of shards: more of them make newer parameters, fewer take less memory, and more threads find work in one. */
const GROUPS = 16;

/** The shards in groups of neighbours: a function of the number of rows alone. */
export function shardGroups(n: number): ShardRange[] {
  const shards = shardsOf(n);
  const groups = Math.min(GROUPS, shards);
  return Array.from({ length: groups }, (_, g) => ({
    from: Math.floor((g * shards) / groups),
    to: Math.floor(((g + 1) * shards) / groups),
  }));
}

/**
 * What each group of shards said when it was last looked at, in a form that can be added up whatever the parameters were then: its part
 * of the experts' sums of squares and of the gate's value as parabolas in the coefficients, about 0. For linear experts they are exact.
 */
export interface ShardSums {
  /** The E-step of one group at these parameters, in place of its last. */
  look(group: number, parameters: Parameters): void;
  /** The sums of all groups, as an E-step at these parameters would have them if every parabola were exact. */
  at(parameters: Parameters): Expectation;
}

export function shardSums(problem: Problem, request: Omit<ExpectationRequest, 'parameters'>): ShardSums {
  const { train, d, cancel } = problem;
  const groups = shardGroups(train.n);
  const held: Float64Array[] = [];
  return {
    look(group, parameters) {
      const asked = { ...request, parameters };
      const sums = pass(expectationKernel, train, d, asked, cancel, threadLines(), groups[group]);
      recentre(namedSums(sums, d, asked), parameters, -1);
      held[group] = sums;
    },
    at(parameters) {
      const asked = { ...request, parameters };
      const total = new Float64Array(expectationKernel.length(asked, d));
      for (const sums of held) for (let j = 0; j < total.length; j++) total[j] += sums[j];
      const named = namedSums(total, d, asked);
      recentre(named, parameters, 1);
      return named;
    },
  };
}

/**
 * Moves the point that parabolas are about by `sign` times the parameters: slopes' = slopes − M δ, residuals' = residuals −
 * 2 δ·slopes + δ'M δ for each expert's coefficients, and gates' = gates + C θ for the gate's.
 *
 * @param sums  overwritten
 */
function recentre(sums: Expectation, parameters: Parameters, sign: 1 | -1): void {
  const { k, d } = parameters;
  const p = d + 1;
  const size = triangle(p);
  for (let i = 0; i < k; i++) {
    const delta = line(parameters.expertIntercepts, parameters.expertWeights, i, d, sign);
    const moved = new Float64Array(p);
    addProduct(sums.moments.subarray(i * size, (i + 1) * size), delta, moved);
    for (let j = 0; j < p; j++) {
      const at = i * p + j;
      sums.residuals[i] += delta[j] * (moved[j] - 2 * sums.slopes[at]);
      sums.slopes[at] -= moved[j];
    }
  }
  for (let i = 0; i < k - 1; i++) {
    const moved = sums.gates.subarray(i * p, (i + 1) * p);
    for (let j = 0; j < k - 1; j++) {
      const pair = triangleIndex(k - 1, Math.min(i, j), Math.max(i, j)) * size;
      const theta = line(parameters.gateIntercepts, parameters.gateWeights, j, d, sign);
      addProduct(sums.curvature.subarray(pair, pair + size), theta, moved);
    }
  }
}

/** sign times the coefficients of (1, x). */
function line(intercepts: Float64Array, weights: Float64Array, i: number, d: number, sign: number): Float64Array {
  const coefficients = new Float64Array(d + 1);
  coefficients[0] = sign * intercepts[i];
  for (let j = 0; j < d; j++) coefficients[j + 1] = sign * weights[i * d + j];
  return coefficients;
}

/** out += A v, A a symmetric matrix in its upper triangle. */
function addProduct(a: Float64Array, v: Float64Array, out: Float64Array): void {
  const p = v.length;
  for (let i = 0, at = 0; i < p; i++) {
    out[i] += a[at++] * v[i];
    for (let j = i + 1; j < p; j++, at++) {
      out[i] += a[at] * v[j];
      out[j] += a[at] * v[i];
    }
  }
}
