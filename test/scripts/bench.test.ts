import { expect, test } from 'vitest';
import { type BenchResult, beside, figure, growth } from '../bench/case';
import { doubts } from '../bench/machine';
import { table } from '../bench/table';

const quiet = { load: 1, others: 0.02 };
const steady = (values: readonly number[]): BenchResult => ({ ...figure('pass', values, 'ms'), steady: true });

test('a figure beside a peer’s is the median of both and their ratio', () => {
  const { ours, peer, ratio } = beside('fit', 's', [3, 1, 2], 'other', [8, 4, 4]);
  expect(ours).toEqual({ median: 2, min: 1, max: 3, unit: 's' });
  expect(peer).toEqual({ name: 'other', median: 4, min: 4, max: 8 });
  expect(ratio).toBe(0.5);
});

test('the exponent of growth is found from costs', () => {
  expect(
    growth(
      [1, 2, 4],
      [1, 2, 4].map((size) => 5 * size ** 1.5),
    ),
  ).toBeCloseTo(1.5, 12);
});

test('a quiet machine and figures close together leave no doubt', () => {
  expect(doubts(quiet, [steady([10, 10.5, 11])])).toEqual([]);
});

test('work of others, a load that nobody explains and figures far apart make a run invalid', () => {
  expect(doubts({ load: 3, others: 0.8 }, [])).toEqual(['Other programs used 0.80 processors (load average 3.0).']);
  expect(doubts({ load: 3, others: null }, [])).toEqual(['The load average was 3.0.']);
  expect(doubts(quiet, [steady([10, 14, 15])])).toHaveLength(1);
  expect(doubts(quiet, [{ ...beside('pass', 'ms', [1, 1], 'other', [1, 2, 2]), steady: true }])).toHaveLength(1);
});

test('figures that are no repeated times may lie apart', () => {
  expect(doubts(quiet, [figure('likelihood', [10, 14, 15], 'nats')])).toEqual([]);
});

test('the table has a line for each figure, under one another', () => {
  const lines = table([beside('fit', 's', [1, 2, 3], 'other', [4]), figure('memory', 512.3, 'MB')]).split('\n');
  expect(lines).toHaveLength(3);
  expect(lines[1]).toMatch(/^fit +2\.00 \[1\.00, 3\.00\] s +other +4\.00 s +0\.500 +0\.250$/);
  expect(lines[2]).toMatch(/^memory +512 MB$/);
});
