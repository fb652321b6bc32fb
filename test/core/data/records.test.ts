import { expect, test } from 'vitest';
import { rowsWhere, valuesAt } from '../../../core/data/records';

const rows = Uint32Array.of(2, 3, 5, 7);

test('record numbers are kept by their place, in order, and are the same array where all are', () => {
  expect(rowsWhere(rows, (i) => i % 2 === 1)).toEqual(Uint32Array.of(3, 7));
  expect(rowsWhere(rows, () => false)).toEqual(new Uint32Array(0));
  expect(rowsWhere(rows, () => true)).toBe(rows);
});

test('values are those of the records', () => {
  const values = Float64Array.from({ length: 9 }, (_, row) => row / 2);
  expect(valuesAt(values, rows)).toEqual(Float64Array.of(1, 1.5, 2.5, 3.5));
});
