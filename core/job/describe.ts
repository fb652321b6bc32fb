import { meanBaseline, olsBaseline, type Baseline } from '../evaluate/baselines';
import { checksBefore, checksFor } from '../evaluate/checks';
import { checksAfter } from '../evaluate/checks/after';
import type { ColumnLabels } from '../evaluate/expert-sentence';
import { summariseExperts } from '../evaluate/experts';
import { errorIntervals } from '../evaluate/intervals';
import { mixtureLogDensity } from '../evaluate/log-density';
import { metricsOf, weightedMean } from '../evaluate/metrics';
import type { Part, Scored } from '../evaluate/part';
import { predictionTable, type PredictionTable } from '../evaluate/predictions';
import type { MetricsReport } from '../evaluate/types';
import type { Curve, Units } from '../export';
import type { RaceResult } from '../fit/race';
import type { StartResult } from '../fit/run';
import { predictModel, toOriginalUnits, type ModelPrediction, type PredictingModel } from '../model/fitted';
import type { ModelFile } from '../model/model-file';
import type { RunResult } from '../protocol';
import { random } from '../random';
import { ok, type Result } from '../result';
import { version } from '../version';
import { commandOf } from './command';
import { modelSize } from './model-size';
import { pointSample } from './point-sample';
import type { PreparedFit } from './prepare';

/** Random numbers of the intervals, apart from those of the starts and of the split. */
const INTERVAL_STREAM = 2_000_003;

/** A fit that ended with a model: what the application shows, and what only files carry. */
export interface FinishedFit {
  /** All but the id, which the page gives. */
  readonly result: Omit<RunResult, 'runId'>;
  /** Every row, in the order of the file; made when asked for, since at many rows it is large. */
  readonly predictions: () => PredictionTable;
  /** Every point of every start. */
  readonly curves: readonly Curve[];
}

interface Predicting {
  readonly part: Part;
  readonly predicted: ModelPrediction;
  readonly scored: Scored;
}

export function describe(
  prepared: PreparedFit,
  race: RaceResult,
  best: StartResult,
  seconds: number,
): Result<FinishedFit> {
  const { design, method, spec, recipe, table, noise } = prepared;
  const predicting = toOriginalUnits(best.parameters, design, spec.activation);
  const train = apply(predicting, design.train);
  const test = design.test && apply(predicting, design.test);
  const sigmaFloor = design.sigmaFloor * design.output.scale;
  const mean = meanBaseline(design.train, design.test, sigmaFloor);
  const ols = olsBaseline(design.train, design.test, design.d, design.intercept, sigmaFloor);
  const labels = labelsOf(prepared);
  // A run that was cancelled is partial even where the start that leads had ended: others might have overtaken it.
  const partial = Atomics.load(prepared.problem.cancel, 0) !== 0;
  const code = partial ? 'cancelled' : best.termination;
  const termination = { code, stage: best.stage, iterations: best.iterations, seconds };
  const metrics = metricsReport(train, test, mean, ols);
  const noiseKind = race.problem.noise.kind;
  const model: ModelFile = {
    format: 'moe-lab/model',
    version: 1,
    target: recipe.target,
    features: [...design.features],
    pipeline: [...design.pipeline],
    ...predicting,
    method: { id: method.id, options: optionsOf(prepared) },
    seed: spec.seed,
    noise: noiseKind === 'fixed' ? noise : noiseKind,
    preprocess: recipe.preprocess,
    dialect: table.info.dialect,
    data: {
      file: table.info.file.name,
      sha256: table.info.file.sha256,
      rows: table.info.rows,
      used: design.flow.used,
      train: design.train.n,
    },
    termination,
    metrics,
    createdWith: { version },
  };
  const experts = summariseExperts(model, train, test, design.encoded, labels);
  const size = modelSize(design, model.experts.length, noiseKind);
  const before = checksBefore({ train: design.train, test: design.test, encoded: design.encoded, size });
  const letters = experts.map(({ letter }) => letter);
  const lineSize = size.expertColumns + (size.intercept ? 1 : 0);
  const checks = [
    ...checksFor(before, method),
    ...best.checks,
    ...checksAfter(train.part, train.predicted, letters, lineSize),
  ];
  const starts = race.results.map(({ start, logLikelihood, termination: ending }) => ({
    method: start.method,
    label: start.label,
    seed: spec.seed,
    logLikelihood,
    termination: ending,
  }));
  const stream = random(spec.seed, INTERVAL_STREAM);
  return ok({
    result: {
      recipe: { tableId: table.info.tableId, design: recipe, fit: spec, sha256: table.info.file.sha256 },
      report: { model, metrics, termination, checks, starts },
      intervals: errorIntervals({ model: { train: train.scored, test: test && test.scored }, mean, ols }, stream),
      experts,
      points: {
        train: pointSample(design.train, train.predicted, letters.length),
        test: design.test && test && pointSample(design.test, test.predicted, letters.length),
      },
      notes: [...new Set([...prepared.notes, ...race.notes, ...best.notes, ...design.flow.warnings])],
      partial,
      command: commandOf(table.info, recipe, spec),
    },
    predictions: () =>
      predictionTable(
        [
          { split: 'train', part: design.train, predicted: train.predicted },
          ...(test ? [{ split: 'test' as const, part: test.part, predicted: test.predicted }] : []),
        ],
        letters.length,
      ),
    curves: race.results.map(({ trace }, start) => ({ start, points: trace })),
  });
}

function apply(model: PredictingModel, part: Part): Predicting {
  const predicted = predictModel(model, part.z);
  const sigmas = model.experts.map(({ sigma }) => sigma);
  const logDensity = mixtureLogDensity(part.actual, predicted, sigmas);
  return {
    part,
    predicted,
    scored: { actual: part.actual, prediction: predicted.prediction, logDensity, weights: part.weights },
  };
}

/** Held-out R² is against the training mean: a model may not be praised for rows that happen to lie elsewhere. */
function metricsReport(train: Predicting, test: Predicting | null, mean: Baseline, ols: Baseline): MetricsReport {
  const trainMean = weightedMean(train.part.actual, train.part.weights);
  const both = (predictor: Baseline) => ({
    train: metricsOf(predictor.train, trainMean),
    test: predictor.test && metricsOf(predictor.test, trainMean),
  });
  return {
    ...both({ train: train.scored, test: test && test.scored }),
    baselines: { mean: both(mean), ols: both(ols) },
  };
}

function optionsOf({ settings, recipe }: PreparedFit): ModelFile['method']['options'] {
  const { restarts, polish, maxIterations, tolerance } = settings;
  return { ...settings.options, restarts, polish, maxIterations, tolerance, output: recipe.output };
}

export function labelsOf({ table }: Pick<PreparedFit, 'table'>): ColumnLabels {
  return new Map(table.info.columns.map(({ name, label, unit }) => [name, { label, unit }]));
}

export function unitsOf({ table }: Pick<PreparedFit, 'table'>): Units {
  return new Map(table.info.columns.map(({ name, unit }) => [name, unit]));
}
