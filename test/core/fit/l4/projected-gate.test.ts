import { describe, expect, test } from 'vitest';
import { em } from '../../../../core/fit/em/em';
import { frozen, leastSquares } from '../../../../core/fit/em/expert-step';
import { newtonGate } from '../../../../core/fit/em/gate-step';
import type { Fit, FitEvent } from '../../../../core/fit/method';
import { projectedGate } from '../../../../core/fit/l4/projected-gate';
import { splitDescent } from '../../../../core/fit/l4/split-descent';
import { objectiveGradient } from '../../../../core/model/likelihood';
import type { ProblemInMemory } from '../../../../core/model/problem';
import type { Parameters } from '../../../../core/model/spec';
import { permutation, random } from '../../../../core/random';
import { problemOf, simulatedProblem } from '../../../bench/problems';
import { pick } from '../../../checks/fitting';
import { mixtureProblem, randomParameters } from '../mixtures';

/** Every iteration of a fit, and how it ended. */
function iterationsOf(fit: Fit) {
  const events: Extract<FitEvent, { type: 'iteration' }>[] = [];
  for (let step = fit.next(); ; step = fit.next()) {
    if (step.done) return { events, outcome: step.value };
    if (step.value.type === 'iteration') events.push(step.value);
  }
}

/** Descent on L_log from a gate of 0, the experts held where they are. */
function descend(
  problem: ProblemInMemory,
  start: Parameters,
  radius: number,
  maxIterations: number,
  tolerance = 1e-12,
) {
  const from = {
    ...start,
    gateWeights: start.gateWeights.map(() => 0),
    gateIntercepts: start.gateIntercepts.map(() => 0),
  };
  const gateStep = projectedGate(problem, radius);
  return iterationsOf(em(problem, from, { stage: 'gate', expertStep: frozen, gateStep, maxIterations, tolerance }));
}

/** Columns of very different sizes that hang together, off the origin. */
function skewed(problem: ProblemInMemory): ProblemInMemory {
  const { d } = problem;
  const x = problem.train.x.map((value, at) => scale[at % d] * (value + 0.5 * problem.train.x[at - (at % d)] + 1));
  return { ...problem, train: { ...problem.train, x }, gateScale: Float64Array.from(scale) };
}

const base = mixtureProblem({ n: 300, d: 3, k: 3, seed: 1, weighted: true }, { noise: { kind: 'fixed', sigma: 0.5 } });
const experts = { ...randomParameters(3, 3, random(1, 7)), sigmas: new Float64Array(3).fill(0.5) };
const scale = [1e3, 1e-3, 20];
const inUnits = { ...experts, expertWeights: experts.expertWeights.map((a, at) => a / scale[at % 3]) };

describe('projected gradient descent on L_log', () => {
  test.each([
    ['weighted rows', base, experts, 10],
    ['a small ball', base, experts, 0.5],
    ['a strong ridge', { ...base, gateRidge: 100 }, experts, 1],
    ['no intercepts', { ...base, intercept: false }, experts, 2],
    ['a constant gate', { ...base, gateColumns: new Uint8Array(3) }, experts, 1],
    ['a gate of one column', { ...base, gateColumns: Uint8Array.of(0, 1, 0) }, experts, 1],
    ['columns of different sizes', skewed(base), inUnits, 1],
  ])('never lowers the objective: %s', (_, problem, start, radius) => {
    const { events } = descend(problem, start, radius, 40);
    expect(events.length).toBeGreaterThan(5);
    for (let t = 1; t < events.length; t++)
      expect(events[t].objective).toBeGreaterThanOrEqual(
        events[t - 1].objective - 1e-10 * Math.abs(events[t].objective),
      );
  });

  test('keeps every gate in the ball of the whitened inputs, and reaches its surface where the optimum is outside', () => {
    const problem = { ...base, train: { ...base.train, weights: null } };
    const { parameters } = descend(problem, experts, 0.7, 200).outcome;
    const { n, x } = problem.train;
    const lengths = [0, 1].map((i) => {
      const scores = Array.from({ length: n }, (_, r) =>
        [0, 1, 2].reduce((sum, j) => sum + parameters.gateWeights[3 * i + j] * x[3 * r + j], 0),
      );
      const mean = scores.reduce((sum, score) => sum + score, 0) / n;
      return Math.sqrt(scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / n);
    });
    for (const length of lengths) expect(length).toBeLessThanOrEqual(0.7 * (1 + 1e-4));
    expect(Math.max(...lengths)).toBeGreaterThan(0.699);
    expect(parameters.gateIntercepts.some((c) => c !== 0)).toBe(true);
  });

  test('ends where the gradient of the likelihood in the gate is 0: the factor x is in it', () => {
    for (const [problem, start] of [[base, experts] as const, [skewed(base), inUnits] as const]) {
      const { parameters } = descend(problem, start, 50, 5000, 1e-15).outcome;
      const { gateWeights, gateIntercepts } = objectiveGradient(problem, parameters);
      const size = 1e-4 * problem.train.n;
      gateWeights.forEach((slope, at) => expect(Math.abs(slope / problem.gateScale[at % 3])).toBeLessThan(size));
      gateIntercepts.forEach((slope) => expect(Math.abs(slope)).toBeLessThan(size));
    }
  });

  test('ends where EM does', () => {
    const { problem, truth } = simulatedProblem(
      { rows: 2000, features: 6, experts: 2, sigma: 0.1, inputs: 'gaussian', gates: 'random', seed: 3 },
      { noise: { kind: 'fixed', sigma: 0.1 } },
    );
    const options = { stage: 'gate', expertStep: frozen, maxIterations: 500, tolerance: 1e-12 };
    const byEm = iterationsOf(em(problem, truth, { ...options, gateStep: newtonGate(1) })).outcome;
    const byDescent = descend(problem, truth, 10, 500).outcome;
    expect(byDescent.objective).toBeCloseTo(byEm.objective, 5);
    byDescent.parameters.gateWeights.forEach((w, at) => expect(w).toBeCloseTo(byEm.parameters.gateWeights[at], 3));
  });
});

