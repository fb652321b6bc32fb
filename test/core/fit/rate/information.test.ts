import { describe, expect, test } from 'vitest';
import { em } from '../../../../core/fit/em/em';
import { leastSquares } from '../../../../core/fit/em/expert-step';
import { newtonGate } from '../../../../core/fit/em/gate-step';
import { informationAt } from '../../../../core/fit/rate/information';
import { slowestDirection } from '../../../../core/fit/rate/rate';
import { settle } from '../../../../core/fit/rate/settle';
import { freeSize } from '../../../../core/fit/rate/tangent';
import { factor, solveLower } from '../../../../core/kernels/cholesky';
import { objective } from '../../../../core/model/likelihood';
import type { ProblemInMemory } from '../../../../core/model/problem';
import { activationNamed } from '../../../../core/model/activations';
import { activationIds, type Parameters } from '../../../../core/model/spec';
import { symmetricEigen } from '../../../../core/moments/symmetric-eigen';
import { random } from '../../../../core/random';
import { simulatedProblem } from '../../../bench/problems';
import { denseInformation, freeNumbers, valuesOf } from '../dense-information';
import { mixtureProblem, randomParameters } from '../mixtures';

function finished<T>(steps: Generator<void, T>): T {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/** The parameters after `iterations` M-steps of EM, each brought to its maximum. */
function exactEm(problem: ProblemInMemory, start: Parameters, iterations: number): Parameters {
  const gateStep = newtonGate(50);
  const fit = em(problem, start, {
    stage: 'em',
    expertStep: leastSquares,
    gateStep,
    maxIterations: iterations,
    tolerance: 1e-300,
  });
  let step = fit.next();
  while (!step.done) step = fit.next();
  return step.value.parameters;
}

/** EM from the truth of `mixtureProblem`, as far as the problem lets it be. */
function fitted(problem: ProblemInMemory, seed: number): Parameters {
  const { k, d, intercept, expertColumns, gateColumns, noise } = problem;
  const start = randomParameters(k, d, random(seed, 7), intercept);
  start.expertWeights.forEach((value, at) => (start.expertWeights[at] = value * expertColumns[at % d]));
  start.gateWeights.forEach((value, at) => (start.gateWeights[at] = value * gateColumns[at % d]));
  if (noise.kind !== 'per-expert') start.sigmas.fill(noise.kind === 'fixed' ? noise.sigma : 0.5);
  return exactEm(problem, start, 60);
}

const totalWeight = ({ train }: ProblemInMemory) => train.weights?.reduce((sum, w) => sum + w, 0) ?? train.n;

const settings: [string, Partial<ProblemInMemory>, boolean][] = [
  ['a given sigma and no ridge', { noise: { kind: 'fixed', sigma: 0.5 }, gateRidge: 0 }, false],
  ['a sigma of each expert', {}, false],
  ['one sigma for all and row weights', { noise: { kind: 'shared' } }, true],
  ['a gate ridge that tells', { gateRidge: 20 }, false],
  ['pseudo-rows and row weights', { pseudoRows: 30 }, true],
  ['no intercepts', { intercept: false, noise: { kind: 'shared' } }, false],
  ['a constant gate', { gateColumns: Uint8Array.of(0, 0, 0), intercept: false }, true],
  ['columns of their own', { expertColumns: Uint8Array.of(1, 1, 0), gateColumns: Uint8Array.of(0, 1, 1) }, false],
];

describe.each(settings)('with %s', (_name, given, weighted) => {
  const problem = mixtureProblem({ n: 300, d: 3, k: 3, seed: 5, weighted }, given);
  const { parameters, information, atRest } = finished(settle(problem, fitted(problem, 5), totalWeight(problem)));
  const { complete, missing, size } = denseInformation(problem, parameters);

  test('the fit comes to rest at a maximum of the objective', () => {
    expect(atRest).toBe(true);
    expect(freeSize(problem)).toBe(size);
    const top = objective(problem, parameters);
    const stream = random(3);
    for (let trial = 0; trial < 20; trial++) {
      const away = information.move(Float64Array.from({ length: size }, () => 0.1 * stream.normal()));
      expect(objective(problem, away)).toBeLessThan(top);
    }
  });

  test('products with the missing information are those of the dense matrix', () => {
    const { dense } = whitened(complete, missing, size);
    const stream = random(4);
    for (let trial = 0; trial < 5; trial++) {
      const x = Float64Array.from({ length: size }, () => stream.normal());
      const product = information.missing(x);
      for (let a = 0; a < size; a++) {
        let sum = 0;
        for (let b = 0; b < size; b++) sum += dense[a * size + b] * x[b];
        expect(Math.abs(product[a] - sum)).toBeLessThan(1e-7);
      }
    }
  });

  test('coordinates are the way back of a move', () => {
    const stream = random(6);
    const x = Float64Array.from({ length: size }, () => stream.normal());
    information
      .coordinates(information.move(x))
      .forEach((value, a) => expect(Math.abs(value - x[a])).toBeLessThan(1e-9));
  });

  test('the largest eigenvalue without a matrix is that of the dense problem, in [0, 1)', () => {
    const { value } = finished(slowestDirection(information));
    const { dense } = whitened(complete, missing, size);
    const eigen = symmetricEigen(dense, size);
    expect(Math.abs(value - (eigen?.values[0] ?? Number.NaN))).toBeLessThan(1e-7);
    expect(value).toBeGreaterThan(0);
    expect(value).toBeLessThan(1);
    expect(eigen?.values.at(-1)).toBeGreaterThan(-1e-12);
  });

  test('it is the Rayleigh quotient of the Jacobian of exact EM to 1e-4', () => {
    const { value, quotient } = rayleigh(problem, parameters);
    expect(Math.abs(value - quotient)).toBeLessThan(1e-4);
  });
});

/** L⁻¹ I_m L⁻ᵀ with I_c = L L', dense. */
function whitened(complete: Float64Array, missing: Float64Array, size: number) {
  const l = complete.slice();
  factor(l, size, 0);
  const half = new Float64Array(size * size);
  for (let b = 0; b < size; b++) {
    const column = Float64Array.from({ length: size }, (_, a) => missing[a * size + b]);
    solveLower(l, size, column);
    column.forEach((value, a) => (half[a * size + b] = value));
  }
  const dense = new Float64Array(size * size);
  for (let a = 0; a < size; a++) {
    const row = half.slice(a * size, (a + 1) * size);
    solveLower(l, size, row);
    dense.set(row, a * size);
  }
  return { dense };
}

/** v' I_c J v / v' I_c v at the slowest direction v, J the Jacobian of one exact EM iteration by central differences. */
function rayleigh(problem: ProblemInMemory, parameters: Parameters) {
  const information = informationAt(problem, parameters);
  const { value, vector } = finished(slowestDirection(information));
  const step = (h: number) => {
    const from = information.move(vector.map((entry) => h * entry));
    return { from: valuesOf(problem, from), to: valuesOf(problem, exactEm(problem, from, 1)) };
  };
  // In units in which the information of all rows is 1: a step of 1 is a standard error.
  const h = 0.02;
  const [ahead, behind] = [step(h), step(-h)];
  const difference = (a: readonly number[], b: readonly number[]) => a.map((one, at) => (one - b[at]) / (2 * h));
  const v = difference(ahead.from, behind.from);
  const jv = difference(ahead.to, behind.to);
  const { complete, size } = denseInformation(problem, parameters);
  const inner = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, one, i) => sum + one * b.reduce((part, two, j) => part + complete[i * size + j] * two, 0), 0);
  return { value, quotient: inner(v, jv) / inner(v, v) };
}

