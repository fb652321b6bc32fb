import { setImmediate as breathe } from 'node:timers/promises';
import { SIGMA_FLOOR, type DesignPart } from '../data/design';
import { meanBaseline, olsBaseline, type Baseline } from '../evaluate/baselines';
import { checksBefore, checksFor } from '../evaluate/checks';
import { checksAfter } from '../evaluate/checks/after';
import { exactLineNote } from '../evaluate/exact-line';
import type { ColumnLabels } from '../evaluate/expert-sentence';
import { summariseExperts } from '../evaluate/experts';
import { metricsOf, weightedMean } from '../evaluate/metrics';
import type { EvaluatedPart, Part, Scored } from '../evaluate/part';
import { predictionTable, type PredictionTable } from '../evaluate/predictions';
import { densities, originalRows, type OriginalRows, scoredRows } from '../evaluate/scored-rows';
import type { Check, MetricsReport } from '../evaluate/types';
import type { Curve, Units } from '../export';
import type { RaceResult } from '../fit/race';
import type { StartResult } from '../fit/run';
import {
  inTargetUnits,
  predictFitted,
  toOriginalUnits,
  type ModelPrediction,
  type PredictingModel,
} from '../model/fitted';
import { isInMemory } from '../model/row-windows';
import type { FitReport, RunResult } from '../protocol';
import { inTurns, type Steps } from '../turns';
import type { Afterwards } from './afterwards';
import { commandOf } from './command';
import { convergenceRate, rateCheck } from './convergence-rate';
import { modelOf } from './model-of';
import { modelSize } from './model-size';
import { pointSample } from './point-sample';
import type { PreparedFit } from './prepare';

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
  /** The same of the target as the experts are fitted to it: what their lines and sigmas are about. */
  readonly asFitted: EvaluatedPart;
  readonly scored: Scored;
}

/** What came of a race, in original units and in words. Lets others run between its parts: at many rows each takes a while. */
export async function describe(
  prepared: PreparedFit,
  race: RaceResult,
  best: StartResult,
  seconds: number,
  afterwards: Afterwards,
): Promise<FinishedFit> {
  const { design, spec, recipe, table } = prepared;
  // A run that was cancelled is partial even where the start that leads had ended: others might have overtaken it.
  const partial = Atomics.load(prepared.problem.cancel, 0) !== 0;
  const rating = begun(partial ? Promise.resolve(null) : convergenceRate(race.problem, best, afterwards.rate));
  const predicting = toOriginalUnits(best.parameters, design, prepared.problem.activation);
  const truth = {
    train: originalRows(design.original.train, design.d),
    test: design.original.test && originalRows(design.original.test, design.d),
  };
  const train = await inTurns(apply(predicting, design.train, truth.train));
  const test = design.test && truth.test && (await inTurns(apply(predicting, design.test, truth.test)));
  await breathe();
  const sigmaFloor = SIGMA_FLOOR * design.targetSd;
  const mean = meanBaseline(truth.train, truth.test, sigmaFloor);
  const ols = await inTurns(olsBaseline(truth.train, truth.test, design.d, design.intercept, sigmaFloor));
  const predictors = { model: { train: train.scored, test: test && test.scored }, mean, ols };
  const intervals = begun(afterwards.intervals(predictors, spec.seed));
  await breathe();
  const metrics = await inTurns(metricsReport(train, test, mean, ols));
  const code = partial ? ('cancelled' as const) : best.termination;
  const termination = { code, stage: best.stage, iterations: best.iterations, seconds };
  const model = modelOf(prepared, race.problem, predicting, termination, metrics);
  const experts = await summariseExperts(model, train, test, design.encoded, labelsOf(prepared));
  await breathe();
  const letters = experts.map(({ letter }) => letter);
  const checks = await inTurns(checksOf(prepared, race, best, train, predicting, letters));
  const rate = await rating;
  return {
    result: {
      recipe: { tableId: table.info.tableId, design: recipe, fit: spec, sha256: table.info.file.sha256 },
      report: {
        model,
        metrics,
        termination,
        checks: [...checks, ...(rate ? [rateCheck(rate)] : [])],
        starts: startsOf(race, spec.seed),
      },
      intervals: await intervals,
      experts,
      points: {
        train: pointSample(design.train, train.predicted, letters.length, truth.train.rows.n),
        test:
          design.test &&
          test &&
          truth.test &&
          pointSample(design.test, test.predicted, letters.length, truth.test.rows.n),
      },
      rate,
      notes: [
        ...new Set([
          ...exactLineNote(metrics),
          ...prepared.notes,
          ...race.notes,
          ...best.notes,
          ...design.flow.warnings,
        ]),
      ],
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
  };
}

/** Work that goes on meanwhile; where something else fails first, nobody will ask what became of it. */
function begun<T>(work: Promise<T>): Promise<T> {
  work.catch(() => undefined);
  return work;
}

/** @param original  all rows of the part, in original units */
function* apply(model: PredictingModel, part: DesignPart, original: OriginalRows): Steps<Predicting> {
  const fitted = yield* predictFitted(model, part.z);
  const predicted = yield* inTargetUnits(model, fitted);
  const asFitted = { part: { ...part, actual: part.fitted }, predicted: fitted };
  const { actual, weights } = part;
  const scored = isInMemory(original.rows)
    ? {
        actual,
        prediction: predicted.prediction,
        logDensity: yield* densities(model, { actual, asFitted: part.fitted }, fitted),
        weights,
      }
    : yield* scoredRows(model, original);
  return { part, predicted, asFitted, scored };
}

/** Held-out R² is against the training mean: a model may not be praised for rows that happen to lie elsewhere. */
function* metricsReport(
  train: Predicting,
  test: Predicting | null,
  mean: Baseline,
  ols: Baseline,
): Steps<MetricsReport> {
  const trainMean = weightedMean(train.scored.actual, train.scored.weights);
  function* both(predictor: Baseline) {
    yield;
    return {
      train: metricsOf(predictor.train, trainMean),
      test: predictor.test && metricsOf(predictor.test, trainMean),
    };
  }
  return {
    ...(yield* both({ train: train.scored, test: test && test.scored })),
    baselines: { mean: yield* both(mean), ols: yield* both(ols) },
  };
}

/** Lights before the fit, of the method, and of the fitted mixture. */
function* checksOf(
  { design, dataChecks, method }: PreparedFit,
  { problem }: RaceResult,
  best: StartResult,
  train: Predicting,
  model: PredictingModel,
  letters: readonly string[],
): Steps<Check[]> {
  const constantGate = problem.gateColumns.every((flag) => flag === 0);
  const size = modelSize(design, letters.length, problem.noise.kind, constantGate);
  const lineSize = size.expertColumns + (size.intercept ? 1 : 0);
  return [
    ...checksFor(checksBefore(dataChecks, design.rows.train.n, size), method),
    ...best.checks,
    ...checksFor(yield* checksAfter({ ...train.asFitted, model, letters, lineSize }), method),
  ];
}

const startsOf = ({ results }: RaceResult, seed: number): FitReport['starts'] =>
  results.map(({ start, logLikelihood, termination }) => ({
    method: start.method,
    label: start.label,
    seed,
    logLikelihood,
    termination,
  }));

export function labelsOf({ table }: Pick<PreparedFit, 'table'>): ColumnLabels {
  return new Map(table.info.columns.map(({ name, label, unit }) => [name, { label, unit }]));
}

export function unitsOf({ table }: Pick<PreparedFit, 'table'>): Units {
  return new Map(table.info.columns.map(({ name, unit }) => [name, unit]));
}
