import { describe, expect, test } from 'vitest';
import { gateAlong } from '../../../../core/fit/directions/gate-along';
import { maximisation } from '../../../../core/fit/em/em';
import { frozen } from '../../../../core/fit/em/expert-step';
import { momentGateDirection } from '../../../../core/fit/directions/moment-gate';
import { expectation } from '../../../../core/kernels/expectation';
import { objectiveOf } from '../../../../core/model/likelihood';
import type { ProblemInMemory } from '../../../../core/model/problem';
import type { Parameters } from '../../../../core/model/spec';
import { simulatedProblem } from '../../../bench/problems';

const cosine = (u: ArrayLike<number>, v: ArrayLike<number>): number => {
  let [product, first, second] = [0, 0, 0];
  for (let j = 0; j < u.length; j++)
    [product, first, second] = [product + u[j] * v[j], first + u[j] ** 2, second + v[j] ** 2];
  return product / Math.sqrt(first * second);
};
const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const shape = { rows: 8000, features: 10, experts: 2, sigma: 0.1, inputs: 'gaussian' } as const;

const evaluated = (problem: ProblemInMemory, parameters: Parameters) => {
  const request = { parameters, activation: problem.activation, moments: false, curvature: true };
  return expectation(problem.train, problem.d, request, problem.cancel);
};

describe('the moment of the gate (Theorem 3)', () => {
  const draws = [1, 2, 3, 4, 5, 6, 7].map((seed) => simulatedProblem({ ...shape, gates: 'orthogonal', seed }));

  test('between the true experts, n = 8000, sigma .1, it has the direction of the gate to a cosine of .99', () => {
    const cosines = (trimmed: boolean) =>
      draws.map(({ problem, truth }) =>
        cosine(momentGateDirection(problem, truth, trimmed) ?? [], truth.gateWeights.subarray(0, 10)),
      );
    expect(median(cosines(false))).toBeGreaterThan(0.985);
    expect(median(cosines(true))).toBeGreaterThan(0.99);
    expect(median(cosines(true))).toBeGreaterThan(median(cosines(false)));
  });

  test('exchanging the experts turns the direction round', () => {
    const { problem, truth } = draws[0];
    const exchanged = {
      ...truth,
      expertWeights: Float64Array.of(...truth.expertWeights.subarray(10), ...truth.expertWeights.subarray(0, 10)),
    };
    const direction = momentGateDirection(problem, truth) ?? [];
    expect(cosine(momentGateDirection(problem, exchanged) ?? [], direction)).toBeLessThan(-0.98);
  });

  test('experts that differ by less than sigma almost everywhere still show a direction, over all rows', () => {
    const { problem, truth } = draws[0];
    const loud = { ...truth, sigmas: truth.sigmas.map(() => 100) };
    const direction = momentGateDirection(problem, loud) ?? [];
    expect(cosine(direction, truth.gateWeights.subarray(0, 10))).toBeGreaterThan(0.97);
    const same = { ...truth, expertWeights: new Float64Array(20) };
    expect(momentGateDirection(problem, same)).toBeNull();
  });

  test('a gate without columns has no direction', () => {
    const { problem, truth } = draws[0];
    const constant = { ...problem, gateColumns: new Uint8Array(10) };
    expect(momentGateDirection(constant, truth)).toBeNull();
  });

  test.each(['sigmoid', 'tanh', 'relu'] as const)('it is found between %s experts', (activation) => {
    const sigma = 0.05;
    const { problem, truth } = simulatedProblem({ ...shape, gates: 'orthogonal', seed: 3, sigma, activation });
    const direction = momentGateDirection(problem, truth) ?? [];
    expect(cosine(direction, truth.gateWeights.subarray(0, 10))).toBeGreaterThan(0.97);
  });
});

describe('the M-step of a gate along a direction', () => {
  const { problem, truth } = simulatedProblem({ ...shape, rows: 1000, gates: 'random', seed: 4 }, { gateRidge: 20 });
  const direction = Float64Array.from({ length: 10 }, (_, j) => Math.sin(j + 1));
  const start = { ...truth, gateWeights: new Float64Array(20) };
  const step = (at: ProblemInMemory, from: Parameters) =>
    maximisation(at, evaluated(at, from), from, frozen, gateAlong(direction)).parameters;

  test.each([false, true])('keeps to the direction and never lowers the objective (intercept %s)', (intercept) => {
    const given = { ...problem, intercept };
    let at: Parameters = start;
    let objective = -Infinity;
    for (let t = 0; t < 30; t++) {
      const value = objectiveOf(given, at, evaluated(given, at));
      expect(value).toBeGreaterThanOrEqual(objective - 1e-9);
      objective = value;
      at = step(given, at);
      if (at.gateWeights.some((weight) => weight !== 0))
        expect(Math.abs(cosine(at.gateWeights.subarray(0, 10), direction))).toBeCloseTo(1, 12);
      expect(at.gateIntercepts[0] !== 0).toBe(intercept);
    }
  });

  test('ends where no other norm along the direction has a higher objective', () => {
    const given = { ...problem, noise: { kind: 'fixed', sigma: 0.1 } as const };
    let at: Parameters = start;
    for (let t = 0; t < 60; t++) at = step(given, at);
    const objective = (scale: number) => {
      const moved = { ...at, gateWeights: at.gateWeights.map((weight) => scale * weight) };
      return objectiveOf(given, moved, evaluated(given, moved));
    };
    for (const scale of [0.9, 0.99, 1.01, 1.1]) expect(objective(scale)).toBeLessThan(objective(1));
  });
});