/** Cases and ranges of ρ over seeds (the papers’ setting: unit-norm regressors, no intercepts, sigma given). */
const cases = [
  { experts: 3, rows: 8000, sigma: 0.5, low: 0.6, high: 0.8 },
  { experts: 2, rows: 2000, sigma: 0.1, low: 0.1, high: 0.3 },
  { experts: 4, rows: 8000, sigma: 0.5, low: 0.66, high: 0.84 },
  { experts: 3, rows: 8000, sigma: 1, low: 0.84, high: 0.97 },
];

test.each(cases)(
  'the predicted rate is that of the EM map in the papers’ setting: $experts experts, sigma $sigma',
  ({ experts, rows, sigma, low, high }) => {
    const settings = { rows, features: 10, experts, sigma, inputs: 'gaussian', gates: 'random', seed: 1 } as const;
    const { problem, truth } = simulatedProblem(settings, { noise: { kind: 'fixed', sigma }, gateRidge: 0 });
    const settled = finished(settle(problem, exactEm(problem, truth, 2), rows));
    expect(settled.atRest).toBe(true);
    const { value, quotient } = rayleigh(problem, settled.parameters);
    expect(Math.abs(value - quotient)).toBeLessThan(1e-4);
    expect(value).toBeGreaterThan(low);
    expect(value).toBeLessThan(high);
  },
  20_000,
);

test('the gradient is that of the objective, in the coordinates of the information', () => {
  const problem = mixtureProblem({ n: 200, d: 2, k: 3, seed: 6 }, { pseudoRows: 5, gateRidge: 1 });
  const parameters = randomParameters(3, 2, random(1));
  const information = informationAt(problem, parameters);
  const h = 1e-5;
  for (let a = 0; a < information.size; a++) {
    const unit = (step: number) => Float64Array.from({ length: information.size }, (_, b) => (a === b ? step : 0));
    const slope =
      (objective(problem, information.move(unit(h))) - objective(problem, information.move(unit(-h)))) / (2 * h);
    expect(Math.abs(information.gradient[a] - slope)).toBeLessThan(1e-5 * (1 + Math.abs(slope)));
  }
});

test.each(activationIds)('the missing information of the %s response is that of the dense matrix', (id) => {
  const problem = mixtureProblem({ n: 200, d: 3, k: 3, seed: 8 }, { activation: activationNamed(id) });
  const parameters = randomParameters(3, 3, random(2));
  const { complete, missing, size } = denseInformation(problem, parameters);
  const { dense } = whitened(complete, missing, size);
  const information = informationAt(problem, parameters);
  const x = Float64Array.from({ length: size }, (_, a) => 1 / (a + 1));
  const product = information.missing(x);
  const expected = product.map((_, a) => x.reduce((sum, value, b) => sum + dense[a * size + b] * value, 0));
  const scale = Math.max(...expected.map(Math.abs));
  product.forEach((value, a) => expect(Math.abs(value - expected[a])).toBeLessThan(1e-8 * scale));
  expect(freeNumbers(problem)).toHaveLength(size);
});
