import { expect, test } from 'vitest';
import { mixtureLogDensity, normalLogDensity } from '../../../core/evaluate/log-density';
import { metricsOf } from '../../../core/evaluate/metrics';
import type { Scored } from '../../../core/evaluate/part';

const scored = (actual: number[], prediction: number[], weights: number[] | null = null): Scored => ({
  actual: Float64Array.from(actual),
  prediction: Float64Array.from(prediction),
  logDensity: Float64Array.from(actual, (y, i) => normalLogDensity(y, prediction[i], 1)),
  weights: weights && Float64Array.from(weights),
});

test('RMSE, MAE and R² of four rows are those worked by hand', () => {
  // Errors 1, -1, 2, 0; deviations from the training mean 2: -1, 0, 1, 2.
  const measures = metricsOf(scored([1, 2, 3, 4], [0, 3, 1, 4]), 2);
  expect(measures.rows).toBe(4);
  expect(measures.rmse).toBe(Math.sqrt(6 / 4));
  expect(measures.mae).toBe(1);
  expect(measures.r2).toBe(1 - 6 / 6);
  expect(measures.logLikelihood).toBeCloseTo(-0.5 * Math.log(2 * Math.PI) - 6 / 8, 14);
});

test('R² is measured against the mean it is given, not the mean of its own rows', () => {
  const rows = scored([9, 11], [10, 10]);
  expect(metricsOf(rows, 10).r2).toBe(0);
  expect(metricsOf(rows, 0).r2).toBe(1 - 2 / 202);
});

test('R² of a target that never leaves the training mean is 0', () => {
  expect(metricsOf(scored([5, 5], [5, 6]), 5).r2).toBe(0);
});

test('a row of weight 2 counts as the row twice and of weight 0 as absent', () => {
  const weighted = metricsOf(scored([1, 2, 7], [0, 4, -7], [2, 1, 0]), 1.5);
  const repeated = metricsOf(scored([1, 1, 2], [0, 0, 4]), 1.5);
  for (const name of ['rows', 'rmse', 'mae', 'r2', 'logLikelihood'] as const) {
    expect(weighted[name]).toBeCloseTo(repeated[name], 14);
  }
});

test('an absent row does not spoil the log-likelihood, however impossible it is', () => {
  const rows = scored([0, 0], [0, 0], [1, 0]);
  rows.logDensity[1] = Number.NEGATIVE_INFINITY;
  expect(metricsOf(rows, 0).logLikelihood).toBe(rows.logDensity[0]);
});

test('the log density of a mixture of two is the logarithm of the weighted sum of two normals', () => {
  const predicted = {
    prediction: new Float64Array(1),
    sd: new Float64Array(1),
    gates: Float64Array.of(0.25, 0.75),
    means: Float64Array.of(0, 3),
  };
  const normal = (y: number, mean: number, sigma: number) =>
    Math.exp(-((y - mean) ** 2) / (2 * sigma ** 2)) / (sigma * Math.sqrt(2 * Math.PI));
  const [density] = mixtureLogDensity(Float64Array.of(1), predicted, [0.5, 2]);
  expect(density).toBeCloseTo(Math.log(0.25 * normal(1, 0, 0.5) + 0.75 * normal(1, 3, 2)), 14);
});

test('a row a thousand standard deviations away keeps a finite log density', () => {
  const predicted = {
    prediction: new Float64Array(1),
    sd: new Float64Array(1),
    gates: Float64Array.of(0, 1),
    means: Float64Array.of(1000, 0),
  };
  const [density] = mixtureLogDensity(Float64Array.of(1000), predicted, [1, 1]);
  expect(density).toBeCloseTo(normalLogDensity(1000, 0, 1), 8);
});
