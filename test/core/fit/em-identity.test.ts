import { describe, expect, test } from 'vitest';
import { calibrated } from '../../../core/fit/em/calibrate';
import { em, type EmOptions } from '../../../core/fit/em/em';
import { frozen, leastSquares } from '../../../core/fit/em/expert-step';
import type { FitEvent } from '../../../core/fit/method';
import { newtonGate } from '../../../core/fit/em/gate-step';
import { gradientExperts, gradientGate } from '../../../core/fit/em/gradient-step';
import { randomStart } from '../../../core/fit/starting-points/random-gate';
import { neverCancelled } from '../../../core/kernels/pass';
import { activationNamed } from '../../../core/model/activations';
import { gatePenalty } from '../../../core/model/gate';
import { predict } from '../../../core/model/predict';
import type { ProblemInMemory } from '../../../core/model/problem';
import { type Activation, activationIds, type Parameters } from '../../../core/model/spec';
import { random } from '../../../core/random';
import { mixtureProblem } from './mixtures';

type Iteration = Extract<FitEvent, { type: 'iteration' }>;
type Steps = Pick<EmOptions, 'expertStep' | 'gateStep'>;

function iterationsOf(problem: ProblemInMemory, steps: Steps, maxIterations = 25): Iteration[] {
  const start = randomStart({ ...problem, activation: { id: 'linear' } }, random(1));
  // Experts that differ: a constant gate alone would leave them all alike.
  const stream = random(2);
  const { d, expertColumns } = problem;
  start.expertWeights.forEach((_, at) => (start.expertWeights[at] = expertColumns[at % d] * stream.normal()));
  const fit = em(problem, start, { stage: 'em', ...steps, maxIterations, tolerance: 1e-15 });
  return [...fit].filter((event) => event.type === 'iteration');
}

/** log p_i N(y; μ_i, σ_i²) of every row and expert, its log-sum-exp, and log N alone. */
function logJoint({ train, k, activation }: ProblemInMemory, parameters: Parameters) {
  const { gates, means } = predict(train, parameters, activation, neverCancelled());
  const density = (r: number, i: number) => {
    const e = (train.y[r] - means[r * k + i]) / parameters.sigmas[i];
    return -Math.log(parameters.sigmas[i]) - 0.5 * Math.log(2 * Math.PI) - 0.5 * e * e;
  };
  const table = (entry: (r: number, i: number) => number) =>
    Array.from({ length: train.n }, (_, r) => Array.from({ length: k }, (_, i) => entry(r, i)));
  const joint = table((r, i) => Math.log(gates[r * k + i]) + density(r, i));
  return { joint, normal: table(density), total: joint.map((row) => logSumExp(row)) };
}

function logSumExp(values: readonly number[]): number {
  const largest = Math.max(...values);
  return largest + Math.log(values.reduce((sum, value) => sum + Math.exp(value - largest), 0));
}

/** What an iteration gained, a row: the log-likelihood, Q, what the prior adds to both, and Σ w KL(r_t ‖ r_{t+1}), row by row. */
function accountOf(problem: ProblemInMemory, before: Parameters, after: Parameters) {
  const { train, k, pseudoRows } = problem;
  const weightOf = (r: number) => train.weights?.[r] ?? 1;
  const [old, now] = [logJoint(problem, before), logJoint(problem, after)];
  let [gain, gainOfQ, divergence, weight, told] = [0, 0, 0, 0, 0];
  for (let r = 0; r < train.n; r++) {
    const w = weightOf(r);
    weight += w;
    gain += w * (now.total[r] - old.total[r]);
    for (let i = 0; i < k; i++) {
      const share = w * Math.exp(old.joint[r][i] - old.total[r]);
      if (share > 0) gainOfQ += share * (now.joint[r][i] - old.joint[r][i]);
      if (share > 0) divergence += share * (old.joint[r][i] - old.total[r] - (now.joint[r][i] - now.total[r]));
      told += w * (now.normal[r][i] - old.normal[r][i]);
    }
  }
  const prior = (pseudoRows / weight) * told - gatePenalty(after, problem) + gatePenalty(before, problem);
  return {
    gain: gain / weight,
    gainOfQ: gainOfQ / weight,
    divergence: divergence / weight,
    prior: prior / weight,
    weight,
  };
}

