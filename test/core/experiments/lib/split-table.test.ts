import { expect, test } from 'vitest';
import { splitTable } from '../../../../core/experiments/lib/split-table';
import { random } from '../../../../core/random';

const n = 40;
const stream = random(1);
const values = Float64Array.from({ length: n * 3 }, (_, at) => (at % 3 === 1 ? 7 : 100 + 10 * stream.normal()));
const table = { name: 'sample', n, d: 2, values };

test('A split holds out its share of the rows and standardises by the training rows alone', () => {
  const { train, test: held, d, k } = splitTable(table, 3, 0.25, 1);
  expect([train.n, held?.n, d, k]).toEqual([30, 10, 2, 3]);
  const mean = train.y.reduce((sum, y) => sum + y, 0) / 30;
  const variance = train.y.reduce((sum, y) => sum + (y - mean) ** 2, 0) / 30;
  expect(mean).toBeCloseTo(0, 12);
  expect(variance).toBeCloseTo(1, 12);
  const heldMean = held!.y.reduce((sum, y) => sum + y, 0) / 10;
  expect(Math.abs(heldMean)).toBeGreaterThan(1e-3);
});

test('A column that does not vary is 0, and every row is in one part', () => {
  const { train, test: held } = splitTable(table, 2, 0.25, 2);
  const column = (x: Float64Array, j: number) => [...x].filter((_, at) => at % 2 === j);
  expect([...column(train.x, 1), ...column(held!.x, 1)].every((value) => value === 0)).toBe(true);
  const ranks = (targets: readonly number[]) => targets.toSorted((a, b) => a - b);
  const all = ranks(Array.from({ length: n }, (_, row) => values[row * 3 + 2]));
  const given = [...train.y, ...held!.y];
  // Standardising keeps differences up to one scale.
  const scale = (all[n - 1] - all[0]) / (Math.max(...given) - Math.min(...given));
  ranks(given).forEach((y, i) => expect((y - Math.min(...given)) * scale).toBeCloseTo(all[i] - all[0], 9));
});

test('Seeds split differently, and without held-out rows there is no test part', () => {
  expect(splitTable(table, 2, 0.25, 3).train.y).not.toEqual(splitTable(table, 2, 0.25, 4).train.y);
  expect(splitTable(table, 2, 0, 3).test).toBeNull();
});
