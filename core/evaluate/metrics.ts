import type { Scored } from './part';
import type { Metrics } from './types';

/** Σ w_i v_i / Σ w_i; w = 1 where there are no weights. */
export function weightedMean(values: ArrayLike<number>, weights: Float64Array | null): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    const w = weights === null ? 1 : weights[i];
    sum += w * values[i];
    total += w;
  }
  return sum / total;
}

/**
 * The error measures of one part, target in original units. A row of weight 2 counts as the row twice.
 *
 * R² is 1 − Σ w (y − ŷ)² / Σ w (y − ȳ)², with ȳ the mean of the training rows for both parts, so that a held-out R² of 0 means
 * "no better than knowing only the training mean". It is 0 by definition where every target equals ȳ: nothing to explain.
 *
 * @param trainMean  weighted mean of the training targets
 */
export function metricsOf(scored: Scored, trainMean: number): Metrics {
  const sums = metricSums(trainMean);
  sums.add(scored, 0, scored.actual.length);
  return sums.metrics();
}

/** The same of rows that come some at a time, in their order. */
export function metricSums(trainMean: number) {
  let [rows, squared, absolute, spread, logLikelihood] = [0, 0, 0, 0, 0];
  return {
    /** Rows from (included) to to (excluded). */
    add({ actual, prediction, logDensity, weights }: Scored, from: number, to: number): void {
      for (let i = from; i < to; i++) {
        const w = weights === null ? 1 : weights[i];
        const error = actual[i] - prediction[i];
        const deviation = actual[i] - trainMean;
        rows += w;
        squared += w * error * error;
        absolute += w * Math.abs(error);
        spread += w * deviation * deviation;
        // A row of weight 0 is absent, even where its density vanished.
        if (w !== 0) logLikelihood += w * logDensity[i];
      }
    },
    metrics: (): Metrics => ({
      rows,
      rmse: Math.sqrt(squared / rows),
      mae: absolute / rows,
      r2: spread === 0 ? 0 : 1 - squared / spread,
      logLikelihood: logLikelihood / rows,
    }),
  };
}
