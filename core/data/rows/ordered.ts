import type { DuckDBInstance } from '@duckdb/node-api';
import { batches, cell, connected, rowsOf, type Reading } from '../database';
import { matchingRows } from '../read-columns';
import { cellLetter, type FilteredColumn } from './filter';

/** Which records are in sight, in which order: SQL on `cells`. */
export interface View {
  /** A condition, or null for every record. */
  readonly where: string | null;
  /** What they are sorted by, or null for the order of the file. */
  readonly key: string | null;
  readonly descending: boolean;
}

/** The records of a view by position; null is every record in the order of the file, which needs no list. */
export type Order = Uint32Array | null;

/** Views whose order is kept: scrolling, finding and going back must not sort again. */
const KEPT = 3;

/** Orders of a table's records, each found once. */
export function createOrders(database: DuckDBInstance, rows: number) {
  const kept = new Map<string, Promise<Order>>();

  function orderOf(view: View): Promise<Order> {
    if (view.where === null && view.key === null) return Promise.resolve(null);
    const id = JSON.stringify([view.where, view.key, view.descending]);
    const order = kept.get(id) ?? matchingRows(database, rows, view);
    // Used again: the last to be forgotten. One that failed is asked again.
    kept.delete(id);
    kept.set(id, order);
    order.catch(() => kept.delete(id));
    for (const oldest of kept.keys()) {
      if (kept.size <= KEPT) break;
      kept.delete(oldest);
    }
    return order;
  }

  return {
    orderOf,
    /** Records of the view from `offset` on, and how many it has. */
    async slice(view: View, offset: number, limit: number): Promise<{ records: readonly number[]; total: number }> {
      const order = await orderOf(view);
      const total = order?.length ?? rows;
      const length = Math.max(0, Math.min(limit, total - offset));
      return { records: Array.from({ length }, (_, i) => order?.[offset + i] ?? offset + i), total };
    },
  };
}
export type Orders = ReturnType<typeof createOrders>;

/** A record with the original text of its cells and a letter for each (see `cellLetter`). */
export interface Row {
  readonly row: number;
  readonly cells: (string | null)[];
  readonly states: string;
}

type MutableRow = { -readonly [K in keyof Row]: Row[K] };

/** These records, in this order. */
export async function cellsOf(
  database: DuckDBInstance,
  records: readonly number[],
  columns: readonly FilteredColumn[],
  reading: Reading,
): Promise<Row[]> {
  if (records.length === 0) return [];
  const last = records[records.length - 1];
  const inFileOrder = last - records[0] === records.length - 1 && records.every((row, i) => row === records[0] + i);
  const byRow = new Map(records.map((row): [number, MutableRow] => [row, { row, cells: [], states: '' }]));
  await connected(database, async (connection) => {
    // The plan of thousands of expressions takes minutes.
    for (const batch of batches(columns.map((_, i) => i))) {
      const some = batch.map((i) => columns[i]);
      const letters = some.map((column) => cellLetter(column, reading));
      const wanted = [`concat(${letters.join(', ')})`, ...some.map(({ index }) => cell(index))].join(', ');
      const found = await rowsOf(
        connection,
        inFileOrder
          ? `select rowid, ${wanted} from cells where rowid >= ${records[0]} and rowid <= ${last}`
          : `select r, ${wanted} from (select unnest([${records.join(', ')}]) as r) join cells on cells.rowid = r`,
      );
      for (const [row, states, ...cells] of found) {
        const known = byRow.get(Number(row));
        known?.cells.push(...(cells as (string | null)[]));
        if (known) known.states += String(states);
      }
    }
  });
  return records.flatMap((row) => byRow.get(row) ?? []);
}
