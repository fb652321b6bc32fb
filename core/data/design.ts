import { setImmediate as breathe } from 'node:timers/promises';
import type { FitCoordinates } from '../model/fitted';
import type { ModelFile } from '../model/model-file';
import type { Problem, Rows } from '../model/problem';
import type { TargetTransform } from '../model/target-transform';
import { logSlope, type Transform } from '../model/transform';
import type { Activation, ActivationId, NoiseModel, Parameters } from '../model/spec';
import { fail, ok, type Result } from '../result';
import { inTurns } from '../turns';
import { checkRecipe } from './design-check';
import { targetFlags } from './flags/target-flags';
import { listed } from './names';
import type { EncodedColumn } from './prepare/encoded-columns';
import { pipelineOf } from './prepare/pipeline';
import { prepareRows } from './prepare/prepare-rows';
import { prepareTarget } from './prepare/target';
import { outsideWarnings, unseenWarnings } from './prepare/words';
import { outputScaling, tiesInSteps, type Ties } from './scale';
import { inputScaling } from './scaling/inputs';
import { columnMoments, rowMoments } from './scaling/moments';
import { memoryStore, type DesignPart, type RowStore } from './row-store';
import { divideRows } from './split';
import { checkGuides, guidedRows, guideWarnings, readGuides } from './splits/guides';
import type { Table } from './table';
import type { DesignRecipe, Flow } from './types';
import { columnsOf, completeRows } from './values';

export type { DesignPart } from './row-store';

/** The rows of both parts of the split. */
export interface BothRows {
  readonly train: Rows;
  readonly test: Rows | null;
}

/** Everything a fit and its evaluation need from the data. */
export interface Design extends FitCoordinates {
  readonly d: number;
  readonly encoded: readonly EncodedColumn[];
  /** What a fit passes over, and the same rows in original units: x the encoded features, y the targets of the file. */
  readonly rows: BothRows;
  readonly original: BothRows;
  /** The rows that are at hand: all of them, or a sample where they are in files. */
  readonly train: DesignPart;
  readonly test: DesignPart | null;
  /** What the fitted target is a transform of; null for the target itself. */
  readonly targetTransform: TargetTransform | null;
  /** See `Problem.logSlopes`; null without a transform. */
  readonly logSlopes: number | null;
  readonly intercept: boolean;
  /** d flags: which columns the experts (the gate) may use. */
  readonly expertColumns: Uint8Array;
  readonly gateColumns: Uint8Array;
  /** d: training standard deviations in fit coordinates. */
  readonly gateScale: Float64Array;
  /** Training standard deviations of the columns (d) and of the target, original units. */
  readonly columnSds: Float64Array;
  readonly targetSd: number;
  /** Whether the training targets repeat values: what the noise model depends on. */
  readonly ties: Ties;
  /** Smallest sigma allowed, in fit coordinates. */
  readonly sigmaFloor: number;
  /** For model.json. */
  readonly features: ModelFile['features'];
  readonly pipeline: ModelFile['pipeline'];
  readonly flow: Flow;
}

/** sigma never falls below this share of sd(y): below it a component explains ties or single rows, not noise. */
export const SIGMA_FLOOR = 1e-3;

/**
 * From a table to numbers: incomplete rows dropped, the rest split, categories encoded and columns scaled by what the training
 * rows say and nothing else.
 */
