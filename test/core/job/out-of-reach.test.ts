import { expect, test } from 'vitest';
import { outOfReach } from '../../../core/job/out-of-reach';
import type { ProblemInMemory } from '../../../core/model/problem';
import type { ActivationId } from '../../../core/model/spec';
import { mixtureProblem } from '../fit/mixtures';

const problem = mixtureProblem({ n: 100, d: 2, k: 2, seed: 1 });
const withTarget = (id: ActivationId, target: (row: number) => number): ProblemInMemory => ({
  ...problem,
  activation: id === 'leaky-relu' ? { id, leak: 0.1 } : { id },
  train: { ...problem.train, y: Float64Array.from({ length: problem.train.n }, (_, row) => target(row)) },
});

test('a target that most experts of a bounded response cannot reach is told of, with the share of its rows', () => {
  const money = (row: number) => (row < 25 ? 0.5 : 1000 + row);
  expect(outOfReach(withTarget('sigmoid', money))).toMatch(
    /^75% of the training rows lie outside 0 to 1, where sigmoid/,
  );
  expect(outOfReach(withTarget('tanh', money))).toContain('outside −1 to 1');
  expect(outOfReach(withTarget('relu', (row) => -money(row)))).toMatch(
    /^100% of the training rows lie below 0, where ReLU/,
  );
});

test('a response without bounds reaches everything, and noise about the bounds is no fault', () => {
  expect(outOfReach(withTarget('linear', (row) => 1e6 + row))).toBeNull();
  expect(outOfReach(withTarget('leaky-relu', (row) => -1e6 - row))).toBeNull();
  expect(outOfReach(withTarget('relu', (row) => row))).toBeNull();
  expect(outOfReach(withTarget('sigmoid', (row) => (row < 60 ? 0.5 : 1.1)))).toBeNull();
});
