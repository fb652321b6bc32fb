import { expect, test } from 'vitest';
import { points, positionsOf } from '../../../../core/data/views/points';
import { sample } from '../../../../core/data/views/sample';
import { random } from '../../../../core/random';
import { finish } from '../../../../core/turns';

const NONE = Number.NaN;

test('a sample holds each row at most once, in order, and every row is as likely as any other', () => {
  const times = new Float64Array(20);
  for (let seed = 0; seed < 4000; seed++) {
    const chosen = [...finish(sample(20, 5, random(seed)))];
    expect(chosen).toEqual([...new Set(chosen)].sort((a, b) => a - b));
    expect(chosen).toHaveLength(5);
    for (const row of chosen) times[row]++;
  }
  // Each is drawn 1,000 times on average, with a standard deviation of 27.
  expect(Math.min(...times)).toBeGreaterThan(1000 - 4 * 27.4);
  expect(Math.max(...times)).toBeLessThan(1000 + 4 * 27.4);
});

test('few rows are all drawn', () => {
  expect([...finish(sample(3, 5, random(1)))]).toEqual([0, 1, 2]);
});

test('points are the rows that have a value on every axis, each with its record and what its mark shows', () => {
  const x = Float64Array.of(1, NONE, 3, 4, 5);
  const y = Float64Array.of(10, 20, NONE, 40, 50);
  const by = Float64Array.of(0, 0, 0, NONE, 1);
  expect(finish(points([x, y], by, null, 10, 1))).toEqual({
    total: 5,
    of: 3,
    row: Float64Array.of(0, 3, 4),
    columns: [Float64Array.of(1, 4, 5), Float64Array.of(10, 40, 50)],
    by: Float64Array.of(0, NONE, 1),
  });
});

test('only the records that are in sight are looked at', () => {
  const x = Float64Array.of(1, 2, NONE, 4, 5);
  const found = finish(points([x], null, Uint32Array.of(1, 2, 4), 10, 1));
  expect(found).toMatchObject({ total: 3, of: 2, row: Float64Array.of(1, 4), by: null });
});

test('the same seed draws the same rows, another one others', () => {
  const x = Float64Array.from({ length: 1000 }, (_, i) => i);
  const drawn = (seed: number) => [...finish(points([x], null, null, 50, seed)).row];
  expect(drawn(4)).toEqual(drawn(4));
  expect(drawn(4)).not.toEqual(drawn(5));
  expect(finish(points([x], null, null, 50, 4))).toMatchObject({ of: 1000, total: 1000 });
});

test('texts are places among the most frequent values; any other text is one place more, none is no number', () => {
  const levels = [
    { value: 'b', count: 3 },
    { value: 'a', count: 2 },
  ];
  expect(finish(positionsOf(['a', 'b', null, 'rare'], { levels }))).toEqual({
    values: Float64Array.of(1, 0, NONE, 2),
    levels: ['b', 'a'],
  });
});
