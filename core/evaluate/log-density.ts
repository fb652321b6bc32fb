import { finish, inBlocks, type Steps } from '../turns';
import type { Predicted } from './part';

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/** Log density of N(mean, sigma²) at y, nats. */
export function normalLogDensity(y: number, mean: number, sigma: number): number {
  const standardised = (y - mean) / sigma;
  return -0.5 * standardised * standardised - Math.log(sigma) - HALF_LOG_TWO_PI;
}

/**
 * log Σ_i p_i(z) N(y; mu_i(z), sigma_i²) of every row, nats, in logs throughout: a density underflows beyond 38 standard
 * deviations, an outlier's logarithm does not. An expert whose gate probability underflowed to 0 contributes nothing.
 *
 * @param actual  n targets in original units
 * @param sigmas  k, original units
 */
export const mixtureLogDensity = (
  actual: Float64Array,
  predicted: Predicted,
  sigmas: readonly number[],
): Float64Array<ArrayBuffer> => finish(logDensityInSteps(actual, predicted, sigmas));

/** The same in turns. */
export function* logDensityInSteps(
  actual: Float64Array,
  predicted: Predicted,
  sigmas: readonly number[],
): Steps<Float64Array<ArrayBuffer>> {
  const k = sigmas.length;
  const { gates, means } = predicted;
  const result = new Float64Array(actual.length);
  const terms = new Float64Array(k);
  const density = (i: number): number => {
    let largest = Number.NEGATIVE_INFINITY;
    for (let e = 0; e < k; e++) {
      terms[e] = Math.log(gates[i * k + e]) + normalLogDensity(actual[i], means[i * k + e], sigmas[e]);
      if (terms[e] > largest) largest = terms[e];
    }
    let sum = 0;
    for (let e = 0; e < k; e++) sum += Math.exp(terms[e] - largest);
    return largest + Math.log(sum);
  };
  yield* inBlocks(actual.length, 10 * k, (from, to) => {
    for (let i = from; i < to; i++) result[i] = density(i);
  });
  return result;
}
