import { setImmediate as breathe } from 'node:timers/promises';
import type { FitCoordinates } from '../model/fitted';
import type { ModelFile } from '../model/model-file';
import type { Problem, Rows } from '../model/problem';
import type { TargetTransform } from '../model/target-transform';
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
import { targetFacts } from './prepare/target-facts';
import { outsideWarnings, unseenWarnings } from './prepare/words';
import { outputScaling, tiesInSteps, type Ties } from './scale';
import { inputScaling } from './scaling/inputs';
import { rowMoments } from './scaling/moments';
import { valuesAt } from './records';
import { memoryStore, type DesignPart, type RowStore } from './row-store';
import { divideRows, type Parts } from './split';
import { checkGuides, guidedRows, guideWarnings, readGuides } from './splits/guides';
import type { Table } from './table';
import type { DesignRecipe, Flow } from './types';
import { columnsOf, completeRows, type ReadColumn, type UsedColumn } from './values';

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
  const divided = await divideRecords(table, recipe, [...columns, goal], filled, read);
  if (!divided.ok) return divided;
  const { parts, weights, droppedBy } = divided.value;
  const targets = async () => (await read(goal)) as Float64Array;
  const learnt = weights && valuesAt(weights, parts.train);
  const target = await prepareTarget(recipe, targets, parts.train, parts.test, learnt);
  if (!target.ok) return target;
  const { transform } = target.value;
  const encoder = store.encoder(parts.train, target.value.test, { targets, weights });
  const prepared = await prepareRows(columns, recipe, read, { rows: parts.train, weights: learnt }, encoder);
  if (!prepared.ok) return prepared;
  const { features, encoded, train, test } = prepared.value;
  const d = encoded.length;

  const { actual, fitted, logSlopes } = await inTurns(targetFacts(train.original, d, transform));
  if (actual.low === actual.high) return constantTarget(recipe.target, actual.low);
  const expertColumns = Uint8Array.from(encoded, ({ column }) => (expert.has(column) ? 1 : 0));
  await breathe();
  const moments = await inTurns(rowMoments(train.original, d));
  const gateColumns = Uint8Array.from(encoded, ({ column }) => (gate.has(column) ? 1 : 0));
  // Columns that only the experts or only the gate may use are not mixed with others.
  const classes = expertColumns.map((flag, j) => flag + 2 * gateColumns[j]);
  const scaled = await inTurns(inputScaling({ rows: train.original, moments, encoded, classes }, recipe));
  if (!scaled.ok) return scaled;
  const scaling = scaled.value;
  const { centers, scales, factor } = scaling;
  const output = outputScaling(fitted, activation, recipe);
  await breathe();
  const how = { inputs: scaling, output, transform };
  const trainPart = await store.scaled(train, how);
  const hasTest = test.rows.length > 0;
  const testPart = hasTest ? await store.scaled(test, how) : null;
  const { shown } = trainPart;
  const ties = await inTurns(tiesInSteps(train.original, d));
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
    logSlopes,
    rows: { train: trainPart.rows, test: testPart && testPart.rows },
    original: { train: train.original, test: hasTest ? test.original : null },
    train: shown,
    test: testPart && testPart.shown,
    intercept: recipe.intercept,
    expertColumns,
    gateColumns,
    gateScale: moments.sds.map((sd, j) => sd / scales[j]),
    columnSds: moments.sds,
    targetSd: actual.sd,
    ties,
    sigmaFloor: (SIGMA_FLOOR * fitted.sd) / output.scale,
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
      ...(parts.note !== null && { split: parts.note }),
      warnings: distinct([
        ...flagged.map(({ sentence }) => sentence),
        ...prepared.value.warnings,
        ...outsideWarnings(outside),
        ...divided.value.warnings,
        ...parts.warnings,
        ...scaling.warnings,
        ...unseenWarnings(prepared.value.unseen),
      ]),
      ...(flagged.length > 0 && { flagged }),
    },
  });
}

/** The records that are used, in two parts. */
interface Divided {
  readonly parts: Parts;
  /** One a record of the table; null where every row counts once. */
  readonly weights: Float64Array | null;
  readonly droppedBy: Flow['droppedBy'];
  readonly warnings: readonly string[];
}

/** A step of its own: what is read to divide the rows by is let go after it. */
async function divideRecords(
  table: Table,
  recipe: DesignRecipe,
  columns: readonly UsedColumn[],
  filled: ReadonlySet<string>,
  read: ReadColumn,
): Promise<Result<Divided>> {
  const { rows } = table.info;
  const complete = await completeRows(columns, read, rows, filled);
  const guides = await readGuides(table, recipe);
  const guided = await guidedRows(complete.rows, recipe, guides);
  const droppedBy = blamed([...complete.missing, ...guided.missing]);
  if (guided.rows.length === 0)
    return fail(
      'design/no-complete-rows',
      `No row has a value in every chosen column: leave out ${listed(droppedBy.slice(0, 2).map(({ column }) => column))}.`,
    );
  await breathe();
  const parts = await inTurns(divideRows(guided.rows, recipe.split, rows, guides.split));
  if (!parts.ok) return parts;
  return ok({ parts: parts.value, weights: guides.weights, droppedBy, warnings: guided.warnings });
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
