import { describe, expect, test } from 'vitest';
import { neverCancelled } from '../../../core/kernels/pass';
import { activationNamed } from '../../../core/model/activations';
import { logLikelihood, objective, objectiveGradient } from '../../../core/model/likelihood';
import { orderExperts, permuteExperts, rezeroGates } from '../../../core/model/order';
import type { MemoryRows, ProblemInMemory } from '../../../core/model/problem';
import { activationIds, copyParameters, type Parameters } from '../../../core/model/spec';
import { permutation, random } from '../../../core/random';
import { mixtureProblem, randomParameters } from '../fit/mixtures';

/** Σ w log Σ_i p_i N(y; μ_i, σ_i²) as it is written, without any care for overflow. */
function plainly({ train, d, k }: ProblemInMemory, parameters: Parameters): number {
  let sum = 0;
  for (let r = 0; r < train.n; r++) {
    const score = (weights: Float64Array, intercepts: Float64Array, i: number) =>
      train.x.subarray(r * d, (r + 1) * d).reduce((total, x, j) => total + weights[i * d + j] * x, intercepts[i]);
    let [density, gates] = [0, 0];
    for (let i = 0; i < k; i++) {
      const gate = Math.exp(score(parameters.gateWeights, parameters.gateIntercepts, i));
      const sigma = parameters.sigmas[i];
      const e = (train.y[r] - score(parameters.expertWeights, parameters.expertIntercepts, i)) / sigma;
      density += (gate * Math.exp(-0.5 * e * e)) / (sigma * Math.sqrt(2 * Math.PI));
      gates += gate;
    }
    sum += (train.weights?.[r] ?? 1) * Math.log(density / gates);
  }
  return sum;
}

const shapes = [
  { n: 90, d: 3, k: 2, seed: 1 },
  { n: 90, d: 1, k: 4, seed: 2, weighted: true },
  { n: 90, d: 5, k: 1, seed: 3 },
  { n: 701, d: 2, k: 3, seed: 4, weighted: true },
];
const valueOf = (problem: ProblemInMemory, parameters: Parameters) =>
  logLikelihood(problem.train, parameters, { id: 'linear' }, neverCancelled());

test.each(shapes)('the log-likelihood is the formula, n $n, d $d, k $k', (shape) => {
  const problem = mixtureProblem(shape);
  const parameters = randomParameters(shape.k, shape.d, random(shape.seed, 1));
  parameters.sigmas.fill(2);
  expect(valueOf(problem, parameters)).toBeCloseTo(plainly(problem, parameters), 9);
});

/** The smallest distance of any expert's score from 0, where some responses have a kink. */
function distanceFromKink({ train, d, k }: ProblemInMemory, { expertWeights, expertIntercepts }: Parameters): number {
  let least = Infinity;
  for (let r = 0; r < train.n; r++)
    for (let i = 0; i < k; i++) {
      const x = train.x.subarray(r * d, (r + 1) * d);
      const score = x.reduce((sum, value, j) => sum + expertWeights[i * d + j] * value, expertIntercepts[i]);
      least = Math.min(least, Math.abs(score));
    }
  return least;
}

describe.each(activationIds)('with %s experts', (id) => {
  test.each(shapes)('the gradient of the objective agrees with a four-point difference to 1e-8, k $k', (shape) => {
    const { k, d, seed } = shape;
    const given = { gateRidge: 0.7, gateScale: new Float64Array(d).fill(1.3), pseudoRows: 12 };
    const problem = mixtureProblem(shape, { ...given, activation: activationNamed(id, 0.3) });
    // No difference may be taken over a kink: at most 2h times the largest feature from a score.
    const h = 3e-5;
    const parameters = Array.from({ length: 20 }, (_, draw) => randomParameters(k, d, random(seed, 2 + draw))).find(
      (drawn) => distanceFromKink(problem, drawn) > 10 * h,
    );
    if (!parameters) throw new Error('Every draw has a score at the kink.');
    const gradient = objectiveGradient(problem, parameters);
    const parts = ['expertWeights', 'expertIntercepts', 'sigmas', 'gateWeights', 'gateIntercepts'] as const;
    const size = Math.hypot(...parts.flatMap((part) => [...gradient[part]]));
    for (const part of parts) {
      for (let at = 0; at < parameters[part].length; at++) {
        const away = (step: number) => {
          const moved = copyParameters(parameters);
          moved[part][at] += step;
          return objective(problem, moved);
        };
        const difference = (8 * (away(h) - away(-h)) - (away(2 * h) - away(-2 * h))) / (12 * h);
        expect(Math.abs(difference - gradient[part][at])).toBeLessThan(1e-8 * size);
      }
    }
  });
});

