import { expect, test } from 'vitest';
import type { RowFilter } from '../../../core/data/rows/types';
import { filterWords } from '../../../renderer/views/data/grid/filter-words';

const words = (filter: RowFilter): string => filterWords(filter, { label: 'Age' });
const column = 'Age (day)';

test('a filter says what it lets through, with every digit that was typed', () => {
  expect(words({ column, kind: 'range', min: 3, max: 28.25 })).toBe('Age from 3 to 28.25');
  expect(words({ column, kind: 'range', min: 0.123456789, max: null })).toBe('Age at least 0.123456789');
  expect(words({ column, kind: 'range', min: null, max: -5 })).toBe('Age at most −5');
  expect(words({ column, kind: 'range', min: 7, max: 7 })).toBe('Age is 7');
  expect(words({ column, kind: 'missing' })).toBe('Age has no value');
  expect(words({ column, kind: 'failed' })).toBe('Age is not a number');
  expect(filterWords({ column, kind: 'failed' }, { label: 'Born', type: 'date' })).toBe('Born is not a date');
  expect(words({ column, kind: 'contains', text: 'old' })).toBe('Age contains “old”');
});

test('a few values are named, many are counted', () => {
  expect(words({ column, kind: 'values', values: ['a'] })).toBe('Age is “a”');
  expect(words({ column, kind: 'values', values: ['a and b', 'c', 'd'] })).toBe('Age is “a and b”, “c” or “d”');
  expect(words({ column, kind: 'values', values: ['a', 'b', 'c', 'd'] })).toBe('Age is one of 4 values');
});
