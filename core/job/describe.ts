import { setImmediate as breathe } from 'node:timers/promises';
import type { DesignPart } from '../data/design';
import { checksBefore, checksFor } from '../evaluate/checks';
import { checksAfter } from '../evaluate/checks/after';
import { exactLineNote } from '../evaluate/exact-line';
import type { ColumnLabels } from '../evaluate/expert-sentence';
import { summariseExperts } from '../evaluate/experts';
import { predictionTable, type PredictionTable } from '../evaluate/predictions';
import type { Check } from '../evaluate/types';
import type { Curve, Units } from '../export';
import type { RaceResult } from '../fit/race';
import type { StartResult } from '../fit/run';
import { inTargetUnits, predictFitted, toOriginalUnits, type PredictingModel } from '../model/fitted';
import type { FitReport, RunResult } from '../protocol';
import { inTurns, type Steps } from '../turns';
import type { Afterwards } from './afterwards';
import { commandOf } from './command';
import { convergenceRate, rateCheck } from './convergence-rate';
import { modelOf } from './model-of';
import { modelSize } from './model-size';
import { pointSample } from './point-sample';
import type { PreparedFit } from './prepare';
import { errorsIn, metricsReport, type Predicting, scoresOf } from './scores';

/** A fit that ended with a model: what the application shows, and what only files carry. */
export interface FinishedFit {
  /** All but the id, which the page gives. */
  readonly result: Omit<RunResult, 'runId'>;
  /** Every row, in the order of the file; made when asked for, since at many rows it is large. */
  readonly predictions: () => PredictionTable;
  /** Every point of every start. */
  readonly curves: readonly Curve[];
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
  const train = await inTurns(apply(predicting, design.train));
  const test = design.test && (await inTurns(apply(predicting, design.test)));
  await breathe();
  const scores = await inTurns(scoresOf(predicting, train, test, design));
  const intervals = begun(afterwards.intervals(errorsIn(scores), spec.seed));
  await breathe();
  const metrics = metricsReport(scores);
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
        train: pointSample(design.train, train.predicted, letters.length, design.rows.train.n),
        test:
          design.test &&
          test &&
          pointSample(design.test, test.predicted, letters.length, design.rows.test?.n ?? design.test.n),
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

function* apply(model: PredictingModel, part: DesignPart): Steps<Predicting> {
  const fitted = yield* predictFitted(model, part.z);
  const predicted = yield* inTargetUnits(model, fitted);
  return { part, predicted, asFitted: { part: { ...part, actual: part.fitted }, predicted: fitted } };
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
