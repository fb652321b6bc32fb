import { describe, expect, test } from 'vitest';
import { flatParameters } from '../../../../core/fit/sgd/flat-parameters';
import { negativeLogLikelihood, squaredError } from '../../../../core/fit/sgd/sgd-losses';
import { gatePenalty } from '../../../../core/model/gate';
import { objective } from '../../../../core/model/likelihood';
import { predict } from '../../../../core/model/predict';
import { activationNamed } from '../../../../core/model/activations';
import type { MemoryRows, ProblemInMemory } from '../../../../core/model/problem';
import { type ActivationId, activationIds, type Parameters } from '../../../../core/model/spec';
import { random } from '../../../../core/random';
import { pick } from '../../../checks/fitting';
import { mixtureProblem, randomParameters } from '../mixtures';

const [n, d, k] = [60, 3, 3];

function problemWith(id: ActivationId, given: Partial<ProblemInMemory> = {}): ProblemInMemory {
  const base = mixtureProblem({ n, d, k, seed: 2, weighted: true });
  return { ...base, activation: activationNamed(id), gateRidge: 2, pseudoRows: 5, ...given };
}

const weightOf = ({ n: rows, weights }: MemoryRows) => (weights === null ? rows : weights.reduce((a, b) => a + b, 0));

/** Half the mean squared error of the mixed prediction with ridge and pseudo-rows, written out. */
function halfSquaredError(problem: ProblemInMemory, parameters: Parameters): number {
  const { train, activation, pseudoRows } = problem;
  const { mean, means } = predict(train, parameters, activation, problem.cancel);
  const total = weightOf(train);
  let sum = 0;
  for (let r = 0; r < train.n; r++) {
    const w = train.weights?.[r] ?? 1;
    sum += 0.5 * w * (train.y[r] - mean[r]) ** 2;
    for (let i = 0; i < k; i++) sum += ((0.5 * pseudoRows) / total) * w * (train.y[r] - means[r * k + i]) ** 2;
  }
  return (sum + gatePenalty(parameters, problem)) / total;
}

const losses = [
  [
    'the negative log-likelihood',
    negativeLogLikelihood,
    (p: ProblemInMemory, at: Parameters) => -objective(p, at) / weightOf(p.train),
  ],
  ['the squared error', squaredError, halfSquaredError],
] as const;

describe.each(losses)('%s', (_name, loss, value) => {
  test.each(activationIds)('has its gradient to 1e-8 by a four-point difference: %s', (id) => {
    const problem = problemWith(id);
    const shape = flatParameters(problem);
    const flat = shape.pack(randomParameters(k, d, random(5)));
    const at = shape.unpack(flat);
    const gradient = shape.packGradient(loss.gradient(problem, at, problem.train, weightOf(problem.train) / n));
    const size = Math.hypot(...gradient);
    flat.forEach((center, j) => {
      const h = 1e-4;
      const moved = (step: number) => value(problem, shape.unpack(flat.with(j, center + step * h)));
      const difference = (8 * (moved(1) - moved(-1)) - (moved(2) - moved(-2))) / (12 * h);
      expect(Math.abs(difference - gradient[j])).toBeLessThan(1e-8 * size);
    });
  });

  test('the mean of the gradients of all batches of a pass is that of the table', () => {
    const problem = problemWith('tanh');
    const at = randomParameters(k, d, random(5));
    const rowWeight = weightOf(problem.train) / n;
    const whole = loss.gradient(problem, at, problem.train, rowWeight);
    const parts = Array.from({ length: 6 }, (_, b) =>
      loss.gradient(
        problem,
        at,
        pick(
          problem.train,
          Array.from({ length: 10 }, (_row, r) => 6 * r + b),
        ),
        rowWeight,
      ),
    );
    for (const part of ['expertWeights', 'expertIntercepts', 'sigmas', 'gateWeights', 'gateIntercepts'] as const)
      whole[part].forEach((expected, j) =>
        expect(parts.reduce((sum, one) => sum + one[part][j] / 6, 0)).toBeCloseTo(expected, 10),
      );
  });
});

test('with one sigma for all its derivative is the sum of those of each', () => {
  const own = problemWith('linear');
  const at = { ...randomParameters(k, d, random(5)), sigmas: new Float64Array(k).fill(0.7) };
  const each = negativeLogLikelihood.gradient(own, at, own.train, 1).sigmas;
  const all = negativeLogLikelihood.gradient({ ...own, noise: { kind: 'shared' } }, at, own.train, 1).sigmas;
  const total = each.reduce((sum, one) => sum + one, 0);
  all.forEach((one) => expect(one).toBeCloseTo(total, 12));
});

test('numbers that are not to be estimated have no gradient', () => {
  const problem = problemWith('linear', {
    intercept: false,
    noise: { kind: 'fixed', sigma: 0.5 },
    expertColumns: Uint8Array.of(1, 0, 1),
    gateColumns: Uint8Array.of(0, 1, 1),
  });
  const shape = flatParameters(problem);
  const at = randomParameters(k, d, random(5));
  const free = shape.unpack(shape.packGradient(negativeLogLikelihood.gradient(problem, at, problem.train, 1)));
  for (let i = 0; i < k; i++) {
    expect(free.expertWeights[i * d + 1]).toBe(0);
    expect(free.gateWeights[i * d]).toBe(0);
    expect(free.expertWeights[i * d]).not.toBe(0);
  }
  expect([...free.expertIntercepts, ...free.gateIntercepts].every((value) => value === 0)).toBe(true);
  expect([...free.sigmas]).toEqual([1, 1, 1]);
});