describe('sample splitting', () => {
  const { problem, truth } = simulatedProblem(
    { rows: 6000, features: 5, experts: 2, sigma: 0.1, inputs: 'gaussian', gates: 'random', seed: 4 },
    { noise: { kind: 'fixed', sigma: 0.1 } },
  );
  const from = { ...truth, gateWeights: new Float64Array(10) };
  const split = (at: ProblemInMemory, parts: number, sigma = 0.1) =>
    iterationsOf(
      splitDescent(
        at,
        { ...from, sigmas: new Float64Array(2).fill(sigma) },
        { stage: 'gate', expertStep: frozen, gateStep: projectedGate(at, 10), parts, firstIteration: 3 },
        random(1),
      ),
    );

  test('takes a step on every part, and comes near the true gate', () => {
    const { events, outcome } = split(problem, 12);
    expect(events.map((event) => event.iteration)).toEqual(Array.from({ length: 13 }, (_, t) => 3 + t));
    expect(outcome.termination).toBe('iteration-limit');
    const away = (w: Float64Array) => Math.hypot(...w.map((value, at) => value - truth.gateWeights[at]));
    // A part of 500 rows leaves the last step an error of about √(5 / 500) / E[p (1 − p)] = 0.45.
    expect(away(outcome.parameters.gateWeights)).toBeLessThan(0.45);
    expect(away(outcome.parameters.gateWeights)).toBeLessThan(away(from.gateWeights) / 2);
  });

  test('shows a row to one step alone', () => {
    // Wide noise: a posterior of exactly 0 or 1 would not notice a change of the target.
    const wide: ProblemInMemory = { ...problem, noise: { kind: 'fixed', sigma: 1 } };
    const plain = split(wide, 6, 1).events;
    const firstMoved = [3, 17, 100, 2000, 4000, 5999].map((row) => {
      const y = problem.train.y.with(row, problem.train.y[row] + 0.2);
      const { events } = split({ ...wide, train: { ...problem.train, y } }, 6, 1);
      return events.findIndex(({ parameters }, t) =>
        parameters.gateWeights.some((w, at) => w !== plain[t].parameters.gateWeights[at]),
      );
    });
    for (const t of firstMoved) expect(t).toBeGreaterThan(0);
    expect(new Set(firstMoved).size).toBeGreaterThan(2);
  });

  test('a part without weight moves nothing', () => {
    const weights = new Float64Array(problem.train.n).with(17, 1);
    const { events } = split({ ...problem, train: { ...problem.train, weights } }, 6);
    const moved = events.filter(({ parameterChange }) => parameterChange > 0);
    expect(moved).toHaveLength(1);
  });

  test('gives every part its share of the pseudo-rows and of the ridge', () => {
    const given: ProblemInMemory = { ...problem, noise: { kind: 'shared' }, pseudoRows: 3000, gateRidge: 200 };
    const steps = { stage: 'gate', expertStep: leastSquares, gateStep: projectedGate(given, 10) };
    const { events } = iterationsOf(splitDescent(given, from, { ...steps, parts: 2, firstIteration: 0 }, random(1)));
    const order = permutation(given.train.n, random(1)).filter((_, at) => at % 2 === 0);
    const half = { ...given, train: pick(given.train, order), pseudoRows: 1500, gateRidge: 100 };
    const options = { ...steps, gateStep: projectedGate(half, 10), maxIterations: 1, tolerance: 0 };
    const [, alone] = iterationsOf(em(half, from, options)).events;
    const { parameters } = events[1];
    parameters.expertWeights.forEach((a, at) => expect(a).toBeCloseTo(alone.parameters.expertWeights[at], 10));
    expect(parameters.sigmas[0]).toBeCloseTo(alone.parameters.sigmas[0], 10);
    // The metric of the step is that of all rows, not of the half: the gates are near, not the same.
    const length = Math.hypot(...alone.parameters.gateWeights);
    parameters.gateWeights.forEach((w, at) =>
      expect(Math.abs(w - alone.parameters.gateWeights[at])).toBeLessThan(0.1 * length),
    );
  });

  test('on one part is a step of full-batch descent', () => {
    const one = split(problem, 1).outcome.parameters;
    const whole = descend(problem, truth, 10, 1).outcome.parameters;
    one.gateWeights.forEach((w, at) => expect(w).toBeCloseTo(whole.gateWeights[at], 12));
  });
});

test('a mixture of one expert has no gate to move', () => {
  const rows = { n: 4, x: Float64Array.of(0, 1, 2, 3), y: Float64Array.of(0, 1, 2, 4), weights: null };
  const problem = problemOf(rows, 1, 1);
  const { outcome } = descend(problem, randomParameters(1, 1, random(2)), 1, 5);
  expect([...outcome.parameters.gateWeights]).toEqual([0]);
});
