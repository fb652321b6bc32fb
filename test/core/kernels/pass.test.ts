import { expect, test } from 'vitest';
import { blockRows, Cancelled, type Kernel, pass, shardsOf, shardStart } from '../../../core/kernels/pass';
import type { MemoryRows } from '../../../core/model/problem';

const rowsOf = (n: number): MemoryRows => ({
  n,
  x: new Float64Array(n),
  y: Float64Array.from({ length: n }, (_, r) => r + 1),
  weights: null,
});

const sumOfTargets: Kernel<{ work: number; seen?: [number, number][] }> = {
  name: 'sum',
  length: () => 1,
  work: ({ work }) => work,
  scratch: () => null,
  block: (_lines, rows, _d, from, to, { seen }, _scratch, sums) => {
    seen?.push([from, to]);
    for (let r = from; r < to; r++) sums[0] += rows.y[r];
  },
};

test.each([0, 1, 63, 64, 65, 1000, 500_000])('the shards of %i rows follow each other and hold every row once', (n) => {
  expect(shardStart(n, 0)).toBe(0);
  expect(shardStart(n, shardsOf(n))).toBe(n);
  for (let s = 0; s < shardsOf(n); s++) expect(shardStart(n, s + 1)).toBeGreaterThanOrEqual(shardStart(n, s));
});

test.each([0, 1, 5, 1000])('a pass over %i rows visits each once, in blocks that fit the scratch', (n) => {
  const seen: [number, number][] = [];
  const total = pass(sumOfTargets, rowsOf(n), 1, { work: 1e5, seen }, new Int32Array(1));
  expect(total[0]).toBe((n * (n + 1)) / 2);
  expect(seen.flatMap(([from, to]) => Array.from({ length: to - from }, (_, r) => from + r))).toEqual(
    Array.from({ length: n }, (_, r) => r),
  );
  for (const [from, to] of seen) expect(to - from).toBeLessThanOrEqual(blockRows(1e5));
});

test('a block never holds more than a hundredth of a second of work, and at least one group of four rows', () => {
  expect(blockRows(1)).toBe(128);
  expect(blockRows(1e6) * 1e6).toBeLessThanOrEqual(1e7);
  expect(blockRows(1e12)).toBe(4);
});

test('a pass stops between two blocks once the flag is up', () => {
  const cancel = new Int32Array(1);
  const seen: [number, number][] = [];
  const raising: typeof sumOfTargets = {
    ...sumOfTargets,
    block: (_lines, _rows, _d, from, to) => {
      seen.push([from, to]);
      if (seen.length === 3) cancel[0] = 1;
    },
  };
  expect(() => pass(raising, rowsOf(1000), 1, { work: 1 }, cancel)).toThrow(Cancelled);
  expect(seen).toHaveLength(3);
});
