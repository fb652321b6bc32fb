import { setImmediate as breathe } from 'node:timers/promises';
import type { Feature } from '../model/feature';
import type { Table } from './table';

/** The values of one column, one a record of the table: numbers (NaN is missing) or texts (null is missing). */
export type Values = Float64Array | readonly (string | null)[];

/** A column as the kind it is used as. */
export interface UsedColumn {
  readonly column: string;
  readonly kind: Feature['kind'];
}

/** Where the values of columns come from. */
export type ReadColumn = (used: UsedColumn) => Promise<Values>;

/** Each column anew, whenever it is asked for. */
export const columnsOf =
  (table: Pick<Table, 'numbers' | 'texts'>): ReadColumn =>
  ({ column, kind }) =>
    kind === 'numeric' ? table.numbers(column) : table.texts(column);

/** Each column once: it is kept. */
export function keptColumns(read: ReadColumn): ReadColumn {
  const kept = new Map<string, Promise<Values>>();
  return (used) => {
    const values = kept.get(used.column) ?? read(used);
    kept.set(used.column, values);
    return values;
  };
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
  columns: readonly UsedColumn[],
  read: ReadColumn,
  total: number,
  filled: ReadonlySet<string> = new Set(),
): Promise<{ rows: Uint32Array; missing: Map<string, number> }> {
  const complete = new Uint8Array(total).fill(1);
  const missing = new Map<string, number>();
  for (const used of columns) {
    const { column } = used;
    if (filled.has(column)) continue;
    const cells = await read(used);
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
