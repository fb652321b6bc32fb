import { describe, expect, test } from 'vitest';
import { setFirstExperts } from '../../../../core/fit/em/first-experts';
import { activationNamed, activationOf } from '../../../../core/model/activations';
import { type Activation, activationIds, emptyParameters } from '../../../../core/model/spec';
import { random } from '../../../../core/random';
import { problemOf } from '../../../bench/problems';

const [n, d, k] = [400, 3, 2];
const stream = random(1);
const x = Float64Array.from({ length: n * d }, () => stream.normal());
const noise = Float64Array.from({ length: n }, () => stream.normal());

function firstExperts(activation: Activation, mean: number, sd: number, intercept: boolean) {
  const y = noise.map((value) => mean + sd * value);
  const problem = problemOf({ n, x, y, weights: null }, d, k, {
    activation,
    intercept,
    expertColumns: Uint8Array.of(1, 0, 1),
  });
  const parameters = emptyParameters(k, d);
  parameters.expertWeights.fill(9);
  parameters.expertIntercepts.fill(9);
  setFirstExperts(problem, parameters, random(2));
  return parameters;
}

describe.each([...activationIds.map((id) => activationNamed(id)), activationNamed('leaky-relu', 0)])('%o', (g) => {
  const { value, derivative } = activationOf(g);

  test('with intercepts begins with equal constants that have a slope, whatever the target’s place', () => {
    for (const mean of [-40, -0.5, 0, 0.5, 40]) {
      const { expertWeights, expertIntercepts } = firstExperts(g, mean, 1, true);
      expect([...new Set(expertIntercepts)]).toHaveLength(1);
      expect(expertWeights.every((weight) => weight === 0)).toBe(true);
      expect(derivative(expertIntercepts[0])).toBeGreaterThan(0.04);
    }
  });

  test('with intercepts the constant is the target’s mean, where the response reaches it with a slope', () => {
    const { expertIntercepts } = firstExperts(g, 0.6, 0.1, true);
    const mean = 0.6 + (0.1 * noise.reduce((sum, one) => sum + one, 0)) / n;
    expect(value(expertIntercepts[0])).toBeCloseTo(mean, 12);
  });

  test('without intercepts begins with different directions over the columns it may use, on for part of the rows', () => {
    const { expertWeights, expertIntercepts } = firstExperts(g, 1, 2, false);
    expect([...expertIntercepts]).toEqual([0, 0]);
    for (let i = 0; i < k; i++) {
      expect(expertWeights[i * d + 1]).toBe(0);
      const scores = Array.from({ length: n }, (_, r) =>
        [0, 2].reduce((sum, j) => sum + expertWeights[i * d + j] * x[r * d + j], 0),
      );
      const on = scores.filter((score) => score > 0).length / n;
      expect(on).toBeGreaterThan(0.3);
      expect(on).toBeLessThan(0.7);
    }
    expect(expertWeights[0]).not.toBe(expertWeights[d]);
  });
});

test('a target that is far below 0 is met on the leaking side of a leaky ReLU', () => {
  const g = activationNamed('leaky-relu', 0.1);
  const { expertIntercepts } = firstExperts(g, -6, 1, true);
  const mean = -6 + noise.reduce((sum, one) => sum + one, 0) / n;
  expect(activationOf(g).value(expertIntercepts[0])).toBeCloseTo(mean, 12);
});
