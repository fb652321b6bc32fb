import { setImmediate as breathe } from 'node:timers/promises';
import type { ModelFile } from '../model/model-file';
import type { Table } from './table';

/** A column of model.json's `features`: a number, or a category with its levels. */
export type Feature = ModelFile['features'][number];

/** The values of one column, one a record of the table: numbers (NaN is missing) or texts (null is missing). */
export type Values = Float64Array | readonly (string | null)[];

/** One entry of the encoded vector z. */
export interface EncodedColumn {
  readonly name: string;
  readonly column: string;
  /** The level an indicator stands for; null for a number. */
  readonly level: string | null;
}

/** Reads columns as the kind they are used as. */
export async function readValues(
  table: Table,
  columns: readonly { readonly column: string; readonly kind: Feature['kind'] }[],
): Promise<Map<string, Values>> {
  const values = new Map<string, Values>();
  for (const { column, kind } of columns)
    values.set(column, kind === 'numeric' ? await table.numbers(column) : await table.texts(column));
  return values;
}

export const isMissingAt = (values: Values, row: number): boolean =>
  values instanceof Float64Array ? Number.isNaN(values[row]) : values[row] === null;

/** Records with a value in every column, ascending, and how many lack one in each column. Lets others run between columns. */
export async function completeRows(
  values: ReadonlyMap<string, Values>,
  total: number,
): Promise<{ rows: Uint32Array; missing: Map<string, number> }> {
  const complete = new Uint8Array(total).fill(1);
  const missing = new Map<string, number>();
  for (const [column, cells] of values) {
    await breathe();
    let count = 0;
    for (let row = 0; row < total; row++) {
      if (!isMissingAt(cells, row)) continue;
      complete[row] = 0;
      count++;
    }
    if (count > 0) missing.set(column, count);
  }
  const rows = new Uint32Array(complete.reduce((sum, flag) => sum + flag, 0));
  for (let row = 0, at = 0; row < total; row++) if (complete[row]) rows[at++] = row;
  return { rows, missing };
}

/**
 * Learns how to encode a column from the training rows alone: the levels of a category, and as its reference the most frequent
 * one (the first in the alphabet among equals). Null when the column is the same in every training row.
 */
export function learnFeature(column: string, values: Values, train: Uint32Array): Feature | null {
  const missing = { policy: 'drop-row' } as const;
  if (values instanceof Float64Array) {
    const first = values[train[0]];
    return train.some((row) => values[row] !== first) ? { column, kind: 'numeric', missing } : null;
  }
  const counts = new Map<string, number>();
  for (const row of train) {
    const level = values[row];
    if (level !== null) counts.set(level, (counts.get(level) ?? 0) + 1);
  }
  if (counts.size < 2) return null;
  // By code point: the order must not depend on the computer's language.
  const levels = [...counts.keys()].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const most = Math.max(...counts.values());
  const reference = levels.find((level) => counts.get(level) === most) ?? levels[0];
  return { column, kind: 'categorical', levels, reference, missing };
}

/** The entries of z, in order: a number as it is, a category as one indicator for each level but the reference. */
export function encodedColumns(features: readonly Feature[]): EncodedColumn[] {
  return features.flatMap((feature): EncodedColumn[] =>
    feature.kind === 'numeric'
      ? [{ name: feature.column, column: feature.column, level: null }]
      : feature.levels
          .filter((level) => level !== feature.reference)
          .map((level) => ({ name: `${feature.column}=${level}`, column: feature.column, level })),
  );
}

/**
 * Encodes records that are complete. Lets others run between columns.
 *
 * @returns z, rows.length × d row-major, and for each category how many records have a level that training did not see: they are
 *          treated as the reference
 */
export async function encodeRows(
  features: readonly Feature[],
  values: ReadonlyMap<string, Values>,
  rows: Uint32Array,
): Promise<{ z: Float64Array; unseen: Map<string, number> }> {
  const d = encodedColumns(features).length;
  const z = new Float64Array(rows.length * d);
  const unseen = new Map<string, number>();
  let offset = 0;
  for (const feature of features) {
    await breathe();
    const cells = values.get(feature.column);
    if (feature.kind === 'numeric') {
      const numbers = cells as Float64Array;
      for (let i = 0; i < rows.length; i++) z[i * d + offset] = numbers[rows[i]];
      offset++;
      continue;
    }
    const indicators = feature.levels.filter((level) => level !== feature.reference);
    const place = new Map(indicators.map((level, j) => [level, offset + j]));
    const texts = cells as readonly string[];
    for (let i = 0; i < rows.length; i++) {
      const level = texts[rows[i]];
      const j = place.get(level);
      if (j !== undefined) z[i * d + j] = 1;
      else if (level !== feature.reference) unseen.set(feature.column, (unseen.get(feature.column) ?? 0) + 1);
    }
    offset += indicators.length;
  }
  return { z, unseen };
}

/** One sentence for each category with levels that training did not see. */
export const unseenWarnings = (unseen: ReadonlyMap<string, number>): string[] =>
  [...unseen].map(
    ([column, count]) =>
      `${count.toLocaleString('en')} ${count === 1 ? 'row has a value' : 'rows have values'} of "${column}" that no training row has; ${count === 1 ? 'it is' : 'they are'} treated as the reference.`,
  );
