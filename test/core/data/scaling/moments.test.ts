import { expect, test } from 'vitest';
import { columnMoments } from '../columns';

test('moments are exact where one pass would lose every digit', () => {
  const values = Float64Array.from([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]);
  const { means, sds } = columnMoments(values, 4, 1);
  expect(means[0]).toBe(1e9 + 10);
  expect(sds[0]).toBeCloseTo(Math.sqrt(30), 12);
  expect(columnMoments(Float64Array.of(1, 10, 3, 30), 2, 2)).toEqual({
    means: Float64Array.of(2, 20),
    sds: Float64Array.of(Math.SQRT2, 10 * Math.SQRT2),
  });
});

test('with weights they are those of the rows repeated', () => {
  const weighted = columnMoments(Float64Array.of(1, 5, 9), 3, 1, Float64Array.of(2, 1, 3));
  const repeated = columnMoments(Float64Array.of(1, 1, 5, 9, 9, 9), 6, 1);
  expect(weighted.means[0]).toBeCloseTo(repeated.means[0], 14);
  expect(weighted.sds[0]).toBeCloseTo(repeated.sds[0], 14);
});

test('weights that add up to next to nothing still have a spread', () => {
  const { sds } = columnMoments(Float64Array.of(1, 3), 2, 1, Float64Array.of(1e-9, 1e-9));
  expect(sds[0]).toBeCloseTo(Math.SQRT2, 9);
});
