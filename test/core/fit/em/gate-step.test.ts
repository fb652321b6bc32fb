import { describe, expect, test } from 'vitest';
import { chordGate, gateStep, usesNewton } from '../../../../core/fit/em/gate-step';
import { freeGate } from '../../../../core/fit/em/gate-value';
import { expectation } from '../../../../core/kernels/expectation';
import { neverCancelled } from '../../../../core/kernels/pass';
import { gatePenalty } from '../../../../core/model/gate';
import { permuteExperts, rezeroGates } from '../../../../core/model/order';
import { predict } from '../../../../core/model/predict';
import type { ProblemInMemory } from '../../../../core/model/problem';
import { copyParameters, type Parameters } from '../../../../core/model/spec';
import { random } from '../../../../core/random';
import { mixtureProblem, randomParameters } from '../mixtures';

const [n, d, k] = [200, 3, 3];

function stepped(problem: ProblemInMemory, current: Parameters, steps: number): Parameters {
  const request = { parameters: current, activation: { id: 'linear' }, moments: false, curvature: true } as const;
  const next = copyParameters(current);
  gateStep(problem, expectation(problem.train, d, request, neverCancelled()), current, next, steps);
  return next;
}

/** Σ w Σ_i r_i log p_i − ridge at a gate, r the responsibilities at `current`, written out. */
function value(problem: ProblemInMemory, current: Parameters, at: Parameters): number {
  const { train } = problem;
  const { gates, means } = predict(train, current, { id: 'linear' }, neverCancelled());
  const { gates: moved } = predict(train, at, { id: 'linear' }, neverCancelled());
  let sum = -gatePenalty(at, problem);
  for (let r = 0; r < n; r++) {
    const joint = Array.from({ length: k }, (_, i) => {
      const e = (train.y[r] - means[r * k + i]) / current.sigmas[i];
      return (gates[r * k + i] / current.sigmas[i]) * Math.exp(-0.5 * e * e);
    });
    const total = joint.reduce((all, one) => all + one, 0);
    for (let i = 0; i < k; i++) sum += (((train.weights?.[r] ?? 1) * joint[i]) / total) * Math.log(moved[r * k + i]);
  }
  return sum;
}

describe.each([0.01, 10, 1e5])('with a ridge of %d', (gateRidge) => {
  const problem = mixtureProblem({ n, d, k, seed: 1, weighted: true }, { gateRidge });
  const current = randomParameters(k, d, random(2));
  current.sigmas.fill(1.5);

  test('one Newton step raises the penalised value, more raise it further', () => {
    const values = [0, 1, 2, 4].map((steps) => value(problem, current, stepped(problem, current, steps)));
    for (let s = 1; s < values.length; s++)
      expect(values[s]).toBeGreaterThanOrEqual(values[s - 1] - 1e-12 * Math.abs(values[s]));
    expect(values[1]).toBeGreaterThan(values[0]);
  });

  test('many steps end where no small move of a free number gains', () => {
    const top = stepped(problem, current, 30);
    const best = value(problem, current, top);
    for (const part of ['gateWeights', 'gateIntercepts'] as const) {
      for (let at = 0; at < top[part].length - (part === 'gateWeights' ? d : 1); at++) {
        for (const move of [1e-3, -1e-3]) {
          const away = copyParameters(top);
          away[part][at] += move;
          expect(value(problem, current, away)).toBeLessThan(best + 1e-9);
        }
      }
    }
  });
});

test('the step does not depend on which expert is the reference', () => {
  const problem = mixtureProblem({ n, d, k, seed: 1 }, { gateRidge: 3 });
  const current = randomParameters(k, d, random(2));
  const order = [2, 0, 1];
  const turned = stepped(problem, rezeroGates(permuteExperts(current, order)), 1);
  const expected = rezeroGates(permuteExperts(stepped(problem, current, 1), order));
  turned.gateWeights.forEach((w, at) => expect(w).toBeCloseTo(expected.gateWeights[at], 7));
});

test('experts and sigmas are not touched, and one expert has no gate to fit', () => {
  const problem = mixtureProblem({ n, d, k, seed: 1 });
  const current = randomParameters(k, d, random(2));
  const next = stepped(problem, current, 2);
  expect(next.expertWeights).toEqual(current.expertWeights);
  expect(next.sigmas).toEqual(current.sigmas);
  expect(freeGate({ ...problem, k: 1 }).size).toBe(0);
});

test('Newton is used below 1,500 gate numbers and counts only those that are free', () => {
  const wide = { ...mixtureProblem({ n: 10, d: 300, k: 6, seed: 1 }) };
  expect(freeGate(wide).size).toBe(5 * 301);
  expect(usesNewton(wide)).toBe(false);
  expect(usesNewton({ ...wide, intercept: false, gateColumns: wide.gateColumns.with(0, 0) })).toBe(true);
});

test('the chord gate takes a new curvature for every step of a small table, not where rows, features and experts are many', () => {
  const keeps = (rows: number, features: number, experts: number) => {
    const problem = mixtureProblem({ n: 20, d: features, k: experts, seed: 1 });
    return chordGate.keeps?.({ ...problem, train: { ...problem.train, n: rows } });
  };
  expect(keeps(2000, 50, 4)).toBe(1);
  expect(keeps(100_000, 10, 4)).toBe(1);
  expect(keeps(50_000, 100, 4)).toBe(5);
});
