import type { Feature } from '../model/feature';
import { forward, refusedWords } from '../model/transform';
import { inBlocks, inTurns, type Steps } from '../turns';
import { datePart, parseDate } from './prepare/dates';
import { encodedColumns, entries } from './prepare/encoded-columns';
import { limited } from './prepare/winsorise';
import type { Values } from './values';

export type { Feature } from '../model/feature';
export { encodedColumns, type EncodedColumn } from './prepare/encoded-columns';
export { isMissingAt, type Values } from './values';

/** Encoded rows, and what happened to their cells. */
export interface Encoded {
  /** rows.length × d, row-major. */
  readonly z: Float64Array;
  /** rows.length flags: 1 where a step could not take the row's value, and z is not a number. */
  readonly refused: Uint8Array;
  /** By column: rows with a level that training did not see; cells filled in; cells moved to a limit; cells of a pooled level. */
  readonly unseen: Map<string, number>;
  readonly filled: Map<string, number>;
  readonly moved: Map<string, number>;
  readonly pooled: Map<string, number>;
  /** By column: rows whose value a step could not take, and why. */
  readonly outside: Map<string, { readonly rows: number; readonly reason: string }>;
}

/**
 * Encodes records that have a value in every column that needs one; a level that training did not see is treated as the reference.
 * Lets others run.
 */
export const encodeRows = (
  features: readonly Feature[],
  values: ReadonlyMap<string, Values>,
  rows: Uint32Array,
): Promise<Encoded> => inTurns(encodeInSteps(features, values, rows));

/** The same in turns. */
export function* encodeInSteps(
  features: readonly Feature[],
  values: ReadonlyMap<string, Values>,
  rows: Uint32Array,
): Steps<Encoded> {
  const d = encodedColumns(features).length;
  const encoded: Encoded = {
    z: new Float64Array(rows.length * d),
    refused: new Uint8Array(rows.length),
    unseen: new Map(),
    filled: new Map(),
    moved: new Map(),
    pooled: new Map(),
    outside: new Map(),
  };
  let offset = 0;
  for (const feature of features) {
    const cells = values.get(feature.column)!;
    const place = { rows, d, offset };
    if (feature.kind === 'categorical')
      yield* writeLevels(encoded, feature, cells as readonly (string | null)[], place);
    else yield* writeNumbers(encoded, feature, cells, place);
    offset += entries(feature).length;
  }
  return encoded;
}

interface Place {
  readonly rows: Uint32Array;
  readonly d: number;
  /** Where the feature's entries begin in a row of z. */
  readonly offset: number;
}

type Category = Extract<Feature, { kind: 'categorical' }>;

function* writeLevels(
  { z, unseen, filled, pooled }: Encoded,
  feature: Category,
  texts: readonly (string | null)[],
  { rows, d, offset }: Place,
): Steps<void> {
  const { column, reference, missing } = feature;
  const indicators = feature.levels.filter((level) => level !== reference);
  const place = new Map(indicators.map((level, j) => [level, offset + j]));
  const pool = new Set(feature.pooled?.levels);
  const flag = missing.policy === 'indicator' && missing.indicator ? offset + indicators.length : -1;
  yield* inBlocks(rows.length, 20, (from, to) => {
    for (let i = from; i < to; i++) {
      const text = texts[rows[i]];
      let level = text;
      if (text === null) {
        level = missing.policy === 'drop-row' ? null : missing.value;
        tally(filled, column);
        if (flag >= 0) z[i * d + flag] = 1;
      } else if (pool.has(text)) {
        level = feature.pooled!.into;
        tally(pooled, column);
      }
      const j = level === null ? undefined : place.get(level);
      if (j !== undefined) z[i * d + j] = 1;
      else if (level !== reference) tally(unseen, column);
    }
  });
}

function* writeNumbers(
  { z, refused, filled, moved, outside }: Encoded,
  feature: Exclude<Feature, Category>,
  cells: Values,
  { rows, d, offset }: Place,
): Steps<void> {
  const { column, missing } = feature;
  const value = reader(feature, cells);
  const write = writer(feature);
  const limits = feature.kind === 'numeric' ? feature.winsorise : undefined;
  const width = entries(feature).length;
  const flag = missing.policy === 'indicator' && missing.indicator ? offset + width - 1 : -1;
  const last = flag >= 0 ? flag : offset + width;
  const count = { refused: 0 };
  yield* inBlocks(rows.length, feature.kind === 'date' ? 100 : 10, (from, to) => {
    for (let i = from; i < to; i++) {
      let x = value(rows[i]);
      if (Number.isNaN(x) && missing.policy !== 'drop-row') {
        x = missing.value;
        tally(filled, column);
        if (flag >= 0) z[i * d + flag] = 1;
      }
      if (limits && (x < limits.low || x > limits.high)) {
        x = limited(x, limits);
        tally(moved, column);
      }
      let fits = !Number.isNaN(x);
      for (let j = offset; j < last; j++) {
        const entry = write(x, j - offset);
        z[i * d + j] = entry;
        fits &&= Number.isFinite(entry);
      }
      if (fits) continue;
      refused[i] = 1;
      count.refused++;
    }
  });
  if (count.refused > 0) outside.set(column, { rows: count.refused, reason: reasonOf(feature) });
}

/** A column's cell as a number, by its record. */
function reader(feature: Exclude<Feature, Category>, cells: Values): (row: number) => number {
  if (feature.kind === 'numeric') return (row) => (cells as Float64Array)[row];
  return (row) => parseDate((cells as readonly (string | null)[])[row] ?? '', feature.order);
}

/** The number at a place of the feature's own entries. */
function writer(feature: Exclude<Feature, Category>): (x: number, entry: number) => number {
  if (feature.kind === 'date') {
    const { as } = feature;
    return as.kind === 'elapsed' ? (x) => x - as.origin : (x, entry) => datePart(x, as.parts[entry]);
  }
  const { transform } = feature;
  return transform ? (x) => forward(transform, x) : (x) => x;
}

/** Why a value was not taken, in words that follow "has a value of the column that". */
function reasonOf(feature: Exclude<Feature, Category>): string {
  if (feature.kind === 'date') return 'is not a date as the training rows write them';
  return feature.transform
    ? `is ${refusedWords[feature.transform.kind]}, which ${feature.transform.kind} cannot take`
    : 'is not a number';
}

const tally = (counts: Map<string, number>, column: string) => counts.set(column, (counts.get(column) ?? 0) + 1);