export async function buildDesign(
  table: Table,
  recipe: DesignRecipe,
  activation: ActivationId,
  store: RowStore = memoryStore,
): Promise<Result<Design>> {
  const { info } = table;
  const recipeChecked = checkRecipe(info, recipe);
  if (!recipeChecked.ok) return recipeChecked;
  const { used: columns, expert, gate, filled } = recipeChecked.value;
  const guidesChecked = checkGuides(info, recipe);
  if (!guidesChecked.ok) return guidesChecked;

  const goal = { column: recipe.target, kind: 'numeric' } as const;
  const read = store.reading(columnsOf(table));
  const complete = await completeRows([...columns, goal], read, info.rows, filled);
  const guides = await readGuides(table, recipe);
  const guided = await guidedRows(complete.rows, recipe, guides);
  const usable = guided.rows;
  const droppedBy = blamed([...complete.missing, ...guided.missing]);
  if (usable.length === 0)
    return fail(
      'design/no-complete-rows',
      `No row has a value in every chosen column: leave out ${listed(droppedBy.slice(0, 2).map(({ column }) => column))}.`,
    );
  await breathe();
  const parts = await inTurns(divideRows(usable, recipe.split, info.rows, guides.split));
  if (!parts.ok) return parts;
  const targets = (await read(goal)) as Float64Array;
  const targetsOf = (rows: Uint32Array) => Float64Array.from(rows, (row) => targets[row]);
  const weightsOf = (rows: Uint32Array) => guides.weights && Float64Array.from(rows, (row) => guides.weights![row]);
  const learnt = weightsOf(parts.value.train);
  const target = await prepareTarget(recipe, targets, parts.value.train, parts.value.test, learnt);
  if (!target.ok) return target;
  const records = (rows: Uint32Array) => ({ rows, targets: targetsOf, weights: weightsOf });
  const encoder = store.encoder(records(parts.value.train), records(target.value.test));
  const prepared = await prepareRows(columns, recipe, read, { rows: parts.value.train, weights: learnt }, encoder);
  if (!prepared.ok) return prepared;
  const { features, encoded, train, test } = prepared.value;
  const d = encoded.length;

  const actual = targetsOf(train.rows);
  if (actual.every((y) => y === actual[0])) return constantTarget(recipe.target, actual[0]);
  const fitted = await target.value.fitted(actual);
  const expertColumns = Uint8Array.from(encoded, ({ column }) => (expert.has(column) ? 1 : 0));
  await breathe();
  const weights = weightsOf(train.rows);
  const moments = await inTurns(rowMoments(train.original, d));
  const gateColumns = Uint8Array.from(encoded, ({ column }) => (gate.has(column) ? 1 : 0));
  // Columns that only the experts or only the gate may use are not mixed with others.
  const classes = expertColumns.map((flag, j) => flag + 2 * gateColumns[j]);
  const scaled = await inTurns(inputScaling({ rows: train.original, moments, encoded, classes }, recipe));
  if (!scaled.ok) return scaled;
  const scaling = scaled.value;
  const { centers, scales, factor } = scaling;
  const output = outputScaling(fitted, activation, recipe, weights);
  await breathe();
  const spread = (values: Float64Array) => columnMoments(values, values.length, 1, weights).sds[0];
  const trainPart = await store.scaled(train, { inputs: scaling, output, fitted });
  const hasTest = test.rows.length > 0;
  const testPart = hasTest
    ? await store.scaled(test, {
        inputs: scaling,
        output,
        fitted: await target.value.fitted(targetsOf(test.rows)),
      })
    : null;
  const { shown } = trainPart;
  const { transform } = target.value;
  const ties = await inTurns(tiesInSteps(actual, weights));
  const leaking = await inTurns(
    targetFlags({ name: recipe.target, target: shown.actual, z: shown.z, encoded, tied: ties.share }),
  );
  const outside = [...target.value.outside, ...prepared.value.outside];
  const flagged = [...prepared.value.flagged, ...guideWarnings(recipe), ...leaking];
  return ok({
    d,
    encoded,
    columns: encoded.map(({ name }, j) => ({ name, center: centers[j], scale: scales[j] })),
    factor,
    output,
    targetTransform: transform,
    logSlopes: transform && logSlopes(transform, actual, weights),
    rows: { train: trainPart.rows, test: testPart && testPart.rows },
    original: { train: train.original, test: hasTest ? test.original : null },
    train: shown,
    test: testPart && testPart.shown,
    intercept: recipe.intercept,
    expertColumns,
    gateColumns,
    gateScale: moments.sds.map((sd, j) => sd / scales[j]),
    columnSds: moments.sds,
    targetSd: spread(actual),
    ties,
    sigmaFloor: (SIGMA_FLOOR * spread(fitted)) / output.scale,
    features,
    pipeline: pipelineOf(features),
    flow: {
      read: info.rows,
      rejected: info.rejected.count,
      dropped: info.rows - train.rows.length - test.rows.length,
      droppedBy,
      used: train.rows.length + test.rows.length,
      train: train.rows.length,
      test: test.rows.length,
      columns: features.length,
      encoded: encoded.map(({ name, column, level }) => ({ name, column, level })),
      ...prepared.value.flow,
      ...(outside.length > 0 && { outside }),
      ...(parts.value.note !== null && { split: parts.value.note }),
      warnings: distinct([
        ...flagged.map(({ sentence }) => sentence),
        ...prepared.value.warnings,
        ...outsideWarnings(outside),
        ...guided.warnings,
        ...parts.value.warnings,
        ...scaling.warnings,
        ...unseenWarnings(prepared.value.unseen),
      ]),
      ...(flagged.length > 0 && { flagged }),
    },
  });
}

/** Columns can share a sentence, and two looks at one column can tell the same. */
const distinct = (sentences: readonly string[]) => [...new Set(sentences)];

/** Columns by the rows they are to blame for, most first, each once. */
function blamed(missing: readonly (readonly [string, number])[]): Flow['droppedBy'] {
  const most = new Map<string, number>();
  for (const [column, rows] of missing) most.set(column, Math.max(rows, most.get(column) ?? 0));
  return [...most].map(([column, rows]) => ({ column, rows })).sort((a, b) => b.rows - a.rows);
}

/** What a fit adds to a design to make a problem of it. */
export interface ProblemSettings {
  readonly k: number;
  readonly activation: Activation;
  /** In fit coordinates: see `noiseModel`. */
  readonly noise: NoiseModel;
  readonly gateRidge: number;
  readonly pseudoRows: number;
  /** Whether the gate does not look at the features: mixing proportions instead of a softmax of them. */
  readonly constantGate: boolean;
  /** In fit coordinates: see `Problem.initial`. */
  readonly initial: Parameters | null;
  readonly cancel: Int32Array;
}

export function problemOf(design: Design, { constantGate, ...settings }: ProblemSettings): Problem {
  const { d, intercept, expertColumns, gateColumns, gateScale, sigmaFloor, output, logSlopes } = design;
  return {
    ...settings,
    d,
    ...design.rows,
    intercept,
    expertColumns,
    gateColumns: constantGate ? new Uint8Array(d) : gateColumns,
    gateScale,
    sigmaFloor,
    output,
    ...(logSlopes !== null && { logSlopes }),
  };
}

const constantTarget = (target: string, value: number) =>
  fail(
    'design/constant-target',
    `The target “${target}” is ${value} in every training row, so there is nothing to predict: choose another target.`,
  );

/** The weighted sum of log |dt/dy| over some rows: see `Problem.logSlopes`. */
function logSlopes(transform: Transform, actual: Float64Array, weights: Float64Array | null): number {
  let sum = 0;
  for (let i = 0; i < actual.length; i++) sum += (weights === null ? 1 : weights[i]) * logSlope(transform, actual[i]);
  return sum;
}
