import { describe, expect, test } from 'vitest';
import { em } from '../../../../core/fit/em/em';
import { gateStep } from '../../../../core/fit/em/gate-step';
import { gradientExperts, gradientGate } from '../../../../core/fit/em/gradient-step';
import { randomStart } from '../../../../core/fit/starting-points/random-gate';
import { expectation } from '../../../../core/kernels/expectation';
import { objective, objectiveGradient } from '../../../../core/model/likelihood';
import { permuteExperts, rezeroGates } from '../../../../core/model/order';
import type { ProblemInMemory } from '../../../../core/model/problem';
import { pseudoWeight } from '../../../../core/model/pseudo-rows';
import { copyParameters, type Parameters } from '../../../../core/model/spec';
import { random } from '../../../../core/random';
import { mixtureProblem, randomParameters, standardised } from '../mixtures';

const [n, d, k] = [300, 3, 3];

const expectationAt = (problem: ProblemInMemory, parameters: Parameters) =>
  expectation(
    problem.train,
    problem.d,
    { parameters, activation: problem.activation, moments: true, curvature: true, background: pseudoWeight(problem) },
    problem.cancel,
  );

function objectives(problem: ProblemInMemory, steps: number): number[] {
  const fit = em(problem, randomStart(problem, random(4)), {
    stage: 'em',
    expertStep: gradientExperts(problem),
    gateStep: gradientGate(problem),
    maxIterations: steps,
    tolerance: 1e-14,
  });
  const values: number[] = [];
  for (let step = fit.next(); !step.done; step = fit.next())
    if (step.value.type === 'iteration') values.push(step.value.objective);
  return values;
}

/** Columns far from standard, which a step of one size for all would not bear. */
function badlyScaled(problem: ProblemInMemory): ProblemInMemory {
  const scale = [1e3, 1e-3, 20];
  const x = problem.train.x.map((value, at) => scale[at % d] * (value + 0.5 * problem.train.x[at - (at % d)]));
  return { ...problem, train: { ...problem.train, x }, gateScale: Float64Array.from(scale) };
}

const base = mixtureProblem({ n, d, k, seed: 1, weighted: true });
const settings: [string, ProblemInMemory][] = [
  ['weighted rows', base],
  ['one sigma for all', { ...base, noise: { kind: 'shared' } }],
  ['a given sigma', { ...base, noise: { kind: 'fixed', sigma: 0.3 } }],
  ['a strong ridge and pseudo-rows', { ...base, gateRidge: 1e4, pseudoRows: 40 }],
  ['pseudo-rows that outweigh the rows', { ...base, pseudoRows: 2000 }],
  ['no intercepts', { ...base, intercept: false }],
  ['a constant gate', { ...base, gateColumns: new Uint8Array(d) }],
  ['columns of very different sizes that hang together', badlyScaled(base)],
  [
    'a column that is 0 everywhere',
    { ...base, train: { ...base.train, x: base.train.x.map((v, at) => (at % d ? v : 0)) } },
  ],
];

test.each(settings)('gradient EM never lowers the objective: %s', (_name, problem) => {
  const values = objectives(problem, 60);
  expect(values.length).toBeGreaterThan(20);
  for (let t = 1; t < values.length; t++)
    expect(values[t]).toBeGreaterThanOrEqual(values[t - 1] - 1e-12 * Math.abs(values[t]));
  expect(values[values.length - 1]).toBeGreaterThan(values[0] + 1);
});

describe('on whitened rows', () => {
  // Orthogonal columns of equal length: 8 corners of a cube, repeated.
  const rows = 240;
  const x = Float64Array.from({ length: rows * d }, (_, at) => ((Math.floor(at / d) >> (at % d)) & 1 ? 1 : -1));
  const problem = { ...base, train: { ...base.train, n: rows, x, weights: null }, gateRidge: 0 };
  const current = randomParameters(k, d, random(2));
  const gradient = objectiveGradient(problem, current);
  const sums = expectationAt(problem, current);

  test('the step of an expert is .9 σ² the gradient of the log-likelihood a row', () => {
    const next = copyParameters(current);
    gradientExperts(problem).update(problem, sums, current, next, new Float64Array(k));
    next.expertWeights.forEach((value, at) => {
      const expected = (0.9 * current.sigmas[Math.floor(at / d)] ** 2 * gradient.expertWeights[at]) / rows;
      expect(value - current.expertWeights[at]).toBeCloseTo(expected, 12);
    });
  });

  test('the step of the gates is .9 times the gradient a row, referred to the last gate', () => {
    const next = copyParameters(current);
    gradientGate(problem).update(problem, sums, current, next);
    for (let i = 0; i < k - 1; i++)
      for (let j = 0; j < d; j++) {
        const step = gradient.gateWeights[i * d + j] - gradient.gateWeights[(k - 1) * d + j];
        expect(next.gateWeights[i * d + j] - current.gateWeights[i * d + j]).toBeCloseTo((0.9 * step) / rows, 12);
      }
  });
});

test('the residuals a step leaves are those of an E-step at the new experts with the old responsibilities', () => {
  // With one expert the responsibilities are 1 wherever it moves.
  const problem = { ...base, k: 1, pseudoRows: 5 };
  const current = randomParameters(1, d, random(2));
  const next = copyParameters(current);
  const residuals = new Float64Array(1);
  gradientExperts(problem).update(problem, expectationAt(problem, current), current, next, residuals);
  expect(residuals[0]).toBeCloseTo(expectationAt(problem, next).residuals[0], 7);
});

test('the objective gains at least what a gate step reports as its gain', () => {
  // It gains what Q gains and the divergence of the responsibilities.
  const current = randomParameters(k, d, random(2));
  const problem = { ...base, gateRidge: 2 };
  const sums = expectationAt(problem, current);
  for (const step of [gradientGate(problem).update, newton]) {
    const next = copyParameters(current);
    const gain = step(problem, sums, current, next);
    expect(gain).toBeGreaterThan(0);
    expect(objective(problem, next) - objective(problem, current)).toBeGreaterThanOrEqual(gain - 1e-9);
  }
});

const newton = (
  problem: ProblemInMemory,
  sums: ReturnType<typeof expectationAt>,
  current: Parameters,
  next: Parameters,
) => gateStep(problem, sums, current, next, 1);

test('the gate step does not depend on which expert is the reference', () => {
  const problem = { ...standardised(base), gateRidge: 3 };
  const current = randomParameters(k, d, random(2));
  const stepped = (from: Parameters) => {
    const next = copyParameters(from);
    gradientGate(problem).update(problem, expectationAt(problem, from), from, next);
    return next;
  };
  const order = [2, 0, 1];
  const turned = stepped(rezeroGates(permuteExperts(current, order)));
  const expected = rezeroGates(permuteExperts(stepped(current), order));
  turned.gateWeights.forEach((w, at) => expect(w).toBeCloseTo(expected.gateWeights[at], 10));
});
