import { describe, expect, test } from 'vitest';
import { ascending } from '../../../../core/data/views/ascending';
import { correlations } from '../../../../core/data/views/correlations';
import { random } from '../../../../core/random';
import { finish } from '../../../../core/turns';

const NONE = Number.NaN;

/** By the textbook, for a handful of rows: the rows that have both, their means, their products. */
function naive(x: readonly number[], y: readonly number[]): { n: number; r: number } {
  const both = x.map((a, i) => [a, y[i]]).filter(([a, b]) => !Number.isNaN(a) && !Number.isNaN(b));
  const mean = (k: number) => both.reduce((sum, row) => sum + row[k], 0) / both.length;
  const [mx, my] = [mean(0), mean(1)];
  const sum = (of: (a: number, b: number) => number) => both.reduce((all, [a, b]) => all + of(a - mx, b - my), 0);
  return { n: both.length, r: sum((a, b) => a * b) / Math.sqrt(sum((a) => a * a) * sum((_, b) => b * b)) };
}

/** The place of each number among those of the rows that have both, by counting. */
function naiveRanks(x: readonly number[], y: readonly number[]): number[] {
  const both = x.filter((a, i) => !Number.isNaN(a) && !Number.isNaN(y[i]));
  return x.map((a, i) =>
    Number.isNaN(a) || Number.isNaN(y[i])
      ? NONE
      : both.filter((b) => b < a).length + (both.filter((b) => b === a).length + 1) / 2,
  );
}

function columnsOf(seed: number, rows: number, holes: number): number[][] {
  const stream = random(seed);
  const base = Array.from({ length: rows }, () => stream.normal());
  const gap = (value: number) => (stream.uniform() < holes ? NONE : value);
  return [
    base.map(gap),
    base.map((a) => gap(2 * a + stream.normal() + 1e6)),
    base.map((a) => gap(Math.round(-2 * a))),
    base.map(() => gap(1e-9 * stream.normal())),
  ];
}

const floats = (columns: readonly number[][]) => columns.map((column) => Float64Array.from(column));

describe.each([0, 0.2])('with a share of %f of the cells empty', (holes) => {
  const columns = columnsOf(3, 400, holes);
  const pairs = columns.flatMap((_, a) => columns.map((__, b) => [a, b] as const));

  test('every pair has the correlation of the rows that have both, and says how many they are', () => {
    const { values, counts } = finish(correlations(floats(columns), 'pearson'));
    for (const [a, b] of pairs) {
      const expected = naive(columns[a], columns[b]);
      expect(values[a * 4 + b]).toBeCloseTo(expected.r, 9);
      expect(counts[a * 4 + b]).toBe(expected.n);
    }
  });

  test('rank correlation ranks each pair among its own rows, equal values sharing their average rank', () => {
    const { values, counts } = finish(correlations(floats(columns), 'spearman'));
    for (const [a, b] of pairs) {
      const expected = naive(naiveRanks(columns[a], columns[b]), naiveRanks(columns[b], columns[a]));
      expect(values[a * 4 + b]).toBeCloseTo(expected.r, 12);
      expect(counts[a * 4 + b]).toBe(expected.n);
    }
  });
});

test('what cannot be told is no number: a column that does not vary, a pair that varies in no row, fewer than two rows', () => {
  const columns = [
    [1, 2, 3, 4, NONE, NONE],
    [7.1, 7.1, 7.1, 7.1, 7.1, 7.1],
    [0.3, 0.3, NONE, NONE, 0.5, 0.6],
    [NONE, NONE, NONE, 9, NONE, 8],
  ];
  for (const kind of ['pearson', 'spearman'] as const) {
    const { values, counts } = finish(correlations(floats(columns), kind));
    const at = (a: number, b: number) => values[a * 4 + b];
    expect([at(0, 0), at(2, 2), at(3, 3)].map((r) => Number(r.toFixed(12)))).toEqual([1, 1, 1]);
    // The second does not vary; the third does, but not where the first has a value; the fourth has one row with the first.
    expect([at(0, 1), at(1, 1), at(0, 2), at(0, 3), at(2, 3)]).toEqual([NONE, NONE, NONE, NONE, NONE]);
    expect([counts[1], counts[2], counts[3], counts[2 * 4 + 3]]).toEqual([4, 2, 1, 1]);
  }
});

test('numbers of any size have their correlation: neither their squares nor a large mean spoil it', () => {
  const x = [1, 2, 3, 4, 5];
  const y = [2, 1, 4, 3, 5];
  const expected = naive(x, y).r;
  const scaled = [x.map((a) => a * 1e300), y.map((b) => -b * 1e-300), y.map((b) => 1e9 + b)];
  const { values } = finish(correlations(floats(scaled), 'pearson'));
  expect(values[1]).toBeCloseTo(-expected, 12);
  expect(values[2]).toBeCloseTo(expected, 6);
});

test('rows are put in ascending order of their numbers, equal ones in the order of the file, without those that have none', () => {
  const stream = random(8);
  const special = [0, -0, NONE, -1e-320, 1e-320, Number.MAX_VALUE, -Number.MAX_VALUE, 65536, -65536, 1 / 3];
  const values = Float64Array.from({ length: 5000 }, (_, i) =>
    i % 3 === 0 ? special[stream.integer(special.length)] : Math.round(1000 * stream.normal()) / 8,
  );
  const expected = [...values.keys()]
    .filter((row) => !Number.isNaN(values[row]))
    .sort((a, b) => values[a] - values[b] || a - b);
  expect([...finish(ascending(values))]).toEqual(expected);
  expect([...finish(ascending(new Float64Array(3).fill(NONE)))]).toEqual([]);
});
