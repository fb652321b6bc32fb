import { expect, test } from 'vitest';
import { neverCancelled } from '../../../core/kernels/pass';
import { orderExperts } from '../../../core/model/order';
import { predict, summarise } from '../../../core/model/predict';
import { random } from '../../../core/random';
import { mixtureProblem, randomParameters } from '../fit/mixtures';

const problem = mixtureProblem({ n: 300, d: 3, k: 3, seed: 1 });
const parameters = randomParameters(3, 3, random(1));
const rows = predict(problem.train, parameters, { id: 'linear' }, neverCancelled());

test('gate probabilities of a row sum to 1, and its prediction and variance are those of the mixture', () => {
  for (let r = 0; r < problem.train.n; r++) {
    const gates = rows.gates.subarray(3 * r, 3 * r + 3);
    const means = rows.means.subarray(3 * r, 3 * r + 3);
    const expected = (value: (i: number) => number) => gates.reduce((sum, gate, i) => sum + gate * value(i), 0);
    expect(expected(() => 1)).toBeCloseTo(1, 14);
    expect(rows.mean[r]).toBeCloseTo(
      expected((i) => means[i]),
      12,
    );
    const second = expected((i) => parameters.sigmas[i] ** 2 + means[i] ** 2);
    expect(rows.sd[r] ** 2).toBeCloseTo(second - rows.mean[r] ** 2, 9);
  }
});

test('the summary is the error and the mean gate probability of the same predictions', () => {
  const { rmse, shares } = summarise(problem.train, parameters, { id: 'linear' }, neverCancelled());
  const square = rows.mean.reduce((sum, mean, r) => sum + (problem.train.y[r] - mean) ** 2, 0) / problem.train.n;
  expect(rmse).toBeCloseTo(Math.sqrt(square), 10);
  expect(shares[1]).toBeCloseTo(
    rows.gates.reduce((sum, gate, at) => sum + (at % 3 === 1 ? gate / 300 : 0), 0),
    12,
  );
});

test('experts are ordered by their share, largest first, with the last gate at 0', () => {
  const { shares } = summarise(problem.train, parameters, { id: 'linear' }, neverCancelled());
  const ordered = orderExperts(parameters, shares);
  const after = summarise(problem.train, ordered, { id: 'linear' }, neverCancelled());
  expect([...after.shares]).toEqual([...after.shares].sort((a, b) => b - a));
  expect([...ordered.gateWeights.subarray(6), ordered.gateIntercepts[2]]).toEqual([0, 0, 0, 0]);
  expect(after.rmse).toBeCloseTo(summarise(problem.train, parameters, { id: 'linear' }, neverCancelled()).rmse, 12);
});
