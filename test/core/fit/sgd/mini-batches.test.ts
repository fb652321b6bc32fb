import { expect, test } from 'vitest';
import { batchSums, miniBatches } from '../../../../core/fit/sgd/mini-batches';
import { Cancelled } from '../../../../core/kernels/pass';
import { predictionKernel } from '../../../../core/kernels/prediction';
import { linear } from '../../../../core/model/activations';
import { summarise } from '../../../../core/model/predict';
import { random } from '../../../../core/random';
import { mixtureProblem, randomParameters } from '../mixtures';

const { train } = mixtureProblem({ n: 100, d: 2, k: 2, seed: 1, weighted: true });

test('a pass shows every row once, with its features and weight, and the next in another order', () => {
  const batches = miniBatches(train, 2, 25, random(1));
  const passes = [0, 1].map(() =>
    [0, 1, 2, 3].flatMap(() => {
      const { x, y, weights } = batches.next();
      return Array.from(y, (value, b) => [x[2 * b], x[2 * b + 1], value, weights?.[b]].join());
    }),
  );
  const rows = Array.from(train.y, (y, r) => [train.x[2 * r], train.x[2 * r + 1], y, train.weights?.[r]].join());
  for (const seen of passes) expect([...seen].sort()).toEqual([...rows].sort());
  expect(passes[0]).not.toEqual(passes[1]);
});

test('a batch of as many rows as there are is the table itself', () => {
  expect(miniBatches(train, 2, 100, random(1)).next()).toBe(train);
});

test('sums over a batch are those of a pass over the same rows', () => {
  const parameters = randomParameters(2, 2, random(3));
  const request = { parameters, activation: linear, out: null };
  const [squares, weight] = batchSums(predictionKernel, train, 2, request, new Int32Array(1));
  expect(Math.sqrt(squares / weight)).toBeCloseTo(summarise(train, parameters, linear, new Int32Array(1)).rmse, 12);
});

test('it stops at once where the fit is cancelled', () => {
  const request = { parameters: randomParameters(2, 2, random(3)), activation: linear, out: null };
  expect(() => batchSums(predictionKernel, train, 2, request, Int32Array.of(1))).toThrow(Cancelled);
});
