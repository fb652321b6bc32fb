import { setImmediate as breathe } from 'node:timers/promises';
import type { Design } from '../data/design';
import { quantiles } from '../quantile';
import { predictModel } from '../model/fitted';
import type { ModelFile } from '../model/model-file';
import type { Reply } from '../protocol';
import { fail, ok, type Result } from '../result';

const POSITIONS = 161;
const RUG = 300;

/**
 * Gate probabilities along one column; the other columns stay at their training medians, categories at their most frequent level.
 * Lets others run between columns.
 */
export async function gateCurve(
  design: Design,
  model: ModelFile,
  column: string,
): Promise<Result<Reply<'result/gate-curve'>>> {
  const own = design.encoded.flatMap((entry, j) => (entry.column === column ? [j] : []));
  if (own.length === 0) return fail('result/unknown-column', `"${column}" is not among the features of this model.`);
  const typical = await typicalRow(design);
  const { d, encoded, train } = design;
  const numeric = encoded[own[0]].level === null;
  const values = numeric ? columnOf(train.z, d, own[0], train.n).sort() : null;
  const x: (number | string)[] = values ? grid(values[0], values[values.length - 1]) : levelsOf(model, column);
  const z = new Float64Array(x.length * d);
  x.forEach((value, i) => {
    z.set(typical, i * d);
    for (const j of own) z[i * d + j] = typeof value === 'number' ? value : value === encoded[j].level ? 1 : 0;
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

const grid = (low: number, high: number) =>
  Array.from({ length: POSITIONS }, (_, i) => low + ((high - low) * i) / (POSITIONS - 1));

const thinned = (values: Float64Array) =>
  Array.from(
    { length: Math.min(RUG, values.length) },
    (_, i) => values[Math.floor((i * values.length) / Math.min(RUG, values.length))],
  );

function levelsOf(model: ModelFile, column: string): string[] {
  const feature = model.features.find((one) => one.column === column);
  return feature?.kind === 'categorical' ? feature.levels : [];
}

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
