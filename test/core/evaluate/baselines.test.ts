import { expect, test } from 'vitest';
import { meanBaseline, olsBaseline } from '../../../core/evaluate/baselines';
import { leastSquares } from '../../../core/evaluate/least-squares';
import type { Part } from '../../../core/evaluate/part';
import { random } from '../../../core/random';

const part = (z: number[], actual: number[], weights: number[] | null = null): Part => ({
  rows: actual.map((_, i) => i),
  z: Float64Array.from(z),
  actual: Float64Array.from(actual),
  weights: weights && Float64Array.from(weights),
});

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

test('the mean baseline predicts the training mean everywhere, with the training spread', () => {
  const { train, test: held } = meanBaseline(part([0, 0], [1, 3]), part([0], [10]), 0);
  expect([...train.prediction]).toEqual([2, 2]);
  expect([...(held?.prediction ?? [])]).toEqual([2]);
  // sigma² = ((1 - 2)² + (3 - 2)²) / 2 = 1.
  expect(train.logDensity[0]).toBeCloseTo(-0.5 - 0.5 * Math.log(2 * Math.PI), 14);
  expect(held?.logDensity[0]).toBeCloseTo(-32 - 0.5 * Math.log(2 * Math.PI), 12);
});

test('least squares through three points is the line worked by hand', () => {
  // z 0, 1, 2; y 1, 3, 4: slope 3/2, constant 7/6.
  const fit = leastSquares(Float64Array.of(0, 1, 2), Float64Array.of(1, 3, 4), null, 1, true);
  expect(fit.slopes[0]).toBeCloseTo(1.5, 14);
  expect(fit.constant).toBeCloseTo(7 / 6, 14);
});

test('without intercept the line goes through the origin', () => {
  const fit = leastSquares(Float64Array.of(1, 2), Float64Array.of(1, 3), null, 1, false);
  expect(fit.constant).toBe(0);
  expect(fit.slopes[0]).toBeCloseTo(7 / 5, 14);
});

test('exact data over many blocks of rows give back their coefficients', () => {
  const { z, y } = simulated(3000, 5, 0);
  const fit = leastSquares(z, y, null, 5, true);
  fit.slopes.forEach((slope, j) => expect(slope).toBeCloseTo(j + 1, 11));
  expect(fit.constant).toBeCloseTo(7, 8);
});

test('the residual of least squares is orthogonal to every column and to the constant', () => {
  const { z, y } = simulated(700, 4, 3);
  const fit = leastSquares(z, y, null, 4, true);
  const sums = new Float64Array(5);
  for (let i = 0; i < 700; i++) {
    let residual = y[i] - fit.constant;
    for (let j = 0; j < 4; j++) residual -= fit.slopes[j] * z[i * 4 + j];
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
  expect(weighted.constant).toBeCloseTo(repeated.constant, 8);
  weighted.slopes.forEach((slope, j) => expect(slope).toBeCloseTo(repeated.slopes[j], 10));
});

test('a repeated column is dropped and the prediction stays that of the column alone', () => {
  const { z, y } = simulated(200, 1, 1);
  const twice = Float64Array.from({ length: 400 }, (_, i) => z[Math.floor(i / 2)] * (i % 2 === 0 ? 1 : 3));
  const alone = leastSquares(z, y, null, 1, true);
  const fit = leastSquares(twice, y, null, 2, true);
  expect(fit.dropped).toEqual([1]);
  expect(fit.slopes[0]).toBeCloseTo(alone.slopes[0], 10);
  expect(fit.slopes[1]).toBe(0);
});

test('a constant column has slope 0 and changes nothing', () => {
  const { z, y } = simulated(200, 1, 1);
  const padded = Float64Array.from({ length: 400 }, (_, i) => (i % 2 === 0 ? 0.1 : z[Math.floor(i / 2)]));
  const alone = leastSquares(z, y, null, 1, true);
  const fit = leastSquares(padded, y, null, 2, true);
  expect(fit.dropped).toEqual([0]);
  expect(fit.slopes[1]).toBeCloseTo(alone.slopes[0], 10);
});

test('the straight line predicts held-out rows with the training coefficients', () => {
  const { test: held } = olsBaseline(part([0, 1, 2], [1, 3, 4]), part([10], [0]), 1, true, 0);
  expect(held?.prediction[0]).toBeCloseTo(7 / 6 + 15, 12);
});

test('a perfect line claims no less than the floor as its spread', () => {
  const { train } = olsBaseline(part([0, 1, 2], [1, 2, 3]), null, 1, true, 0.5);
  expect(train.logDensity[0]).toBeCloseTo(-Math.log(0.5) - 0.5 * Math.log(2 * Math.PI), 12);
});
