import { finish } from '../../../../core/turns';
import { describe, expect, test } from 'vitest';
import { bellShapedTogether, chiSquared99 } from '../../../../core/evaluate/checks/bell-shaped-together';
import { correlationOf } from '../../../../core/evaluate/checks/correlation';
import { expertsWithinFeatures } from '../../../../core/evaluate/checks/experts-within-features';
import { enoughRowsForMoments, rowsForMoments } from '../../../../core/evaluate/checks/rows-for-moments';
import { columnShapes as columnShapesInTurns } from '../../../../core/evaluate/checks/shapes';
import type { Part } from '../../../../core/evaluate/part';
import { random } from '../../../../core/random';

const columnShapes = (...args: Parameters<typeof columnShapesInTurns>) => finish(columnShapesInTurns(...args));

const part = (z: Float64Array, d: number, weights: Float64Array | null = null): Part => ({
  rows: Array.from({ length: z.length / d }, (_, i) => i),
  z,
  actual: new Float64Array(z.length / d),
  weights,
});

/** n rows of d columns, each row made from d standard normal numbers. */
function rowsOf(n: number, d: number, row: (u: Float64Array) => ArrayLike<number>): Float64Array {
  const stream = random(8);
  const z = new Float64Array(n * d);
  for (let i = 0; i < n; i++) z.set(Array.from(row(Float64Array.from({ length: d }, () => stream.normal()))), i * d);
  return z;
}

describe('bell-shaped together', () => {
  const check = (rows: Part) => {
    const shapes = columnShapes(rows, rows.z.length / rows.actual.length);
    return bellShapedTogether(rows, shapes, correlationOf(rows, shapes));
  };

  test('correlated normal columns in any unit are green', () => {
    const z = rowsOf(5000, 3, ([a, b, c]) => [1e6 * a, 1e-3 * (a + 0.3 * b), 40 + b - c]);
    const { light, sentence } = check(part(z, 3));
    expect(light).toBe('green');
    expect(sentence).toMatch(/^(0\.\d+|1\.\d)% of rows/);
  });

  test('columns whose far rows go together are red', () => {
    // One scale for three columns: where one is far out, so are the others.
    const z = rowsOf(5000, 4, ([a, b, c, e]) => {
      const size = Math.exp(0.9 * e);
      return [size * a, size * b, size * c, e];
    });
    expect(check(part(z, 4)).light).toBe('red');
  });

  test('a product of columns beside them is found', () => {
    const z = rowsOf(5000, 3, ([a, b]) => [a, b, a * b]);
    expect(check(part(z, 3)).light).not.toBe('green');
  });

  test('one row of weight 0 does not count, however far it lies', () => {
    const z = rowsOf(2000, 2, ([a, b]) => [a, b]);
    z[0] = 1e6;
    const weights = new Float64Array(2000).fill(1);
    weights[0] = 0;
    expect(check(part(z, 2, weights)).light).toBe('green');
    expect(check(part(z, 2)).light).toBe('red');
  });

  test('a repeated column is no direction of its own', () => {
    const z = rowsOf(2000, 3, ([a, b]) => [a, b, a]);
    expect(check(part(z, 3)).light).toBe('green');
  });

  test('twenty rows say nothing of five columns', () => {
    const { light, sentence } = check(
      part(
        rowsOf(20, 5, (u) => u),
        5,
      ),
    );
    expect(light).toBe('amber');
    expect(sentence).toContain('20 rows are too few');
  });

  test('nothing but constant columns, or numbers too large, is amber', () => {
    expect(check(part(new Float64Array(40).fill(3), 2)).light).toBe('amber');
    expect(
      check(
        part(
          rowsOf(100, 2, ([a, b]) => [1e200 * a, b]),
          2,
        ),
      ).light,
    ).toBe('amber');
  });

  // Tables of the chi-squared distribution.
  test.each([
    [1, 6.635],
    [5, 15.086],
    [50, 76.154],
    [200, 249.445],
  ])('the 99%% point of chi-squared(%i) is %d within 1%%', (d, value) => {
    expect(Math.abs(chiSquared99(d) / value - 1)).toBeLessThan(0.01);
  });
});

describe('rows for moments', () => {
  // Median |cos| of regression moments at noise 0.5 reaches 0.95 at about these rows.
  test.each([
    [2, 10, 800],
    [3, 10, 2500],
    [4, 10, 6500],
    [3, 20, 3900],
    [6, 10, 60_000],
    [2, 40, 2900],
    [2, 100, 9500],
  ])('%i experts in %i features: the rule is within a factor 1.3 of the measured %i rows', (k, d, measured) => {
    const ratio = rowsForMoments(k, d) / measured;
    expect(ratio).toBeGreaterThan(1 / 1.3);
    expect(ratio).toBeLessThan(1.3);
  });

  test('enough is green, a quarter amber, less red, with both numbers', () => {
    expect(enoughRowsForMoments(2500, 3, 10).light).toBe('green');
    const some = enoughRowsForMoments(1030, 3, 10);
    expect(some.light).toBe('amber');
    expect(some.sentence).toContain('about 2,400 rows');
    expect(some.sentence).toContain('you have 1,030');
    expect(enoughRowsForMoments(500, 3, 10).light).toBe('red');
  });
});

test('experts within features: 2k − 1 < d is green, up to k = d amber, beyond red', () => {
  expect(expertsWithinFeatures(3, 6).light).toBe('green');
  expect(expertsWithinFeatures(3, 5).light).toBe('amber');
  expect(expertsWithinFeatures(3, 3).light).toBe('amber');
  expect(expertsWithinFeatures(4, 3).light).toBe('red');
});
