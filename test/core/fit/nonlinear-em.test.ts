import { describe, expect, test } from 'vitest';
import { calibrated } from '../../../core/fit/em/calibrate';
import { em } from '../../../core/fit/em/em';
import { type ExpertStep, leastSquares } from '../../../core/fit/em/expert-step';
import { jointEm } from '../../../core/fit/joint-em';
import type { FitEvent, Outcome } from '../../../core/fit/method';
import { randomStart } from '../../../core/fit/starting-points/random-gate';
import { activationNamed } from '../../../core/model/activations';
import { objectiveGradient } from '../../../core/model/likelihood';
import { recovery } from '../../../core/model/match';
import { summarise } from '../../../core/model/predict';
import type { ProblemInMemory } from '../../../core/model/problem';
import { type ActivationId, activationIds, type Parameters } from '../../../core/model/spec';
import { random } from '../../../core/random';
import { fit } from '../../checks/fitting';
import { simulatedProblem } from '../../bench/problems';
import { mixtureProblem } from './mixtures';

const nonlinear = activationIds.filter((id) => id !== 'linear');

function run(problem: ProblemInMemory, start: Parameters, expertStep: ExpertStep = leastSquares, tolerance = 1e-14) {
  const steps = em(problem, start, { stage: 'em', expertStep, maxIterations: 60, tolerance });
  const iterations: Extract<FitEvent, { type: 'iteration' }>[] = [];
  let step = steps.next();
  for (; !step.done; step = steps.next()) if (step.value.type === 'iteration') iterations.push(step.value);
  return { iterations, outcome: step.value as Outcome };
}

function expectNoFall(iterations: readonly { objective: number }[]) {
  let previous = -Infinity;
  for (const { objective } of iterations) {
    expect(objective).toBeGreaterThanOrEqual(previous - 1e-12 * Math.abs(previous));
    previous = objective;
  }
}

/** Targets as a table's are scaled: within a bounded response, from 0 up for a ReLU. */
const within: Record<ActivationId, (y: number) => number> = {
  linear: (y) => y,
  sigmoid: (y) => 1 / (1 + Math.exp(-y / 3)),
  tanh: (y) => Math.tanh(y / 4),
  relu: (y) => Math.abs(y),
  'leaky-relu': (y) => y,
};

function problemFor(
  id: ActivationId,
  given: Partial<ProblemInMemory>,
  weighted: boolean,
  k = 3,
  seed = 2,
): ProblemInMemory {
  const problem = mixtureProblem({ n: 60 * k, d: 3, k, seed, weighted }, { ...given, activation: activationNamed(id) });
  return { ...problem, train: { ...problem.train, y: problem.train.y.map(within[id]) } };
}

const settings: [string, Partial<ProblemInMemory>, boolean][] = [
  ['a sigma of each expert', {}, false],
  ['row weights and one sigma for all', { noise: { kind: 'shared' } }, true],
  ['a given sigma', { noise: { kind: 'fixed', sigma: 0.2 } }, false],
  ['no intercepts', { intercept: false }, false],
  ['pseudo-rows and row weights', { pseudoRows: 25 }, true],
  ['pseudo-rows without intercepts', { pseudoRows: 25, intercept: false }, false],
  [
    'experts and gate on their own columns',
    { expertColumns: Uint8Array.of(1, 1, 0), gateColumns: Uint8Array.of(0, 1, 1) },
    true,
  ],
];

