import type { ProblemInMemory } from '../../../core/model/problem';
import { emptyParameters, type Parameters } from '../../../core/model/spec';
import type { Settings } from '../../../core/fit/method';
import { type Random, random } from '../../../core/random';
import { problemOf } from '../../bench/problems';

export const defaultSettings: Settings = {
  restarts: 1,
  polish: true,
  maxIterations: 200,
  tolerance: 1e-7,
  options: { gateRidge: 0.01, start: 'random' },
};

/** Parameters of a mixture drawn at random, the last gate 0. */
export function randomParameters(k: number, d: number, stream: Random, intercept = true): Parameters {
  const parameters = emptyParameters(k, d);
  for (let at = 0; at < k * d; at++) parameters.expertWeights[at] = 2 * stream.normal();
  for (let at = 0; at < (k - 1) * d; at++) parameters.gateWeights[at] = 2 * stream.normal();
  for (let i = 0; i < k; i++) {
    parameters.sigmas[i] = 0.2 + 0.5 * stream.uniform();
    if (intercept) parameters.expertIntercepts[i] = stream.normal();
    if (intercept && i < k - 1) parameters.gateIntercepts[i] = stream.normal();
  }
  return parameters;
}

/** Rows drawn from a random mixture, as a problem; weights, where asked for, are 0, 1 or 2. */
export function mixtureProblem(
  shape: { n: number; d: number; k: number; seed: number; weighted?: boolean },
  given: Partial<ProblemInMemory> = {},
): ProblemInMemory {
  const { n, d, k, seed, weighted = false } = shape;
  const stream = random(seed, 7);
  const truth = randomParameters(k, d, stream);
  const x = Float64Array.from({ length: n * d }, () => stream.normal());
  const y = Float64Array.from({ length: n }, (_, r) => {
    const score = (weights: Float64Array, intercepts: Float64Array, i: number) =>
      x.subarray(r * d, (r + 1) * d).reduce((sum, value, j) => sum + weights[i * d + j] * value, intercepts[i]);
    const gates = Array.from({ length: k }, (_, i) => Math.exp(score(truth.gateWeights, truth.gateIntercepts, i)));
    let left = stream.uniform() * gates.reduce((sum, gate) => sum + gate, 0);
    const chosen = gates.findIndex((gate) => (left -= gate) < 0);
    const expert = chosen < 0 ? k - 1 : chosen;
    return score(truth.expertWeights, truth.expertIntercepts, expert) + truth.sigmas[expert] * stream.normal();
  });
  const weights = weighted ? Float64Array.from({ length: n }, () => stream.integer(3)) : null;
  return problemOf({ n, x, y, weights }, d, k, given);
}

/** The problem with every column of mean 0 and variance 1 over the training rows (weights counted). */
export function standardised(problem: ProblemInMemory): ProblemInMemory {
  const { train, d } = problem;
  const weightOf = (r: number) => train.weights?.[r] ?? 1;
  const mean = (value: (r: number) => number) => {
    let [sum, total] = [0, 0];
    for (let r = 0; r < train.n; r++) {
      sum += weightOf(r) * value(r);
      total += weightOf(r);
    }
    return sum / total;
  };
  const centers = Array.from({ length: d }, (_, j) => mean((r) => train.x[r * d + j]));
  const scales = centers.map((center, j) => Math.sqrt(mean((r) => (train.x[r * d + j] - center) ** 2)));
  const x = train.x.map((value, at) => (value - centers[at % d]) / scales[at % d]);
  return { ...problem, train: { ...train, x } };
}
