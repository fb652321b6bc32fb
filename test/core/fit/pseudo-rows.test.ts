import { expect, test } from 'vitest';
import { em } from '../../../core/fit/em/em';
import { calibrated } from '../../../core/fit/em/calibrate';
import { leastSquares } from '../../../core/fit/em/expert-step';
import { jointEm } from '../../../core/fit/joint-em';
import { randomStart } from '../../../core/fit/starting-points/random-gate';
import type { Fit, Outcome } from '../../../core/fit/method';
import { runStart } from '../../../core/fit/run';
import { neverCancelled } from '../../../core/kernels/pass';
import { ordinaryLeastSquares } from '../../../core/model/least-squares';
import { predict } from '../../../core/model/predict';
import type { ProblemInMemory } from '../../../core/model/problem';
import type { Parameters } from '../../../core/model/spec';
import { random } from '../../../core/random';
import { defaultSettings, mixtureProblem } from './mixtures';

const shape = { n: 150, d: 3, k: 3, seed: 6 };
const held = mixtureProblem(shape, { pseudoRows: 30 });

const plan = { stage: 'em', expertStep: leastSquares, maxIterations: 400, tolerance: 1e-10 };

function outcomeOf(fit: Fit): Outcome {
  for (;;) {
    const step = fit.next();
    if (step.done) return step.value;
  }
}

const fitted = (problem: ProblemInMemory) => outcomeOf(em(problem, randomStart(problem, random(2)), plan));

const predictions = (problem: ProblemInMemory, parameters: Parameters) =>
  predict(problem.train, parameters, { id: 'linear' }, neverCancelled());

const largestDifference = (a: Float64Array, b: Float64Array) =>
  a.reduce((most, value, r) => Math.max(most, Math.abs(value - b[r])), 0);

/** Root mean square of how far the experts' lines are from least squares, over rows and experts. */
function distanceFromLeastSquares(problem: ProblemInMemory, parameters: Parameters): number {
  const { train, d, k } = problem;
  const line = ordinaryLeastSquares(train, d, problem.expertColumns, true, neverCancelled());
  const { means } = predictions(problem, parameters);
  const squares = means.map((mean, at) => {
    const x = train.x.subarray(Math.floor(at / k) * d, (Math.floor(at / k) + 1) * d);
    return (mean - x.reduce((sum, value, j) => sum + line.weights[j] * value, line.intercept)) ** 2;
  });
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
}

test('the more pseudo-rows, the nearer every expert is to least squares, and with very many it is least squares', () => {
  const distances = [0, 10, 100, 1e6].map((pseudoRows) => {
    const problem = { ...held, pseudoRows };
    return distanceFromLeastSquares(problem, fitted(problem).parameters);
  });
  expect(distances).toEqual(distances.toSorted((a, b) => b - a));
  expect(distances[0]).toBeGreaterThan(1);
  expect(distances[3]).toBeLessThan(1e-3);
});

test('an expert on a handful of rows keeps a noise level of its own that is no smaller than they warrant', () => {
  // Three rows far above a plain line: alone they are an expert with no noise at all.
  const stream = random(4);
  const x = Float64Array.from({ length: 60 }, () => stream.normal());
  const y = x.map((value, r) => (r < 3 ? 40 : value + 0.3 * stream.normal()));
  const problem = { ...mixtureProblem({ n: 60, d: 1, k: 2, seed: 1 }), train: { n: 60, x, y, weights: null } };
  const ends = [0, 20].map((pseudoRows) => {
    const start = randomStart(problem, random(1));
    start.expertIntercepts.set([40, 0]);
    start.sigmas.fill(1);
    start.gateWeights.fill(0);
    return outcomeOf(em({ ...problem, pseudoRows }, start, plan));
  });
  expect(ends[0].termination).toBe('sigma-floor');
  expect(ends[1].termination).toBe('converged');
  expect(Math.min(...ends[1].parameters.sigmas)).toBeGreaterThan(1);
});

test('a row of weight 2 counts twice and one of weight 0 not at all, for the pseudo-rows too', () => {
  const weighted = mixtureProblem({ ...shape, weighted: true }, { pseudoRows: 30 });
  const { train, d } = weighted;
  const order = Array.from(train.weights ?? [], (w, r) => Array<number>(w).fill(r)).flat();
  const spelledOut = {
    n: order.length,
    x: Float64Array.from(order.flatMap((r) => [...train.x.subarray(r * d, (r + 1) * d)])),
    y: Float64Array.from(order, (r) => train.y[r]),
    weights: null,
  };
  // The same start for both: a random start's first numbers depend on the rows through sums alone.
  const [one, other] = [weighted, { ...weighted, train: spelledOut }].map((problem) => fitted(problem));
  expect(other.objective).toBeCloseTo(one.objective, 6);
  const [a, b] = [one, other].map(({ parameters }) => predictions(weighted, parameters).mean);
  expect(largestDifference(a, b)).toBeLessThan(1e-4);
});

test('mixing, shifting and stretching the features changes the units and nothing else', () => {
  // The gate ridge is taken on each feature alone: without it only the pseudo-rows could depend on the mixing.
  const plain = { ...held, gateRidge: 0 };
  const x = plain.train.x.slice();
  for (let at = 0; at < x.length; at += 3) {
    const [a, b, c] = plain.train.x.subarray(at, at + 3);
    x.set([2 * a + b, 5 + 0.1 * b - c, 3 * c], at);
  }
  const changed = { ...plain, train: { ...plain.train, x } };
  const start = randomStart(plain, random(2));
  start.gateWeights.fill(0);
  start.expertIntercepts.set([-2, 0, 2]);
  const [one, other] = [plain, changed].map((problem) => outcomeOf(em(problem, start, plan)));
  const means = [predictions(plain, one.parameters).mean, predictions(changed, other.parameters).mean];
  expect(one.iterations).toBeGreaterThan(5);
  expect(other.objective).toBeCloseTo(one.objective, 5);
  expect(largestDifference(means[0], means[1])).toBeLessThan(1e-3);
});

test('the objective in original units is that of the target in original units', () => {
  const [offset, scale] = [10, 4];
  const { train } = held;
  const original: ProblemInMemory = {
    ...held,
    train: { ...train, y: train.y.map((value) => offset + scale * value) },
    sigmaFloor: scale * held.sigmaFloor,
  };
  const start = { label: 'random 1', method: 'joint-em', stream: 0 };
  const hooks = { now: () => 0, timeLimit: null, onEvent: () => undefined };
  const objectives = [{ ...held, output: { offset, scale } }, original].map((problem) => {
    const result = runStart(problem, jointEm, { ...defaultSettings, maxIterations: 20 }, start, 1, hooks);
    if (!result.ok) throw new Error(result.error.message);
    return result.value.objective;
  });
  expect(objectives[1]).toBeCloseTo(objectives[0], 6);
});

test('experts that may only move along a direction never lower the objective either', () => {
  const directions = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
  const fit = em(held, randomStart(held, random(2)), { ...plan, expertStep: calibrated(directions) });
  let previous = -Infinity;
  for (let step = fit.next(); !step.done; step = fit.next()) {
    if (step.value.type !== 'iteration') continue;
    expect(step.value.objective).toBeGreaterThanOrEqual(previous - 1e-12 * Math.abs(previous));
    previous = step.value.objective;
  }
  expect(previous).toBeGreaterThan(-Infinity);
});
