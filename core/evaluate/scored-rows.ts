import { inTargetUnits, predictFitted, type ModelPrediction, type PredictingModel } from '../model/fitted';
import type { Rows } from '../model/problem';
import { columnWindows, type RowWindow, targetWindows, weightsOf, windows } from '../model/row-windows';
import { addLogSlopes, transformedTargets } from '../model/target-transform';
import { inBlocks, type Steps } from '../turns';
import { type Errors, errorsOf } from './intervals';
import { logDensityInSteps } from './log-density';
import { metricSums } from './metrics';
import type { Scored } from './part';
import type { Metrics } from './types';

/** Rows in original units: x the d encoded features, y the targets of the file. */
export interface OriginalRows {
  readonly rows: Rows;
  readonly d: number;
}

/** What a predictor says of some rows. */
export type Outlook = Pick<Scored, 'prediction' | 'logDensity'>;

/** Something that predicts rows, each by itself: a window at a time gives the same digits as all at once. */
export interface Predictor {
  /** Whether it looks at the features: x of its windows is empty where not. */
  readonly looks: boolean;
  of(window: RowWindow): Steps<Outlook>;
}

/** How well one part was predicted. */
export interface ScoredPart {
  readonly metrics: Metrics;
  readonly errors: Errors;
}

/**
 * Predicts all rows, wherever they are, and sums up. Of many rows one number each is held, the error, and only until its interval is
 * known. In turns.
 *
 * @param trainMean  see metricsOf
 */
export function* scoreRows({ rows, d }: OriginalRows, predictor: Predictor, trainMean: number): Steps<ScoredPart> {
  const absolute = new Float64Array(rows.n);
  const sums = metricSums(trainMean);
  for (const window of predictor.looks ? windows(rows, d) : targetWindows(rows, d)) {
    const { first, to, y, weights } = window;
    const { prediction, logDensity } = yield* predictor.of(window);
    const scored = { actual: y, prediction, logDensity, weights };
    yield* inBlocks(to - first, 5, (from, end) => {
      sums.add(scored, from, end);
      for (let i = from; i < end; i++) absolute[first + i] = Math.abs(y[i] - prediction[i]);
    });
  }
  return { metrics: sums.metrics(), errors: errorsOf(absolute, weightsOf(rows, d)) };
}

/** The weighted mean of the targets. */
export function targetMean({ rows, d }: OriginalRows): number {
  let [sum, total] = [0, 0];
  for (const { first, to, values, weights } of columnWindows(rows, d, d))
    for (let i = 0; i < to - first; i++) {
      const w = weights === null ? 1 : weights[i];
      sum += w * values[i];
      total += w;
    }
  return sum / total;
}

/** A fitted model as it predicts rows of encoded features. */
export const modelPredictor = (model: PredictingModel): Predictor => ({
  looks: true,
  *of({ first, to, x, y }) {
    const { targetTransform: transform } = model;
    const count = to - first;
    const actual = y.subarray(0, count);
    const fitted = yield* predictFitted(model, x.subarray(0, count * model.columns.length));
    const asFitted = transform ? yield* transformedTargets(transform, actual) : actual;
    const { prediction } = yield* inTargetUnits(model, fitted);
    return { prediction, logDensity: yield* densities(model, { actual, asFitted }, fitted) };
  },
});

/** The same of rows that are all there and predicted already. */
export const predictedAlready = (outlook: Outlook): Predictor => ({
  looks: false,
  // eslint-disable-next-line require-yield -- nothing is left to do
  *of() {
    return outlook;
  },
});

/**
 * Log density of each target, nats, in its own units. In turns.
 *
 * @param fitted  what the model says of the targets as they were fitted
 */
export function* densities(
  { targetTransform, experts }: Pick<PredictingModel, 'targetTransform' | 'experts'>,
  { actual, asFitted }: { readonly actual: Float64Array; readonly asFitted: Float64Array },
  fitted: ModelPrediction,
): Steps<Float64Array> {
  const sigmas = experts.map(({ sigma }) => sigma);
  const density = yield* logDensityInSteps(asFitted, fitted, sigmas);
  if (targetTransform) yield* addLogSlopes(targetTransform, actual, density);
  return density;
}
