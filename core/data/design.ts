import { setImmediate as breathe } from 'node:timers/promises';
import type { FitCoordinates } from '../model/fitted';
import type { ModelFile } from '../model/model-file';
import type { Problem, Rows } from '../model/problem';
import type { TargetTransform } from '../model/target-transform';
import { logSlope, type Transform } from '../model/transform';
import type { Activation, ActivationId, NoiseModel, Parameters } from '../model/spec';
import { fail, ok, type Result } from '../result';
import { inBlocks, inTurns } from '../turns';
import { checkRecipe } from './design-check';
import { targetFlags } from './flags/target-flags';
import { listed } from './names';
import type { EncodedColumn } from './prepare/encoded-columns';
import { pipelineOf } from './prepare/pipeline';
import { prepareRows, type PreparedPart } from './prepare/prepare-rows';
import { prepareTarget } from './prepare/target';
import { outsideWarnings, unseenWarnings } from './prepare/words';
import { outputScaling, tiesInSteps, type Ties } from './scale';
import { inputScaling, scaleRow, type InputScaling } from './scaling/inputs';
import { columnMoments, momentsInSteps } from './scaling/moments';
import { divideRows } from './split';
import { checkGuides, guidedRows, guideWarnings, readGuides } from './splits/guides';
import type { Table } from './table';
import type { DesignRecipe, Flow } from './types';
import { completeRows, readValues } from './values';

/** One part of the split, in original units and in the coordinates of the fit. */
export interface DesignPart extends Rows {
  /** n record numbers of the file, from 0, ascending. */
  readonly rows: Uint32Array;
  /** n × d encoded features in original units, row-major. */
  readonly z: Float64Array;
  /** n targets in the file's units, and as the experts are fitted to them: transformed where that was chosen. */
  readonly actual: Float64Array;
  readonly fitted: Float64Array;
}

/** Everything a fit and its evaluation need from the data. x and y are backed by shared memory. */
export interface Design extends FitCoordinates {
  readonly d: number;
  readonly encoded: readonly EncodedColumn[];
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
): Promise<Result<Design>> {
  const { info } = table;
  const recipeChecked = checkRecipe(info, recipe);
  if (!recipeChecked.ok) return recipeChecked;
  const { used: columns, expert, gate, filled } = recipeChecked.value;
  const guidesChecked = checkGuides(info, recipe);
  if (!guidesChecked.ok) return guidesChecked;

  const values = await readValues(table, [...columns, { column: recipe.target, kind: 'numeric' }]);
  const complete = await completeRows(values, info.rows, filled);
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
  const targets = values.get(recipe.target) as Float64Array;
  const weightsOf = (rows: Uint32Array) => guides.weights && Float64Array.from(rows, (row) => guides.weights![row]);
  const learnt = weightsOf(parts.value.train);
  const target = await prepareTarget(recipe, targets, parts.value.train, parts.value.test, learnt);
  if (!target.ok) return target;
  const prepared = await prepareRows(columns, recipe, values, parts.value.train, target.value.test, learnt);
  if (!prepared.ok) return prepared;
  const { features, encoded, train, test } = prepared.value;
  const d = encoded.length;

  const actual = Float64Array.from(train.rows, (row) => targets[row]);
  if (actual.every((y) => y === actual[0])) return constantTarget(recipe.target, actual[0]);
  const fitted = await target.value.fitted(actual);
  const expertColumns = Uint8Array.from(encoded, ({ column }) => (expert.has(column) ? 1 : 0));
  await breathe();
  const weights = weightsOf(train.rows);
  const moments = await inTurns(momentsInSteps(train.z, train.rows.length, d, weights));
  const gateColumns = Uint8Array.from(encoded, ({ column }) => (gate.has(column) ? 1 : 0));
  // Columns that only the experts or only the gate may use are not mixed with others.
  const classes = expertColumns.map((flag, j) => flag + 2 * gateColumns[j]);
  const scaled = await inTurns(
    inputScaling({ z: train.z, n: train.rows.length, weights, moments, encoded, classes }, recipe),
  );
  if (!scaled.ok) return scaled;
  const scaling = scaled.value;
  const { centers, scales, factor } = scaling;
  const output = outputScaling(fitted, activation, recipe, weights);
  await breathe();
  const spread = (values: Float64Array) => columnMoments(values, values.length, 1, weights).sds[0];
  const part = async ({ rows, z }: PreparedPart) => {
    const own = Float64Array.from(rows, (row) => targets[row]);
    const targetsAsFitted = await target.value.fitted(own);
    return scaledPart({ rows, z, actual: own, fitted: targetsAsFitted, weights: weightsOf(rows) }, scaling, output);
  };
  const trainPart = await part(train);
  const { transform } = target.value;
  const ties = await inTurns(tiesInSteps(actual, weights));
  const leaking = await inTurns(
    targetFlags({ name: recipe.target, target: actual, z: train.z, encoded, tied: ties.share }),
  );
  const outside = [...target.value.outside, ...prepared.value.outside];
  return ok({
    d,
    encoded,
    columns: encoded.map(({ name }, j) => ({ name, center: centers[j], scale: scales[j] })),
    factor,
    output,
    targetTransform: transform,
    logSlopes: transform && logSlopes(transform, trainPart),
    train: trainPart,
    test: test.rows.length ? await part(test) : null,
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
        ...prepared.value.warnings,
        ...outsideWarnings(outside),
        ...guided.warnings,
        ...guideWarnings(recipe),
        ...leaking,
        ...parts.value.warnings,
        ...scaling.warnings,
        ...unseenWarnings(prepared.value.unseen),
      ]),
    },
  });
}

/** A column that orders the rows and is a feature is told of by both. */
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
  const rows = ({ n, x, y, weights }: DesignPart): Rows => ({ n, x, y, weights });
  const { d, intercept, expertColumns, gateColumns, gateScale, sigmaFloor, output, logSlopes } = design;
  return {
    ...settings,
    d,
    train: rows(design.train),
    test: design.test && rows(design.test),
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

async function scaledPart(
  { rows, z, actual, fitted, weights }: Pick<DesignPart, 'rows' | 'z' | 'actual' | 'fitted' | 'weights'>,
  scaling: InputScaling,
  output: { offset: number; scale: number },
): Promise<DesignPart> {
  const n = rows.length;
  const d = scaling.centers.length;
  const x = shared(n * d);
  const y = shared(n);
  const width = scaling.factor === null ? 2 * d : d * d;
  const scale = inBlocks(n, width, (from, to) => {
    for (let i = from; i < to; i++) {
      scaleRow(z, i * d, scaling, x);
      y[i] = (fitted[i] - output.offset) / output.scale;
    }
  });
  await inTurns(scale);
  const shares = weights && shared(n);
  if (weights) shares?.set(weights);
  return { n, x, y, weights: shares, rows, z, actual, fitted };
}

const shared = (length: number) => new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT));

/** The weighted sum of log |dt/dy| over some rows: see `Problem.logSlopes`. */
function logSlopes(transform: Transform, { actual, weights }: DesignPart): number {
  let sum = 0;
  for (let i = 0; i < actual.length; i++) sum += (weights === null ? 1 : weights[i]) * logSlope(transform, actual[i]);
  return sum;
}
