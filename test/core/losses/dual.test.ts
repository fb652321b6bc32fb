import { expect, test } from 'vitest';
import { dualRows } from '../../../core/losses/dual';
import { random } from '../../../core/random';

const product = (a: Float64Array, i: number, b: Float64Array, j: number, q: number) =>
  a.subarray(i * q, (i + 1) * q).reduce((sum, value, c) => sum + value * b[j * q + c], 0);

test.each([
  [3, 3],
  [2, 7],
  [10, 200],
])('%i rows in %i dimensions have products 1 and 0 with their dual rows, which span the same', (k, q) => {
  const stream = random(k);
  const rows = Float64Array.from({ length: k * q }, (_, at) => 10 ** (Math.floor(at / q) % 4) * stream.normal());
  const dual = dualRows(rows, k, q);
  if (!dual) throw new Error('no dual');
  for (let i = 0; i < k; i++)
    for (let j = 0; j < k; j++) expect(product(dual, i, rows, j, q)).toBeCloseTo(i === j ? 1 : 0, 9);
  const back = dualRows(dual, k, q);
  back?.forEach((value, at) => expect(value / rows[at]).toBeCloseTo(1, 6));
});

test('dependent, zero and infinite rows have no dual', () => {
  expect(dualRows(Float64Array.of(1, 2, 2, 4), 2, 2)).toBeNull();
  expect(dualRows(Float64Array.of(1, 2, 0, 0), 2, 2)).toBeNull();
  expect(dualRows(Float64Array.of(1, 2, NaN, 1), 2, 2)).toBeNull();
});