function expectIdentity(problem: ProblemInMemory, iterations: readonly Iteration[]) {
  expect(iterations.length).toBeGreaterThan(5);
  expect(iterations[0].kl).toBeNaN();
  let moved = 0;
  for (let t = 0; t + 1 < iterations.length; t++) {
    const [before, after] = [iterations[t], iterations[t + 1]];
    const { gain, gainOfQ, divergence, prior, weight } = accountOf(problem, before.parameters, after.parameters);
    expect(Math.abs(gain - (gainOfQ + divergence))).toBeLessThan(1e-10);
    expect(Math.abs((after.objective - before.objective) / weight - (gainOfQ + prior + divergence))).toBeLessThan(
      1e-10,
    );
    expect(Math.abs((after.kl ?? Number.NaN) - divergence)).toBeLessThan(1e-10);
    moved = Math.max(moved, divergence);
  }
  expect(moved).toBeGreaterThan(1e-4);
}

const exact: Steps = { expertStep: leastSquares };

describe('an iteration gains what Q gains plus the mean divergence of the responsibilities, reported without a look at the rows', () => {
  const settings: [string, Partial<ProblemInMemory>, boolean][] = [
    ['plain EM', { gateRidge: 0 }, false],
    ['a gate ridge and row weights', { gateRidge: 5 }, true],
    ['one sigma for all', { noise: { kind: 'shared' } }, false],
    ['a given sigma', { noise: { kind: 'fixed', sigma: 0.4 } }, false],
    ['pseudo-rows and row weights', { pseudoRows: 25 }, true],
    ['pseudo-rows and one sigma for all', { pseudoRows: 25, noise: { kind: 'shared' } }, false],
    ['no intercepts', { intercept: false }, false],
    ['columns of their own', { expertColumns: Uint8Array.of(1, 1, 0), gateColumns: Uint8Array.of(0, 1, 1) }, false],
    ['a constant gate', { gateColumns: Uint8Array.of(0, 0, 0) }, false],
    ['a sigma on its floor', { noise: { kind: 'shared' }, sigmaFloor: 1 }, false],
  ];

  test.each(settings)('%s', (_name, given, weighted) => {
    for (const k of [2, 3]) {
      const problem = mixtureProblem({ n: 250, d: 3, k, seed: 4, weighted }, given);
      expectIdentity(problem, iterationsOf(problem, exact));
    }
  });

  test.each(activationIds)('the %s response', (id) => {
    const activation: Activation = activationNamed(id);
    const problem = mixtureProblem({ n: 250, d: 3, k: 3, seed: 4 }, { activation, pseudoRows: 5 });
    expectIdentity(problem, iterationsOf(problem, exact));
  });

  test.each<[string, (problem: ProblemInMemory) => Steps]>([
    ['several Newton steps of the gate', () => ({ ...exact, gateStep: newtonGate(20) })],
    [
      'experts along a direction each',
      () => ({ expertStep: calibrated(Float64Array.from({ length: 9 }, (_, at) => at % 4)) }),
    ],
    ['frozen experts', () => ({ expertStep: frozen })],
    ['gradient steps', (problem) => ({ expertStep: gradientExperts(problem), gateStep: gradientGate(problem) })],
  ])('%s', (_name, steps) => {
    const problem = mixtureProblem({ n: 250, d: 3, k: 3, seed: 4 }, { pseudoRows: 5, gateRidge: 2 });
    expectIdentity(problem, iterationsOf(problem, steps(problem)));
  });
});