describe.each(nonlinear)('EM of %s experts', (id) => {
  test.each(settings)(
    'never lowers the objective with %s, and leaves what is not estimated',
    (_name, given, weighted) => {
      for (const seed of [1, 2, 3]) {
        const problem = problemFor(id, given, weighted, 2 + (seed % 2), seed);
        const { iterations, outcome } = run(problem, randomStart(problem, random(seed)));
        expect(iterations.length).toBeGreaterThan(1);
        expectNoFall(iterations);
        const { expertWeights, expertIntercepts, gateWeights, gateIntercepts } = outcome.parameters;
        for (const part of [expertWeights, expertIntercepts, gateWeights, gateIntercepts])
          expect(part.every(Number.isFinite)).toBe(true);
        expect(expertWeights.every((w, at) => w === 0 || problem.expertColumns[at % problem.d] === 1)).toBe(true);
        if (!problem.intercept) expect(expertIntercepts.every((b) => b === 0)).toBe(true);
      }
    },
  );

  test('never lowers the objective where experts may only move along a direction', () => {
    const directions = Float64Array.of(1, 0.5, 0, 0, 1, -1, 0.3, 0, 1);
    for (const intercept of [true, false]) {
      const problem = problemFor(id, { intercept }, true);
      const start = randomStart(problem, random(4));
      const { iterations, outcome } = run(problem, start, calibrated(directions));
      expect(iterations.length).toBeGreaterThan(3);
      expectNoFall(iterations);
      const moved = outcome.parameters.expertWeights.map((w, at) => w - start.expertWeights[at]);
      for (let i = 0; i < 3; i++) {
        const [a, b] = [moved.subarray(3 * i, 3 * i + 3), directions.subarray(3 * i, 3 * i + 3)];
        for (let j = 1; j < 3; j++) expect(a[0] * b[j] - a[j] * b[0]).toBeCloseTo(0, 9);
      }
    }
  });

  test('ends at a zero of the gradient of the objective', () => {
    const problem = problemFor(id, { noise: { kind: 'shared' }, gateRidge: 1 }, false, 2);
    const steps = em(problem, randomStart(problem, random(1)), {
      stage: 'em',
      expertStep: leastSquares,
      maxIterations: 3000,
      tolerance: 1e-15,
    });
    let step = steps.next();
    while (!step.done) step = steps.next();
    const gradient = objectiveGradient(problem, step.value.parameters);
    const all = [gradient.expertWeights, gradient.expertIntercepts, gradient.gateWeights, gradient.gateIntercepts];
    // The sum of squares of a kinked response has corners, at which EM may rest without a zero gradient.
    const isSmooth = id === 'sigmoid' || id === 'tanh';
    const largest = Math.max(...all.flatMap((part) => [...part]).map(Math.abs));
    if (isSmooth) expect(largest).toBeLessThan(1e-5 * problem.train.n);
    expect(step.value.termination).toBe('converged');
  });

  test('recovers a simulated mixture from random starts', async () => {
    const settings = { rows: 1200, features: 4, experts: 2, inputs: 'gaussian', gates: 'random', seed: 3 } as const;
    const sigma = id === 'sigmoid' ? 0.05 : 0.1;
    const { problem, truth } = simulatedProblem({ ...settings, sigma, activation: id });
    const result = await fit(jointEm, problem, { restarts: 2 });
    const { regressorFit, gatingFit } = recovery(result.parameters, truth);
    expect(result.termination).toBe('converged');
    expect(regressorFit).toBeGreaterThan(0.999);
    expect(gatingFit).toBeGreaterThan(0.97);
    const { rmse } = summarise(problem.train, truth, problem.activation, problem.cancel);
    expect(result.parameters.sigmas[0]).toBeCloseTo(sigma, 2);
    expect(summarise(problem.train, result.parameters, problem.activation, problem.cancel).rmse).toBeLessThan(rmse);
  });
});

describe('an expert whose response is flat in all its rows', () => {
  test.each([
    ['relu', -1e3],
    ['sigmoid', 800],
    ['tanh', -400],
  ] as const)('stays where it is, with numbers for everything: %s at a score of %d', (id, score) => {
    for (const step of [leastSquares, calibrated(Float64Array.of(1, 0, 0, 0, 1, 0))]) {
      const problem = problemFor(id, { noise: { kind: 'shared' } }, false, 2);
      const start = randomStart(problem, random(1));
      start.expertIntercepts[0] = score;
      const { iterations, outcome } = run(problem, start, step, 1e-9);
      expectNoFall(iterations);
      expect(outcome.parameters.expertIntercepts.every(Number.isFinite)).toBe(true);
      expect(outcome.parameters.expertWeights.every(Number.isFinite)).toBe(true);
      expect(outcome.parameters.expertIntercepts).toContain(score);
    }
  });
});

test('sigmoid and tanh experts are one model in other numbers, 2 sigmoid(2 s) = 1 + tanh(s), and are fitted alike', async () => {
  const problem = problemFor('sigmoid', {}, true, 2);
  const y = problem.train.y.map((value) => 2 * value - 1);
  const sigmaFloor = 2 * problem.sigmaFloor;
  const doubled: ProblemInMemory = {
    ...problem,
    activation: { id: 'tanh' },
    train: { ...problem.train, y },
    sigmaFloor,
  };
  const one = (await fit(jointEm, problem, { restarts: 2 })).parameters;
  const other = (await fit(jointEm, doubled, { restarts: 2 })).parameters;
  one.expertWeights.forEach((w, at) => expect(other.expertWeights[at]).toBeCloseTo(w / 2, 5));
  one.expertIntercepts.forEach((b, i) => expect(other.expertIntercepts[i]).toBeCloseTo(b / 2, 5));
  one.sigmas.forEach((sigma, i) => expect(other.sigmas[i]).toBeCloseTo(2 * sigma, 5));
});

test('a linear expert takes its exact step: a leak of 1 would be the same response, in more passes', () => {
  const problem = problemFor('linear', {}, true);
  const bent: ProblemInMemory = { ...problem, activation: { id: 'leaky-relu', leak: 1 } };
  const start = randomStart(problem, random(1));
  const [exact, damped] = [problem, bent].map((one) => run(one, start, leastSquares, 1e-9).outcome);
  expect(damped.objective).toBeCloseTo(exact.objective, 6);
  damped.parameters.expertWeights.forEach((w, at) => expect(w).toBeCloseTo(exact.parameters.expertWeights[at], 4));
});
