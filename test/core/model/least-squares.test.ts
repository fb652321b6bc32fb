import { expect, test } from 'vitest';
import { neverCancelled } from '../../../core/kernels/pass';
import { ordinaryLeastSquares } from '../../../core/model/least-squares';
import { random } from '../../../core/random';

const leastSquares = (x: Float64Array, y: Float64Array, weights: Float64Array | null, d: number, intercept: boolean) =>
  ordinaryLeastSquares({ n: y.length, x, y, weights }, d, new Uint8Array(d).fill(1), intercept, neverCancelled());

/** n rows of d normal columns far from 0, y = 7 + Σ (j + 1) z_j + noise. */
function simulated(n: number, d: number, noise: number) {
  const stream = random(5);
  const z = Float64Array.from({ length: n * d }, () => 100 + stream.normal());
  const y = Float64Array.from({ length: n }, (_, i) => {
    let value = 7 + noise * stream.normal();
    for (let j = 0; j < d; j++) value += (j + 1) * z[i * d + j];
    return value;
  });
  return { z, y };
}

test('least squares through three points is the line worked by hand', () => {
  // z 0, 1, 2; y 1, 3, 4: slope 3/2, constant 7/6.
  const fit = leastSquares(Float64Array.of(0, 1, 2), Float64Array.of(1, 3, 4), null, 1, true);
  expect(fit.weights[0]).toBeCloseTo(1.5, 14);
  expect(fit.intercept).toBeCloseTo(7 / 6, 14);
});

test('without intercept the line goes through the origin', () => {
  const fit = leastSquares(Float64Array.of(1, 2), Float64Array.of(1, 3), null, 1, false);
  expect(fit.intercept).toBe(0);
  expect(fit.weights[0]).toBeCloseTo(7 / 5, 14);
});

test('exact data over many blocks of rows give back their coefficients', () => {
  const { z, y } = simulated(3000, 5, 0);
  const fit = leastSquares(z, y, null, 5, true);
  fit.weights.forEach((slope, j) => expect(slope).toBeCloseTo(j + 1, 11));
  expect(fit.intercept).toBeCloseTo(7, 8);
});

test('the residual of least squares is orthogonal to every column and to the constant', () => {
  const { z, y } = simulated(700, 4, 3);
  const fit = leastSquares(z, y, null, 4, true);
  const sums = new Float64Array(5);
  for (let i = 0; i < 700; i++) {
    let residual = y[i] - fit.intercept;
    for (let j = 0; j < 4; j++) residual -= fit.weights[j] * z[i * 4 + j];
    for (let j = 0; j < 4; j++) sums[j] += residual * (z[i * 4 + j] - 100);
    sums[4] += residual;
  }
  for (const sum of sums) expect(Math.abs(sum)).toBeLessThan(1e-8);
});

test('a weight of 2 is the row twice and of 0 the row absent', () => {
  const { z, y } = simulated(40, 2, 1);
  const weights = y.map((_, i) => i % 3);
  const rows = [...y.keys()].flatMap((i) => Array.from({ length: weights[i] }, () => i));
  const weighted = leastSquares(z, y, weights, 2, true);
  const repeated = leastSquares(
    Float64Array.from(rows.flatMap((i) => [z[2 * i], z[2 * i + 1]])),
    Float64Array.from(rows, (i) => y[i]),
    null,
    2,
    true,
  );
  expect(weighted.intercept).toBeCloseTo(repeated.intercept, 8);
  weighted.weights.forEach((slope, j) => expect(slope).toBeCloseTo(repeated.weights[j], 10));
});

test('a repeated column is dropped and the prediction stays that of the column alone', () => {
  const { z, y } = simulated(200, 1, 1);
  const twice = Float64Array.from({ length: 400 }, (_, i) => z[Math.floor(i / 2)] * (i % 2 === 0 ? 1 : 3));
  const alone = leastSquares(z, y, null, 1, true);
  const fit = leastSquares(twice, y, null, 2, true);
  expect(fit.dependent).toEqual([1]);
  expect(fit.weights[0]).toBeCloseTo(alone.weights[0], 10);
  expect(fit.weights[1]).toBe(0);
});

test('a constant column has slope 0 and changes nothing', () => {
  const { z, y } = simulated(200, 1, 1);
  const padded = Float64Array.from({ length: 400 }, (_, i) => (i % 2 === 0 ? 0.1 : z[Math.floor(i / 2)]));
  const alone = leastSquares(z, y, null, 1, true);
  const fit = leastSquares(padded, y, null, 2, true);
  expect(fit.dependent).toEqual([0]);
  expect(fit.weights[1]).toBeCloseTo(alone.weights[0], 10);
});
