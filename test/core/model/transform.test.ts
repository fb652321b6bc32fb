import { describe, expect, test } from 'vitest';
import { normalRule } from '../../../core/model/gauss-hermite';
import { retransform, targetTransformOf } from '../../../core/model/target-transform';
import { forward, inverse, logSlope, takes, takesTarget, type Transform } from '../../../core/model/transform';
import { random } from '../../../core/random';

const transforms: Transform[] = [
  { kind: 'log' },
  { kind: 'log1p' },
  { kind: 'sqrt' },
  ...[-3, 0, 0.4, 1, 2, 5].map((lambda) => ({ kind: 'yeo-johnson' as const, lambda })),
];
const numbers = [-4, -1, -0.5, -1e-9, 0, 1e-9, 0.25, 1, 3, 12];

describe.each(transforms)('%o', (transform) => {
  test('takes a number or says that it does not, and its inverse leads back', () => {
    for (const x of numbers) {
      const t = forward(transform, x);
      expect(Number.isNaN(t)).toBe(!takes(transform, x));
      if (takes(transform, x)) expect(inverse(transform, t)).toBeCloseTo(x, 9);
    }
  });

  test('takes a target only where its density in the target’s own units is a number', () => {
    for (const y of numbers)
      expect(takesTarget(transform, y)).toBe(Number.isFinite(logSlope(transform, y)) && takes(transform, y));
  });

  test('rises, with the slope it says', () => {
    for (const x of numbers) {
      const h = 1e-6 * Math.max(1, Math.abs(x));
      if (!takes(transform, x - h) || Math.abs(x) < 1e-3) continue;
      const slope = (forward(transform, x + h) - forward(transform, x - h)) / (2 * h);
      expect(slope).toBeGreaterThan(0);
      expect(logSlope(transform, x)).toBeCloseTo(Math.log(slope), 5);
    }
  });
});

test('yeo-johnson with lambda 1 leaves numbers as they are, and 0 is log(1 + x)', () => {
  for (const x of numbers) expect(forward({ kind: 'yeo-johnson', lambda: 1 }, x)).toBeCloseTo(x, 12);
  expect(forward({ kind: 'yeo-johnson', lambda: 0 }, 3)).toBeCloseTo(Math.log(4), 14);
  expect(forward({ kind: 'yeo-johnson', lambda: 2 }, -3)).toBeCloseTo(-Math.log(4), 14);
});

test('the rule of m nodes is exact for polynomials of degree 2m − 1 under the normal distribution', () => {
  for (const m of [1, 2, 5, 20]) {
    const { nodes, weights } = normalRule(m);
    expect(nodes).toEqual([...nodes].sort((a, b) => a - b));
    for (let power = 0; power < Math.min(2 * m, 14); power++) {
      const exact = power % 2 ? 0 : Array.from({ length: power / 2 }, (_, i) => 2 * i + 1).reduce((a, b) => a * b, 1);
      const found = nodes.reduce((sum, x, q) => sum + weights[q] * x ** power, 0);
      const size = nodes.reduce((sum, x, q) => sum + weights[q] * Math.abs(x) ** power, 0);
      expect(Math.abs(found - exact)).toBeLessThanOrEqual(1e-13 * size * m);
    }
  }
});

describe('a normal distribution taken back to the units of the target', () => {
  const out = { mean: 0, variance: 0 };

  test.each([
    [{ kind: 'log' } as const, 0.4, 0.5],
    [{ kind: 'sqrt' } as const, 2, 0.3],
    [{ kind: 'yeo-johnson', lambda: 0 } as const, 0.8, 0.6],
    [{ kind: 'yeo-johnson', lambda: 0.5 } as const, 0.1, 1],
    [{ kind: 'yeo-johnson', lambda: 1.7 } as const, -0.5, 0.7],
  ])('%o has the mean and variance of its draws', (transform, mu, sigma) => {
    const { mean, variance } = retransform(targetTransformOf(transform, 'y'), mu, sigma, out);
    const stream = random(7);
    const draws = Float64Array.from({ length: 400_000 }, () => inverse(transform, mu + sigma * stream.normal()));
    const average = draws.reduce((a, b) => a + b, 0) / draws.length;
    const spread = draws.reduce((sum, y) => sum + (y - average) ** 2, 0) / draws.length;
    expect(Math.abs(mean - average)).toBeLessThan(5 * Math.sqrt(spread / draws.length));
    expect(variance / spread).toBeCloseTo(1, 1);
  });

  test('a square root far from 0 has mean mu² + sigma², to rounding', () => {
    const { mean, variance } = retransform(targetTransformOf({ kind: 'sqrt' }, 'y'), 9, 0.5, out);
    expect(mean).toBeCloseTo(81.25, 10);
    expect(variance).toBeCloseTo(4 * 81 * 0.25 + 2 * 0.5 ** 4, 9);
  });

  test('what is said of it names the formula', () => {
    expect(targetTransformOf({ kind: 'log' }, 'price').sentence).toBe(
      'The experts predict log(price): the prediction of price is sum_i p_i exp(mu_i + sigma_i^2 / 2).',
    );
    expect(targetTransformOf({ kind: 'sqrt' }, 'price').rule?.nodes).toHaveLength(20);
  });
});
