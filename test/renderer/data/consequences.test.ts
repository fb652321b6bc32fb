import { expect, test } from 'vitest';
import type { Flow } from '../../../core/data/types';
import { consequencesOf, encodedNames, summaryOf } from '../../../renderer/views/data/preparation/consequences';

const flow: Flow = {
  read: 100,
  rejected: 0,
  dropped: 7,
  droppedBy: [{ column: 'Weight', rows: 1 }],
  used: 93,
  train: 73,
  test: 20,
  columns: 3,
  encoded: [
    { name: 'log(Age)', column: 'Age', level: null },
    { name: 'Age is missing', column: 'Age', level: null },
    { name: 'Origin=Japan', column: 'Origin', level: 'Japan' },
  ],
  warnings: [],
};
const rich: Flow = {
  ...flow,
  imputed: [{ column: 'Age', policy: 'indicator', value: '28', train: 3, test: 1 }],
  winsorised: [{ column: 'Age', low: 1, high: 365, train: 2, test: 0 }],
  outside: [{ column: 'Age', rows: 6, reason: 'are not above 0' }],
  pooled: [{ column: 'Origin', into: 'other levels', levels: ['a', 'b'], train: 5, test: 1 }],
};

test('every consequence names its column, its step and how much it concerns', () => {
  expect(consequencesOf(rich)).toEqual([
    {
      column: 'Weight',
      step: 'missing',
      count: 1,
      sentence: '1 row without a value, left out.',
      short: '1 row left out',
    },
    {
      column: 'Age',
      step: 'missing',
      count: 4,
      sentence: '4 cells without a value take 28.',
      short: '4 cells take 28',
    },
    {
      column: 'Age',
      step: 'winsorise',
      count: 2,
      sentence: '2 values beyond 1 to 365 moved there.',
      short: '2 values moved in',
    },
    {
      column: 'Age',
      step: 'transform',
      count: 6,
      sentence: '6 rows are not above 0, left out.',
      short: '6 rows left out',
    },
    {
      column: 'Origin',
      step: 'pool',
      count: 2,
      sentence: '2 levels with 6 rows become “other levels”.',
      short: '2 levels pooled',
    },
  ]);
});

test('the line says the same in a few words, and nothing where nothing happens', () => {
  expect(summaryOf(rich)).toEqual(['7 rows left out', '4 cells filled in', '2 values moved in', '2 levels pooled']);
  expect(summaryOf({ ...flow, dropped: 0, droppedBy: [] })).toEqual([]);
});

test('a column is known by the numbers it becomes', () => {
  expect(encodedNames(flow, 'Age')).toEqual(['log(Age)', 'Age is missing']);
  expect(encodedNames(flow, 'Weight')).toEqual([]);
});