test('permuting the experts and shifting all gates leave the density unchanged', () => {
  const problem = mixtureProblem({ n: 200, d: 3, k: 4, seed: 5 });
  const parameters = randomParameters(4, 3, random(6));
  const value = valueOf(problem, parameters);
  const permuted = permuteExperts(parameters, permutation(4, random(8)));
  const shifted = { ...permuted, gateIntercepts: permuted.gateIntercepts.map((c) => c + 3) };
  for (const same of [permuted, shifted, rezeroGates(shifted), orderExperts(shifted, [0.1, 0.4, 0.2, 0.3])])
    expect(valueOf(problem, same)).toBeCloseTo(value, 9);
});

test('the objective does not depend on which expert is the reference', () => {
  const problem = mixtureProblem({ n: 200, d: 3, k: 3, seed: 5 }, { gateRidge: 5 });
  const parameters = randomParameters(3, 3, random(6));
  const other = rezeroGates(permuteExperts(parameters, [2, 0, 1]));
  expect(objective(problem, other)).toBeCloseTo(objective(problem, parameters), 9);
  expect(objective(problem, parameters)).toBeLessThan(valueOf(problem, parameters) - 1);
});

test('a row of weight 2 counts twice and one of weight 0 not at all', () => {
  const problem = mixtureProblem({ n: 150, d: 2, k: 2, seed: 9, weighted: true });
  const { train, d } = problem;
  const order = Array.from(train.weights ?? [], (weight, r) => Array<number>(weight).fill(r)).flat();
  const spelledOut: MemoryRows = {
    n: order.length,
    x: Float64Array.from(order.flatMap((r) => [...train.x.subarray(r * d, (r + 1) * d)])),
    y: Float64Array.from(order, (r) => train.y[r]),
    weights: null,
  };
  const parameters = randomParameters(2, 2, random(1));
  expect(valueOf({ ...problem, train: spelledOut }, parameters)).toBeCloseTo(valueOf(problem, parameters), 9);
});

test('gate scores in the thousands and experts forty sigmas away have a finite likelihood', () => {
  const problem = mixtureProblem({ n: 100, d: 2, k: 3, seed: 2 });
  const parameters = randomParameters(3, 2, random(2));
  const separated = { ...parameters, gateWeights: parameters.gateWeights.map((w) => 4000 * w) };
  const sharp = { ...parameters, sigmas: parameters.sigmas.map((sigma) => sigma / 1000) };
  for (const extreme of [separated, sharp]) expect(Number.isFinite(valueOf(problem, extreme))).toBe(true);
});

test('an expert the gate never chooses changes nothing', () => {
  const problem = mixtureProblem({ n: 100, d: 2, k: 2, seed: 2 });
  const two = randomParameters(2, 2, random(3));
  const three: Parameters = {
    k: 3,
    d: 2,
    expertWeights: Float64Array.of(5, 5, ...two.expertWeights),
    expertIntercepts: Float64Array.of(9, ...two.expertIntercepts),
    sigmas: Float64Array.of(1, ...two.sigmas),
    gateWeights: Float64Array.of(0, 0, ...two.gateWeights),
    gateIntercepts: Float64Array.of(-1000, ...two.gateIntercepts),
  };
  expect(valueOf(problem, three)).toBeCloseTo(valueOf(problem, two), 10);
});

test('no rows have log-likelihood 0 and one row has its density', () => {
  const problem = mixtureProblem({ n: 40, d: 2, k: 2, seed: 2 });
  const parameters = randomParameters(2, 2, random(3));
  const first = (n: number): ProblemInMemory => ({ ...problem, train: { ...problem.train, n } });
  expect(valueOf(first(0), parameters)).toBe(0);
  expect(valueOf(first(1), parameters)).toBeCloseTo(plainly(first(1), parameters), 10);
});
