import { SIGMA_FLOOR, type Design, type DesignPart } from '../data/design';
import { meanBaseline, olsBaseline } from '../evaluate/baselines';
import type { Errors } from '../evaluate/intervals';
import {
  densities,
  modelPredictor,
  predictedAlready,
  type Predictor,
  scoreRows,
  type ScoredPart,
  targetMean,
} from '../evaluate/scored-rows';
import type { MetricsReport } from '../evaluate/types';
import type { ModelPrediction, PredictingModel } from '../model/fitted';
import { isInMemory } from '../model/row-windows';
import type { Steps } from '../turns';

/** The rows of one part that are at hand, with what the model says of them. */
export interface Predicting {
  readonly part: DesignPart;
  readonly predicted: ModelPrediction;
  /** The same of the target as the experts are fitted to it: what their lines and sigmas are about. */
  readonly asFitted: { readonly part: DesignPart; readonly predicted: ModelPrediction };
}

/** How well a predictor does on both parts. */
export interface Scores {
  readonly train: ScoredPart;
  readonly test: ScoredPart | null;
}
export type AllScores = Readonly<Record<'model' | 'mean' | 'ols', Scores>>;

/** Of all rows, one predictor after the other. Held-out R² is against the training mean: a model may not be praised for rows that happen to lie elsewhere. */
export function* scoresOf(
  model: PredictingModel,
  train: Predicting,
  test: Predicting | null,
  { original, d, targetSd, intercept }: Design,
): Steps<AllScores> {
  const rows = { train: { rows: original.train, d }, test: original.test && { rows: original.test, d } };
  const sigmaFloor = SIGMA_FLOOR * targetSd;
  const trainMean = targetMean(rows.train);
  function* both(own: Predictor, held: Predictor = own): Steps<Scores> {
    return {
      train: yield* scoreRows(rows.train, own, trainMean),
      test: rows.test && (yield* scoreRows(rows.test, held, trainMean)),
    };
  }
  const known = isInMemory(original.train);
  const here = known ? yield* knownPredictor(model, train) : modelPredictor(model);
  return {
    model: yield* both(here, known && test ? yield* knownPredictor(model, test) : here),
    mean: yield* both(yield* meanBaseline(rows.train, sigmaFloor)),
    ols: yield* both(yield* olsBaseline(rows.train, intercept, sigmaFloor)),
  };
}

/** Where all rows are at hand they are predicted already. */
function* knownPredictor(model: PredictingModel, { part, predicted, asFitted }: Predicting): Steps<Predictor> {
  const targets = { actual: part.actual, asFitted: part.fitted };
  const logDensity = yield* densities(model, targets, asFitted.predicted);
  return predictedAlready({ prediction: predicted.prediction, logDensity });
}

export function metricsReport({ model, mean, ols }: AllScores): MetricsReport {
  const both = ({ train, test }: Scores) => ({ train: train.metrics, test: test && test.metrics });
  return { ...both(model), baselines: { mean: both(mean), ols: both(ols) } };
}

export function errorsIn({ model, mean, ols }: AllScores) {
  const both = ({ train, test }: Scores): { train: Errors; test: Errors | null } => ({
    train: train.errors,
    test: test && test.errors,
  });
  return { model: both(model), mean: both(mean), ols: both(ols) };
}
