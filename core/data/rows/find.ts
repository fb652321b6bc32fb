import type { DuckDBInstance } from '@duckdb/node-api';
import { batches, connected, rowsOf, type Reading } from '../database';
import { readCounts } from '../read-columns';
import { cellContains, cellIs, type FilteredColumn } from './filter';
import type { Order } from './ordered';
import type { Sought } from './types';

/** A cell in sight: `position` counts the rows of the view from 0, `column` those of the table. */
export interface Place {
  readonly position: number;
  readonly column: number;
}

export interface Found {
  /** The next one, wherever it is, with its record and how many-th of all it is (from 1); null when there is none. */
  readonly found: (Place & { readonly row: number; readonly nth: number }) | null;
  readonly count: number;
}

/** Questions whose hits are kept: the next and the one before are asked many times. */
const KEPT = 2;

/** Finds cells in a table; what was found is kept for the next step. */
export function createFinder(
  database: DuckDBInstance,
  rows: number,
  columns: readonly FilteredColumn[],
  reading: Reading,
) {
  const kept = new Map<string, Promise<Uint32Array>>();

  /** Columns to look into, as places in the table, with the condition of each. */
  function conditions(what: Exclude<Sought, { kind: 'row' }>): { at: number; condition: string }[] {
    return columns.flatMap((column, at) => {
      if (what.kind === 'text') return [{ at, condition: cellContains(column.index, what.text) }];
      return column.name === what.column ? [{ at, condition: cellIs(what.state, column, reading) }] : [];
    });
  }

  /** How many cells of each record match. */
  function hitsOf(what: Exclude<Sought, { kind: 'row' }>): Promise<Uint32Array> {
    const id = JSON.stringify(what);
    const hits = kept.get(id) ?? countHits(conditions(what).map(({ condition }) => condition));
    kept.delete(id);
    kept.set(id, hits);
    hits.catch(() => kept.delete(id));
    for (const oldest of kept.keys()) {
      if (kept.size <= KEPT) break;
      kept.delete(oldest);
    }
    return hits;
  }

  async function countHits(all: readonly string[]): Promise<Uint32Array> {
    const hits = new Uint32Array(rows);
    for (const batch of batches(all.map((_, i) => i))) {
      await readCounts(database, batch.map((i) => `(${all[i]})::integer`).join(' + '), hits);
    }
    return hits;
  }

  /** Columns of a record that match, ascending. */
  async function columnsIn(row: number, what: Exclude<Sought, { kind: 'row' }>): Promise<number[]> {
    const all = conditions(what);
    const [matches] = await connected(database, (connection) =>
      rowsOf(connection, `select ${all.map(({ condition }) => condition).join(', ')} from cells where rowid = ${row}`),
    );
    return all.flatMap(({ at }, i) => (matches[i] === true ? [at] : []));
  }

  /** The next match after `from` in the order of the view, or before it; round the end to the beginning. */
  async function find(what: Sought, order: Order, from: Place, backwards: boolean): Promise<Found> {
    const total = order?.length ?? rows;
    const rowAt = (position: number): number => order?.[position] ?? position;
    if (what.kind === 'row') {
      const position = order ? order.indexOf(what.row) : what.row < rows ? what.row : -1;
      const found = { position, column: Math.max(0, from.column), row: what.row, nth: position + 1 };
      return { found: position === -1 ? null : found, count: total };
    }
    const hits = await hitsOf(what);
    const hitsAt = (position: number): number => hits[rowAt(position)];
    let count = 0;
    for (let position = 0; position < total; position++) count += hitsAt(position);
    if (count === 0) return { found: null, count };

    const place = async (
      position: number,
      choose: (matching: number[]) => number | undefined,
    ): Promise<Found | null> => {
      const row = rowAt(position);
      const matching = await columnsIn(row, what);
      const column = choose(matching);
      if (column === undefined) return null;
      let before = 0;
      for (let earlier = 0; earlier < position; earlier++) before += hitsAt(earlier);
      return { found: { position, column, row, nth: before + matching.indexOf(column) + 1 }, count };
    };
    const start = Math.max(0, Math.min(total - 1, from.position));
    if (start === from.position && hitsAt(start) > 0) {
      const here = await place(start, (matching) =>
        backwards
          ? matching.findLast((column) => column < from.column)
          : matching.find((column) => column > from.column),
      );
      if (here) return here;
    }
    // A place above the first row or below the last is no row to be left out.
    const first = start === from.position ? 1 : 0;
    for (let step = first; step <= total; step++) {
      const position = (((start + (backwards ? -step : step)) % total) + total) % total;
      if (hitsAt(position) > 0) {
        return (await place(position, (matching) => matching.at(backwards ? -1 : 0))) ?? { found: null, count };
      }
    }
    return { found: null, count };
  }

  return { find };
}
export type Finder = ReturnType<typeof createFinder>;
