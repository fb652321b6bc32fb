import { expect, test } from 'vitest';
import { errorIntervals, errorsOf } from '../../../core/evaluate/intervals';
import { random } from '../../../core/random';

/** n absolute errors, the errors drawn from N(0, sigma²). */
function normalErrors(n: number, sigma: number, seed: number): Float64Array {
  const stream = random(seed, 77);
  return Float64Array.from({ length: n }, () => Math.abs(sigma * stream.normal()));
}

function report(ofTrain: Float64Array, ofTest: Float64Array | null, seed = 1) {
  const both = { train: errorsOf(ofTrain, null), test: ofTest && errorsOf(ofTest, null) };
  return errorIntervals({ model: both, mean: both, ols: both }, random(seed));
}

/** Share of `simulations` whose interval holds the truth, for RMSE and MAE of N(0, 4). */
async function coverage(n: number, simulations: number) {
  let rmse = 0;
  let mae = 0;
  for (let seed = 0; seed < simulations; seed++) {
    const { train } = (await report(normalErrors(n, 2, seed), null, seed)).model;
    if (train.rmse.low <= 2 && 2 <= train.rmse.high) rmse++;
    const truth = 2 * Math.sqrt(2 / Math.PI);
    if (train.mae.low <= truth && truth <= train.mae.high) mae++;
  }
  return { rmse: rmse / simulations, mae: mae / simulations };
}

test('bootstrap intervals of normal errors hold the truth about 95% of the time', async () => {
  const { rmse, mae } = await coverage(120, 200);
  // Percentile intervals at n = 120 are a point or two short; the Monte Carlo error of 200 simulations is 1.6 points.
  for (const share of [rmse, mae]) {
    expect(share).toBeGreaterThan(0.89);
    expect(share).toBeLessThan(0.99);
  }
}, 60_000);

test('normal-approximation intervals of large parts hold the truth about 95% of the time', async () => {
  const { rmse, mae } = await coverage(5001, 300);
  for (const share of [rmse, mae]) {
    expect(share).toBeGreaterThan(0.95 - 3 * 0.0126);
    expect(share).toBeLessThan(0.95 + 3 * 0.0126);
  }
});

test('bootstrap and normal approximation agree where one takes over from the other', async () => {
  const errors = normalErrors(5000, 2, 3);
  const larger = Float64Array.of(...errors, 2);
  const resampled = (await report(errors, null)).model.train;
  const approximated = (await report(larger, null)).model.train;
  const width = approximated.rmse.high - approximated.rmse.low;
  expect(Math.abs(resampled.rmse.low - approximated.rmse.low)).toBeLessThan(0.1 * width);
  expect(Math.abs(resampled.rmse.high - approximated.rmse.high)).toBeLessThan(0.1 * width);
});

test('the interval holds the error itself and the same stream gives the same digits', async () => {
  const errors = normalErrors(50, 1, 9);
  const rmse = Math.sqrt(errors.reduce((sum, e) => sum + e * e, 0) / 50);
  const first = await report(errors, null);
  expect(first.model.train.rmse.low).toBeLessThan(rmse);
  expect(first.model.train.rmse.high).toBeGreaterThan(rmse);
  expect(await report(errors, null)).toEqual(first);
});

test('one held-out row has an interval without width, and no held-out rows have none', async () => {
  const one = normalErrors(1, 1, 1);
  const { model, draws } = await report(normalErrors(10, 1, 2), one);
  expect(model.test?.mae).toEqual({ low: one[0], high: one[0] });
  expect(draws).toBe(2000);
  expect((await report(one, null)).model.test).toBeNull();
});

test('a part too large to resample says so with 0 draws', async () => {
  expect((await report(normalErrors(6000, 1, 1), null)).draws).toBe(0);
  expect((await report(normalErrors(6000, 1, 1), normalErrors(10, 1, 1))).draws).toBe(2000);
});
