import { setImmediate as breathe } from 'node:timers/promises';
import type { Design } from '../data/design';
import { encodeInSteps, type Feature, type Values } from '../data/encode';
import { predictModel } from '../model/fitted';
import type { ModelFile } from '../model/model-file';
import { inverse } from '../model/transform';
import type { Reply } from '../protocol';
import { quantiles } from '../quantile';
import { fail, ok, type Result } from '../result';
import { finish } from '../turns';

const POSITIONS = 161;
const RUG = 300;

/**
 * Gate probabilities along one column in the file's units, through the steps that the model takes; the other columns stay at their
 * training medians, categories at their most frequent level. A date goes along its days, or along the first of its parts. Lets others
 * run between columns.
 */
export async function gateCurve(
  design: Design,
  model: ModelFile,
  column: string,
): Promise<Result<Reply<'result/gate-curve'>>> {
  const feature = model.features.find((one) => one.column === column);
  const own = design.encoded.flatMap((entry, j) => (entry.column === column ? [j] : []));
  if (own.length === 0 || feature === undefined)
    return fail('result/unknown-column', `“${column}” is not among the features of this model.`);
  const typical = await typicalRow(design);
  const { d, encoded, train } = design;
  const { transform, level } = encoded[own[0]];
  const values = level === null ? columnOf(train.z, d, own[0], train.n).sort() : null;
  // Values as the file has them: limits were moved before a transform and stay where they are.
  if (values && transform) for (let i = 0; i < values.length; i++) values[i] = inverse(transform, values[i]);
  const { x, entries } = values ? along(feature, values) : amongLevels(feature);
  const z = new Float64Array(x.length * d);
  x.forEach((_, i) => {
    z.set(typical, i * d);
    for (const [place, j] of own.entries()) z[i * d + j] = entries(i, place) ?? typical[j];
  });
  const k = model.experts.length;
  const { gates, prediction } = predictModel(model, z);
  return ok({
    x,
    gates: Array.from({ length: k }, (_, e) => x.map((_, i) => gates[i * k + e])),
    prediction: [...prediction],
    rug: values ? thinned(values) : [],
  });
}

/** Positions along a column, and the number of each at a place among the column's own entries; null for that of a typical row. */
interface Positions {
  readonly x: (number | string)[];
  entries(position: number, place: number): number | null;
}

/** @param values  ascending, in the file's units */
function along(feature: Feature, values: Float64Array): Positions {
  const x = grid(values[0], values[values.length - 1]);
  if (feature.kind === 'date') return { x, entries: (i, place) => (place === 0 ? x[i] : null) };
  return { x, entries: encodedCells(feature, Float64Array.from(x)) };
}

/** Levels, and the lack of one where the model tells it apart. */
function amongLevels(feature: Feature): Positions {
  const { missing } = feature;
  const lack = missing.policy === 'indicator' && missing.indicator;
  if (feature.kind === 'categorical') {
    const cells = [...feature.levels, ...(lack ? [null] : [])];
    return { x: cells.map((cell) => cell ?? 'missing'), entries: encodedCells(feature, cells) };
  }
  // The column is the same wherever it has a value.
  return { x: ['has a value', 'missing'], entries: (i) => i };
}

function encodedCells(feature: Feature, cells: Values): Positions['entries'] {
  const rows = Uint32Array.from({ length: cells.length }, (_, i) => i);
  const { z } = finish(encodeInSteps([feature], new Map([[feature.column, cells]]), rows));
  const width = z.length / rows.length;
  return (position, place) => z[position * width + place];
}

const grid = (low: number, high: number) =>
  Array.from({ length: POSITIONS }, (_, i) => low + ((high - low) * i) / (POSITIONS - 1));

const thinned = (values: Float64Array) =>
  Array.from(
    { length: Math.min(RUG, values.length) },
    (_, i) => values[Math.floor((i * values.length) / Math.min(RUG, values.length))],
  );

function columnOf(z: Float64Array, d: number, j: number, n: number): Float64Array {
  const values = new Float64Array(n);
  for (let i = 0; i < n; i++) values[i] = z[i * d + j];
  return values;
}

/** Medians of numbers; of a category the most frequent level, which is its reference: all its indicators are 0. */
async function typicalRow({ d, encoded, train }: Design): Promise<Float64Array> {
  const row = new Float64Array(d);
  for (const [j, { level }] of encoded.entries()) {
    if (level !== null) continue;
    await breathe();
    [row[j]] = quantiles(columnOf(train.z, d, j, train.n), [0.5]);
  }
  return row;
}
