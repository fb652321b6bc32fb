import { setImmediate as breathe } from 'node:timers/promises';
import type { FitCoordinates } from '../model/fitted';
import type { ModelFile } from '../model/model-file';
import type { Problem, Rows } from '../model/problem';
import type { Activation, ActivationId, NoiseModel, Parameters } from '../model/spec';
import { fail, ok, type Result } from '../result';
import { inBlocks, inTurns } from '../turns';
import { checkRecipe } from './design-check';
import {
  completeRows,
  encodedColumns,
  encodeRows,
  learnFeature,
  readValues,
  unseenWarnings,
  type EncodedColumn,
  type Feature,
} from './encode';
import { listed } from './names';
import { columnMoments, inputScaling, momentsInSteps, outputScaling, tiesOf, type Ties } from './scale';
import { divideRows } from './split';
import { checkGuides, guidedRows, guideWarnings, readGuides } from './splits/guides';
import type { Table } from './table';
import type { DesignRecipe, Flow } from './types';

/** One part of the split, in original units and in the coordinates of the fit. */
export interface DesignPart extends Rows {
  /** n record numbers of the file, from 0, ascending. */
  readonly rows: Uint32Array;
  /** n × d encoded features in original units, row-major. */
  readonly z: Float64Array;
  /** n targets in original units. */
  readonly actual: Float64Array;
}

/** Everything a fit and its evaluation need from the data. x and y are backed by shared memory. */
export interface Design extends FitCoordinates {
  readonly d: number;
  readonly encoded: readonly EncodedColumn[];
  readonly train: DesignPart;
  readonly test: DesignPart | null;
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
const SIGMA_FLOOR = 1e-3;
/** Larger matrices than 2 GB are refused with a sentence rather than met by an allocation that fails. */
const LARGEST_MATRIX = 2 ** 28;

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
  const { used: columns, expert, gate } = recipeChecked.value;
  const guidesChecked = checkGuides(info, recipe);
  if (!guidesChecked.ok) return guidesChecked;

  const values = await readValues(table, [...columns, { column: recipe.target, kind: 'numeric' }]);
  const complete = await completeRows(values, info.rows);
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
  const { train, test } = parts.value;

  const learned: (Feature | null)[] = [];
  for (const { column } of columns) {
    await breathe();
    learned.push(learnFeature(column, values.get(column)!, train));
  }
  const features = learned.filter((feature): feature is Feature => feature !== null);
  const constant = columns.filter((_, i) => learned[i] === null).map(({ column }) => column);
  const encoded = encodedColumns(features);
  const d = encoded.length;
  if (d === 0)
    return fail(
      'design/no-features',
      `${listed(constant)} ${constant.length === 1 ? 'is' : 'are'} the same in every training row: choose features that vary.`,
    );
  if (usable.length * d > LARGEST_MATRIX)
    return fail(
      'design/too-large',
      `${usable.length.toLocaleString('en')} rows by ${d.toLocaleString('en')} encoded columns are more than fit into memory: leave out categories with many values.`,
    );

  const target = values.get(recipe.target) as Float64Array;
  const actual = Float64Array.from(train, (row) => target[row]);
  if (actual.every((y) => y === actual[0])) return constantTarget(recipe.target, actual[0]);
  const expertColumns = Uint8Array.from(encoded, ({ column }) => (expert.has(column) ? 1 : 0));

  const trainEncoded = await encodeRows(features, values, train);
  const testEncoded = await encodeRows(features, values, test);
  await breathe();
  const moments = await inTurns(momentsInSteps(trainEncoded.z, train.length, d));
  const { centers, scales } = inputScaling(moments, recipe);
  const output = outputScaling(actual, activation, recipe);
  await breathe();
  const targetSd = columnMoments(actual, actual.length, 1).sds[0];
  const part = (rows: Uint32Array, z: Float64Array) =>
    scaledPart(
      rows,
      z,
      Float64Array.from(rows, (row) => target[row]),
      centers,
      scales,
      output,
    );
  return ok({
    d,
    encoded,
    columns: encoded.map(({ name }, j) => ({ name, center: centers[j], scale: scales[j] })),
    output,
    train: await part(train, trainEncoded.z),
    test: test.length ? await part(test, testEncoded.z) : null,
    intercept: recipe.intercept,
    expertColumns,
    gateColumns: Uint8Array.from(encoded, ({ column }) => (gate.has(column) ? 1 : 0)),
    gateScale: moments.sds.map((sd, j) => sd / scales[j]),
    columnSds: moments.sds,
    targetSd,
    ties: tiesOf(actual),
    sigmaFloor: (SIGMA_FLOOR * targetSd) / output.scale,
    features,
    pipeline: pipelineOf(features),
    flow: {
      read: info.rows,
      rejected: info.rejected.count,
      dropped: info.rows - usable.length,
      droppedBy,
      used: usable.length,
      train: train.length,
      test: test.length,
      columns: features.length,
      encoded: encoded.map((column) => ({ ...column })),
      ...(parts.value.note !== null && { split: parts.value.note }),
      warnings: [
        ...(constant.length
          ? [`${listed(constant)} ${constant.length === 1 ? 'is' : 'are'} the same in every training row and left out.`]
          : []),
        ...guided.warnings,
        ...guideWarnings(recipe),
        ...parts.value.warnings,
        ...unseenWarnings(testEncoded.unseen),
      ],
    },
  });
}

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
  const { d, intercept, expertColumns, gateColumns, gateScale, sigmaFloor, output } = design;
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
  };
}

const constantTarget = (target: string, value: number) =>
  fail(
    'design/constant-target',
    `The target "${target}" is ${value} in every training row, so there is nothing to predict: choose another target.`,
  );

async function scaledPart(
  rows: Uint32Array,
  z: Float64Array,
  actual: Float64Array,
  centers: Float64Array,
  scales: Float64Array,
  output: { offset: number; scale: number },
): Promise<DesignPart> {
  const n = rows.length;
  const d = centers.length;
  const x = shared(n * d);
  const y = shared(n);
  const scale = inBlocks(n, 2 * d, (from, to) => {
    for (let i = from; i < to; i++) {
      for (let j = 0; j < d; j++) x[i * d + j] = (z[i * d + j] - centers[j]) / scales[j];
      y[i] = (actual[i] - output.offset) / output.scale;
    }
  });
  await inTurns(scale);
  return { n, x, y, weights: null, rows, z, actual };
}

const shared = (length: number) => new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT));

const pipelineOf = (features: readonly Feature[]): ModelFile['pipeline'] => [
  { step: 'drop-missing', columns: features.map(({ column }) => column) },
  ...features.flatMap((feature) =>
    feature.kind === 'categorical'
      ? [{ step: 'one-hot' as const, column: feature.column, levels: feature.levels, reference: feature.reference }]
      : [],
  ),
];
