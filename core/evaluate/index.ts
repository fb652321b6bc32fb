import type { ModelFile } from '../model/model-file';
import type { Random } from '../random';
import { meanBaseline, olsBaseline } from './baselines';
import { checksAfter } from './checks/after';
import type { ColumnLabels } from './expert-sentence';
import { summariseExperts } from './experts';
import { errorIntervals } from './intervals';
import { mixtureLogDensity } from './log-density';
import { metricsOf, weightedMean } from './metrics';
import type { Part, Predicted, Scored } from './part';
import type { EncodedColumn } from './ranges';
import type { Check, ExpertSummary, IntervalsReport, MetricsReport } from './types';

/** Rows with what the model predicts for them. */
export interface EvaluatedPart {
  readonly part: Part;
  readonly predicted: Predicted;
}

export interface EvaluationInput {
  readonly model: Pick<ModelFile, 'columns' | 'experts' | 'gates' | 'output' | 'target' | 'features'>;
  readonly train: EvaluatedPart;
  readonly test: EvaluatedPart | null;
  readonly encoded: readonly EncodedColumn[];
  readonly labels: ColumnLabels;
  /** Whether the fit had constants: the straight line it is compared with has one exactly then. */
  readonly intercept: boolean;
  /** Smallest standard deviation a baseline may claim, original units. */
  readonly sigmaFloor: number;
}

export interface Evaluation {
  readonly metrics: MetricsReport;
  readonly intervals: IntervalsReport;
  readonly experts: ExpertSummary[];
  /** What the fitted mixture says about itself. */
  readonly checks: Check[];
}

/** Everything the application says about a fitted model, from its exported numbers and the rows alone. */
export function evaluate(input: EvaluationInput, stream: Random): Evaluation {
  const { model, train, test, encoded, labels, intercept, sigmaFloor } = input;
  const trainMean = weightedMean(train.part.actual, train.part.weights);
  const sigmas = model.experts.map(({ sigma }) => sigma);
  const scored = ({ part, predicted }: EvaluatedPart): Scored => ({
    actual: part.actual,
    prediction: predicted.prediction,
    logDensity: mixtureLogDensity(part.actual, predicted, sigmas),
    weights: part.weights,
  });
  const predictors = {
    model: { train: scored(train), test: test && scored(test) },
    mean: meanBaseline(train.part, test && test.part, sigmaFloor),
    ols: olsBaseline(train.part, test && test.part, encoded.length, intercept, sigmaFloor),
  };
  const measure = (both: { train: Scored; test: Scored | null }) => ({
    train: metricsOf(both.train, trainMean),
    test: both.test && metricsOf(both.test, trainMean),
  });
  const experts = summariseExperts(model, train, test, encoded, labels);
  const letters = experts.map(({ letter }) => letter);
  return {
    metrics: {
      ...measure(predictors.model),
      baselines: { mean: measure(predictors.mean), ols: measure(predictors.ols) },
    },
    intervals: errorIntervals(predictors, stream),
    experts,
    checks: checksAfter(train.part, train.predicted, letters, encoded.length + (intercept ? 1 : 0)),
  };
}
