import { expect, test } from 'vitest';
import { ordinaryLeastSquares } from '../../../core/model/least-squares';
import { neverCancelled } from '../../../core/kernels/pass';
import type { MemoryRows } from '../../../core/model/problem';
import { random } from '../../../core/random';

function rowsOf(
  n: number,
  columns: ((r: number) => number)[],
  target: (r: number) => number,
  weights?: number[],
): MemoryRows {
  const d = columns.length;
  const x = Float64Array.from({ length: n * d }, (_, at) => columns[at % d](Math.floor(at / d)));
  return {
    n,
    x,
    y: Float64Array.from({ length: n }, (_, r) => target(r)),
    weights: weights ? Float64Array.from(weights) : null,
  };
}
const all = (d: number) => new Uint8Array(d).fill(1);

/** Digits two numbers share. */
const digits = (value: number, expected: number) =>
  -Math.log10(Math.abs(value - expected) / Math.abs(expected) || 1e-16);

test('a polynomial of degree 5 through integers is found to nine digits (NIST Wampler1)', () => {
  const power = (p: number) => (r: number) => r ** p;
  const rows = rowsOf(21, [1, 2, 3, 4, 5].map(power), (r) => 1 + r + r ** 2 + r ** 3 + r ** 4 + r ** 5);
  const line = ordinaryLeastSquares(rows, 5, all(5), true, neverCancelled());
  for (const value of [line.intercept, ...line.weights]) expect(digits(value, 1)).toBeGreaterThan(9);
  expect(line.dependent).toEqual([]);
});

test('residuals are orthogonal to every column, with weights, and to 1 where there is an intercept', () => {
  const stream = random(1);
  const [n, d] = [700, 4];
  const draw = Array.from({ length: n * (d + 1) }, () => stream.normal());
  const weights = Array.from({ length: n }, () => stream.integer(3));
  const columns = [0, 1, 2, 3].map((j) => (r: number) => 100 * j + 10 ** j * draw[r * (d + 1) + j]);
  const rows = rowsOf(n, columns, (r) => 5 + draw[r * (d + 1) + d], weights);
  for (const intercept of [true, false]) {
    const line = ordinaryLeastSquares(rows, d, all(d), intercept, neverCancelled());
    const residual = (r: number) =>
      rows.y[r] - columns.reduce((sum, column, j) => sum + line.weights[j] * column(r), line.intercept);
    const against = (column: (r: number) => number) => {
      let [sum, size] = [0, 0];
      for (let r = 0; r < n; r++) {
        sum += weights[r] * residual(r) * column(r);
        size += weights[r] * Math.abs(residual(r) * column(r));
      }
      return Math.abs(sum) / size;
    };
    for (const column of columns) expect(against(column)).toBeLessThan(1e-12);
    if (intercept) expect(against(() => 1)).toBeLessThan(1e-12);
    else expect(line.intercept).toBe(0);
    const squares = weights.reduce((sum, w, r) => sum + w * residual(r) ** 2, 0);
    expect(digits(line.residual, squares)).toBeGreaterThan(11);
  }
});

test('a repeated column, a constant one and a sum of others are left out and named', () => {
  const stream = random(2);
  const draw = Array.from({ length: 300 }, () => stream.normal());
  const rows = rowsOf(
    100,
    [(r) => draw[r], () => 3, (r) => draw[r], (r) => draw[100 + r], (r) => draw[r] - draw[100 + r]],
    (r) => 2 * draw[r] + draw[200 + r],
  );
  const line = ordinaryLeastSquares(rows, 5, all(5), true, neverCancelled());
  expect(line.dependent).toEqual([1, 2, 4]);
  const narrow = ordinaryLeastSquares(rows, 5, Uint8Array.of(1, 0, 0, 1, 0), true, neverCancelled());
  expect(digits(line.residual, narrow.residual)).toBeGreaterThan(12);
  line.weights.forEach((w, j) => expect(w).toBeCloseTo(narrow.weights[j], 12));
});

test('columns not in use keep weight 0, and without columns the line is the mean', () => {
  const rows = rowsOf(10, [(r) => r], (r) => r * r);
  const line = ordinaryLeastSquares(rows, 1, Uint8Array.of(0), true, neverCancelled());
  expect([...line.weights]).toEqual([0]);
  expect(line.intercept).toBeCloseTo(28.5, 12);
});
