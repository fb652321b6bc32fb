import { expect, test } from 'vitest';
import { rowsWords } from '../../../renderer/views/results/rows-words';
import { fitView, points } from '../charts/fixture';

const errors = { test: 6.4, low: 5.7, high: 7.1, line: 10 };
const of = (train: number, held: number | null) =>
  fitView(errors, {
    points: {
      train: { ...points(2, () => 0), of: train },
      test: held === null ? null : { ...points(2, () => 0), of: held },
    },
  });

test('rows that are all there are counted, whichever part is looked at', () => {
  expect(rowsWords(of(8000, 2000), 'all', 10_000)).toBe('10,000 rows');
  expect(rowsWords(of(8000, 2000), 'train', 8000)).toBe('8,000 rows');
  expect(rowsWords(of(8000, 2000), 'test', 2000)).toBe('2,000 rows');
  expect(rowsWords(of(1, null), 'all', 1)).toBe('1 row');
});

test('rows that are some of those of the fit say of how many', () => {
  expect(rowsWords(of(8000, 2000), 'all', 400)).toBe('400 of 10,000 rows, at even distances');
  expect(rowsWords(of(8000, 2000), 'train', 200)).toBe('200 of 8,000 rows, at even distances');
  expect(rowsWords(of(8000, 2000), 'test', 200)).toBe('200 of 2,000 rows, at even distances');
});
