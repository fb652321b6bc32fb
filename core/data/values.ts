import { setImmediate as breathe } from 'node:timers/promises';
import type { Feature } from '../model/feature';
import type { Table } from './table';

/** The values of one column, one a record of the table: numbers (NaN is missing) or texts (null is missing). */
export type Values = Float64Array | readonly (string | null)[];

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

/**
 * Records with a value in every column that needs one, ascending, and how many lack one in each such column. Lets others run between
 * columns.
 *
 * @param filled  columns in which something stands for a missing value
 */
export async function completeRows(
  values: ReadonlyMap<string, Values>,
  total: number,
  filled: ReadonlySet<string> = new Set(),
): Promise<{ rows: Uint32Array; missing: Map<string, number> }> {
  const complete = new Uint8Array(total).fill(1);
  const missing = new Map<string, number>();
  for (const [column, cells] of values) {
    if (filled.has(column)) continue;
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
