import { describe, expect, test } from 'vitest';
import { learnFilling } from '../../../../core/data/prepare/fill';
import { countLevels, poolLevels } from '../../../../core/data/prepare/levels';
import { learnLimits, limited } from '../../../../core/data/prepare/winsorise';
import { yeoJohnsonLambda } from '../../../../core/data/prepare/yeo-johnson';
import { inverse } from '../../../../core/model/transform';
import { random } from '../../../../core/random';
import { finish } from '../../../../core/turns';

test('limits are quantiles of type 7, and a missing value stays missing', () => {
  const limits = finish(
    learnLimits(
      Float64Array.from({ length: 11 }, (_, i) => 10 - i),
      0.15,
    ),
  );
  expect(limits).toEqual({ share: 0.15, low: 1.5, high: 8.5 });
  expect([0, 5, 10, Number.NaN].map((x) => limited(x, limits))).toEqual([1.5, 5, 8.5, Number.NaN]);
});

test('mean, median and most frequent value; the smallest of values that are as frequent', () => {
  const values = () => Float64Array.of(3, 9, 3, 1, 1, 7);
  expect(finish(learnFilling(values(), 'mean'))).toBe(4);
  expect(finish(learnFilling(values(), 'median'))).toBe(3);
  expect(finish(learnFilling(values(), 'most-frequent'))).toBe(1);
});

test('rare levels are one level with a name of its own; a single one, and the chosen reference, stay themselves', () => {
  const texts = ['a', 'a', 'a', 'b', 'c', 'd', 'other levels', 'other levels', 'other levels', null];
  const { counts, missing } = finish(countLevels(texts, Uint32Array.from(texts.keys())));
  expect(missing).toBe(1);
  const pooled = poolLevels(counts, 2, 'c');
  expect(pooled.pool).toEqual({ below: 2, levels: ['b', 'd'], into: 'other levels (2)' });
  expect([...pooled.counts]).toEqual([
    ['a', 3],
    ['c', 1],
    ['other levels', 3],
    ['other levels (2)', 2],
  ]);
  expect(
    poolLevels(
      new Map([
        ['x', 1],
        ['y', 9],
      ]),
      2,
      undefined,
    ).pool,
  ).toBeNull();
});

describe('lambda of the Yeo-Johnson transform', () => {
  test.each([-0.5, 0, 0.5, 1, 1.8])('%s is found again in data that it makes normal', (lambda) => {
    const stream = random(3);
    const values = Float64Array.from({ length: 20_000 }, () =>
      inverse({ kind: 'yeo-johnson', lambda }, (lambda < 0 ? 0 : 0.5) + 0.4 * stream.normal()),
    );
    expect(finish(yeoJohnsonLambda(values))).toBeCloseTo(lambda, 0);
  });

  test('is the maximum of the likelihood over a fine grid, the same digits every time', () => {
    const stream = random(9);
    const values = Float64Array.from({ length: 500 }, () => stream.normal() ** 3 + 1);
    const found = finish(yeoJohnsonLambda(values));
    const likelihood = (lambda: number) => {
      const t = [...values].map((x) =>
        x >= 0 ? ((x + 1) ** lambda - 1) / lambda : -((1 - x) ** (2 - lambda) - 1) / (2 - lambda),
      );
      const mean = t.reduce((a, b) => a + b) / t.length;
      const variance = t.reduce((sum, v) => sum + (v - mean) ** 2, 0) / t.length;
      const slopes = values.reduce((sum, x) => sum + Math.sign(x) * Math.log(Math.abs(x) + 1), 0);
      return (-t.length / 2) * Math.log(variance) + (lambda - 1) * slopes;
    };
    for (let lambda = -2.987; lambda < 5; lambda += 0.05)
      expect(likelihood(found)).toBeGreaterThanOrEqual(likelihood(lambda) - 1e-6);
    expect(finish(yeoJohnsonLambda(values))).toBe(found);
  });

  test('values that a power would leave without digits do not lead it astray', () => {
    const stream = random(2);
    const years = Float64Array.from({ length: 300 }, () => 2000 + stream.integer(20));
    expect(Math.abs(finish(yeoJohnsonLambda(years)))).toBeLessThanOrEqual(5);
    const lambda = finish(yeoJohnsonLambda(years));
    expect(Number.isFinite(lambda)).toBe(true);
  });
});
