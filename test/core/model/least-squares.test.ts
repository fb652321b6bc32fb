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

/** NIST StRD, Longley (1967): y and six predictors, condition number 5e9. */
const LONGLEY = [
  [60323, 83.0, 234289, 2356, 1590, 107608, 1947],
  [61122, 88.5, 259426, 2325, 1456, 108632, 1948],
  [60171, 88.2, 258054, 3682, 1616, 109773, 1949],
  [61187, 89.5, 284599, 3351, 1650, 110929, 1950],
  [63221, 96.2, 328975, 2099, 3099, 112075, 1951],
  [63639, 98.1, 346999, 1932, 3594, 113270, 1952],
  [64989, 99.0, 365385, 1870, 3547, 115094, 1953],
  [63761, 100.0, 363112, 3578, 3350, 116219, 1954],
  [66019, 101.2, 397469, 2904, 3048, 117388, 1955],
  [67857, 104.6, 419180, 2822, 2857, 118734, 1956],
  [68169, 108.4, 442769, 2936, 2798, 120445, 1957],
  [66513, 110.8, 444546, 4681, 2637, 121950, 1958],
  [68655, 112.6, 482704, 3813, 2552, 123366, 1959],
  [69564, 114.2, 502601, 3931, 2514, 125368, 1960],
  [69331, 115.7, 518173, 4806, 2572, 127852, 1961],
  [70551, 116.9, 554894, 4007, 2827, 130081, 1962],
];

test('the coefficients of the Longley data have at least 10.5 of the 15 certified digits', () => {
  const certified = [
    15.0618722713733, -0.35819179292591e-1, -2.02022980381683, -1.03322686717359, -0.511041056535807e-1,
    1829.15146461355,
  ];
  const z = Float64Array.from(LONGLEY.flatMap(([, ...predictors]) => predictors));
  const fit = leastSquares(
    z,
    Float64Array.from(LONGLEY, ([y]) => y),
    null,
    6,
    true,
  );
  const wrong = [...fit.weights, fit.intercept].map((value, j) => {
    const truth = [...certified, -3482258.63459582][j];
    return Math.abs(value - truth) / Math.abs(truth);
  });
  expect(Math.max(...wrong)).toBeLessThan(10 ** -10.5);
});

test('a column that is almost nothing in the first rows does no harm', () => {
  const { z, y } = simulated(100, 1, 1);
  const faint = z.map((value, i) => (i < 40 ? 1e-158 * value : value));
  const zeroed = z.map((value, i) => (i < 40 ? 0 : value));
  const fit = leastSquares(faint, y, null, 1, false);
  expect(fit.weights[0]).toBeCloseTo(leastSquares(zeroed, y, null, 1, false).weights[0], 12);
});
