import { expect, test } from 'vitest';
import { neverCancelled } from '../../../core/kernels/pass';
import { objective } from '../../../core/model/likelihood';
import { normalise } from '../../../core/model/normalise';
import { predict } from '../../../core/model/predict';
import type { ProblemInMemory } from '../../../core/model/problem';
import { random } from '../../../core/random';
import { mixtureProblem, randomParameters, standardised } from '../fit/mixtures';
import { inMemory } from '../in-memory';

const shape = { n: 200, d: 3, k: 2, seed: 1 };
const near = standardised(mixtureProblem(shape));

/** The same rows with columns of very different size, far from 0. */
function raw(given: Partial<ProblemInMemory> = {}): ProblemInMemory {
  const scale = [1e4, 1e-3, 1];
  const x = near.train.x.map((value, at) => (value + 50) * scale[at % 3]);
  return { ...near, train: { ...near.train, x }, gateScale: Float64Array.from(scale), ...given };
}

test('standardised columns are left as they are, and all columns where intercepts are off', () => {
  expect(normalise(near).problem).toBe(near);
  const through0 = raw({ intercept: false });
  expect(normalise(through0).problem).toBe(through0);
});

test('raw columns are standardised inside and parameters go back exactly', () => {
  const problem = raw({ gateRidge: 3, pseudoRows: 20 });
  const moved = normalise(problem);
  const parameters = randomParameters(2, 3, random(5));
  const restored = moved.restore(parameters);
  const inside = predict(moved.problem.train, parameters, { id: 'linear' }, neverCancelled());
  const outside = predict(problem.train, restored, { id: 'linear' }, neverCancelled());
  inside.mean.forEach((mean, r) => expect(outside.mean[r]).toBeCloseTo(mean, 9));
  expect(objective(problem, restored)).toBeCloseTo(objective(moved.problem, parameters), 7);
  inMemory(moved.problem.train).x.forEach((value, at) => expect(value).toBeCloseTo(near.train.x[at], 9));
  expect([...moved.problem.gateScale].map((scale) => scale.toFixed(9))).toEqual(Array(3).fill('1.000000000'));
});

test('parameters to start from are taken inside and are the same mixture there', () => {
  const initial = randomParameters(2, 3, random(6));
  const problem = raw({ gateRidge: 3, pseudoRows: 20 });
  const asked = { ...problem, initial: normalise(problem).restore(initial) };
  const inside = normalise(asked).problem;
  if (inside.initial === null) throw new Error('nothing to start from');
  inside.initial.expertWeights.forEach((w, at) => expect(w).toBeCloseTo(initial.expertWeights[at], 9));
  expect(objective(inside, inside.initial)).toBeCloseTo(objective(asked, asked.initial), 6);
});

test('a constant column is carried along', () => {
  const x = near.train.x.map((value, at) => (at % 3 === 0 ? 1e6 : value));
  const moved = normalise({ ...near, train: { ...near.train, x } });
  expect(inMemory(moved.problem.train).x.every(Number.isFinite)).toBe(true);
});
