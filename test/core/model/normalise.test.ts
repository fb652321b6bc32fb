import { expect, test } from 'vitest';
import { neverCancelled } from '../../../core/kernels/pass';
import { objective } from '../../../core/model/likelihood';
import { normalise } from '../../../core/model/normalise';
import { predict } from '../../../core/model/predict';
import type { Problem } from '../../../core/model/problem';
import { random } from '../../../core/random';
import { mixtureProblem, randomParameters } from '../fit/mixtures';

const shape = { n: 200, d: 3, k: 2, seed: 1 };
const near = mixtureProblem(shape);

/** The same rows with columns of very different size, far from 0. */
function raw(given: Partial<Problem> = {}): Problem {
  const scale = [1e4, 1e-3, 1];
  const x = near.train.x.map((value, at) => (value + (given.intercept === false ? 0 : 50)) * scale[at % 3]);
  return { ...near, train: { ...near.train, x }, gateScale: Float64Array.from(scale), ...given };
}

test('columns that are near standard are left as they are', () => {
  expect(normalise(near).problem).toBe(near);
});

test.each([true, false])(
  'raw columns are brought near standard and parameters go back exactly (intercepts %s)',
  (intercept) => {
    const problem = raw({ intercept, gateRidge: 3 });
    const moved = normalise(problem);
    const parameters = randomParameters(2, 3, random(5), intercept);
    const restored = moved.restore(parameters);
    const inside = predict(moved.problem.train, parameters, 'linear', neverCancelled());
    const outside = predict(problem.train, restored, 'linear', neverCancelled());
    inside.mean.forEach((mean, r) => expect(outside.mean[r]).toBeCloseTo(mean, 9));
    expect(objective(problem, restored)).toBeCloseTo(objective(moved.problem, parameters), 7);
    if (!intercept) expect([...restored.expertIntercepts, ...restored.gateIntercepts]).toEqual([0, 0, 0, 0]);
    for (let j = 0; j < 3; j++) {
      const column = Array.from({ length: 200 }, (_, r) => moved.problem.train.x[3 * r + j]);
      expect(column.reduce((sum, value) => sum + value * value, 0) / 200).toBeCloseTo(1, 10);
    }
  },
);

test('a constant column is carried along', () => {
  const x = near.train.x.map((value, at) => (at % 3 === 0 ? 1e6 : value));
  const moved = normalise({ ...near, train: { ...near.train, x } });
  expect(moved.problem.train.x.every(Number.isFinite)).toBe(true);
});
