import { describe, expect, test } from 'vitest';
import { jointEm } from '../../../../core/fit/joint-em';
import type { FitEvent, Method, Outcome } from '../../../../core/fit/method';
import { completeSettings } from '../../../../core/fit/settings';
import { sgdL2 } from '../../../../core/fit/sgd-l2';
import { sgdNll } from '../../../../core/fit/sgd-nll';
import { unitScale } from '../../../../core/fit/sgd/unit-scale';
import { expectation } from '../../../../core/kernels/expectation';
import { predict } from '../../../../core/model/predict';
import type { ProblemInMemory } from '../../../../core/model/problem';
import { random } from '../../../../core/random';
import { mixtureProblem, randomParameters } from '../mixtures';
import { inMemory } from '../../in-memory';

type Iteration = Extract<FitEvent, { type: 'iteration' }>;

function run(method: Method, problem: ProblemInMemory, options = {}, given = {}) {
  const settings = completeSettings(method, { restarts: 1, options, ...given });
  if (!settings.ok) throw new Error(settings.error.message);
  const fit = method.fit(problem, settings.value, method.starts(problem, settings.value)[0], random(3));
  const iterations: Iteration[] = [];
  let step = fit.next();
  for (; !step.done; step = fit.next()) if (step.value.type === 'iteration') iterations.push(step.value);
  return { iterations, outcome: step.value as Outcome };
}

const problem = mixtureProblem({ n: 400, d: 3, k: 2, seed: 9 });

describe('descent on the likelihood', () => {
  test('over all rows it ends where EM from the same start ends', () => {
    const em = run(jointEm, problem).outcome;
    const descent = run(sgdNll, problem, { batch: 1e6, steps: 3000 }).outcome;
    expect(Math.abs(descent.objective - em.objective)).toBeLessThan(1e-3 * problem.train.n);
  });

  test('over mini-batches it ends near there, and every pass is an iteration', () => {
    const em = run(jointEm, problem).outcome;
    const { iterations, outcome } = run(sgdNll, problem, { batch: 40, steps: 3000 });
    expect(Math.abs(outcome.objective - em.objective)).toBeLessThan(2e-2 * problem.train.n);
    // 10 batches a pass.
    expect(iterations.map(({ iteration }) => iteration)).toEqual(Array.from({ length: 301 }, (_, t) => t));
    expect(outcome.termination).toBe('iteration-limit');
    expect(outcome.parameters).toBe(iterations.at(-1)?.parameters);
  });

  test('converged is said of a loss that stands, not of steps that have run out', () => {
    const standing = run(sgdNll, problem, { batch: 1e6, steps: 5000 }, { tolerance: 1e-5 });
    expect(standing.outcome.termination).toBe('converged');
    expect(run(sgdNll, problem, { batch: 1e6, steps: 20 }).outcome.termination).toBe('iteration-limit');
  });

  test('a given sigma stays as it was given', () => {
    const fixed = { ...problem, noise: { kind: 'fixed', sigma: 0.37 } } as const;
    const { iterations } = run(sgdNll, fixed, { batch: 50, steps: 100 });
    for (const { parameters } of iterations) expect([...parameters.sigmas]).toEqual([0.37, 0.37]);
  });

  test('the limit of iterations ends it', () => {
    const { outcome } = run(sgdNll, problem, {}, { maxIterations: 6 });
    expect(outcome.iterations).toBe(6);
    expect(outcome.termination).toBe('iteration-limit');
  });

  test('steps that are too long break it down without losing the last sound parameters', () => {
    const { outcome } = run(sgdNll, problem, { optimiser: 'sgd', learningRate: 10, batch: 20, steps: 300 });
    expect(outcome.parameters.expertWeights.every(Number.isFinite)).toBe(true);
    expect(Number.isFinite(outcome.objective)).toBe(true);
  });
});

describe('descent on the squared error', () => {
  const { iterations, outcome } = run(sgdL2, problem, { batch: 1e6, steps: 1500 });

  test('lowers the squared error of the mixed prediction', () => {
    expect(outcome.parameters.sigmas.every((sigma) => sigma > 0)).toBe(true);
    const last = iterations.at(-1)?.trainRmse ?? NaN;
    expect(last).toBeLessThan(0.5 * iterations[0].trainRmse);
  });

  test('estimates the sigmas when it is done, as the noise model says: EM would leave them', () => {
    const { train, d, activation, cancel } = problem;
    const sums = expectation(
      train,
      d,
      { parameters: outcome.parameters, activation, moments: false, curvature: false },
      cancel,
    );
    outcome.parameters.sigmas.forEach((sigma, i) =>
      expect(Math.sqrt(sums.residuals[i] / sums.responsibilities[i * (d + 1)])).toBeCloseTo(sigma, 3),
    );
    expect(iterations.at(-1)?.stage).toBe('noise');
    expect(iterations.map(({ iteration }) => iteration)).toEqual(iterations.map((_, t) => t));
  });
});

describe('unit scale', () => {
  const [n, d] = [200, 3];
  const stretch = [300, 0.02, 1];
  const moved: ProblemInMemory = {
    ...problem,
    train: {
      ...problem.train,
      n,
      x: problem.train.x.slice(0, n * d).map((value, at) => stretch[at % d] * value),
      y: problem.train.y.slice(0, n).map((value) => 1000 + 50 * value),
    },
  };

  test.each([true, false])('predictions are the same in it as outside, with intercepts: %s', (intercept) => {
    const scaled = unitScale({ ...moved, intercept });
    const parameters = randomParameters(2, d, random(4), intercept);
    const there = predict(scaled.problem.train, parameters, problem.activation, problem.cancel);
    const here = predict(moved.train, scaled.outward(parameters), problem.activation, problem.cancel);
    const size = Math.abs(scaled.outward(parameters).sigmas[0] / parameters.sigmas[0]);
    const offset = here.mean[0] - size * there.mean[0];
    expect(intercept || Math.abs(offset) < 1e-9 * size).toBe(true);
    here.mean.forEach((value, r) => expect(value).toBeCloseTo(offset + size * there.mean[r], 6));
    here.gates.forEach((value, at) => expect(value).toBeCloseTo(there.gates[at], 10));
    const back = scaled.inward(scaled.outward(parameters));
    for (const part of ['expertWeights', 'expertIntercepts', 'sigmas', 'gateWeights'] as const)
      back[part].forEach((value, at) => expect(value).toBeCloseTo(parameters[part][at], 10));
  });

  test('columns and target have about unit size in it, and rows that have are not copied', () => {
    const train = inMemory(unitScale(moved).problem.train);
    for (let j = 0; j < d; j++) {
      const square = Array.from({ length: n }, (_, r) => train.x[r * d + j] ** 2).reduce((a, b) => a + b) / n;
      expect(square).toBeGreaterThan(0.8);
      expect(square).toBeLessThan(1.25);
    }
    const unit = { ...moved, train };
    expect(inMemory(unitScale(unit).problem.train).x).toBe(train.x);
  });
});
