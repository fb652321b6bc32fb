import type { Handlers } from '../client-connection';
import type { Table } from '../data/table';
import type { ColumnInfo } from '../data/types';
import { correlations } from '../data/views/correlations';
import { points, positionsOf, type Drawn } from '../data/views/points';
import { fail, ok, type Result } from '../result';
import { inTurns } from '../turns';
import type { Tables } from './tables';

/** What the page draws of a table before anything is fitted. */
export function viewHandlers(tables: Tables<Table>): Pick<Handlers, 'data/points' | 'data/correlations'> {
  return {
    'data/points': ({ tableId, columns, by, limit, filter = [] }) =>
      tables.use(tableId, async (table) => {
        const found = columnsOf(table, by === null ? columns : [...columns, by]);
        if (!found.ok) return found;
        const rows = await table.records(filter);
        if (!rows.ok) return rows;
        const drawn: Drawn[] = [];
        for (const column of found.value) drawn.push(await drawnOf(table, column));
        const axes = drawn.slice(0, columns.length);
        const mark = drawn.at(columns.length);
        const seed = Number.parseInt(table.info.file.sha256.slice(0, 8), 16);
        const made = await inTurns(
          points(
            axes.map(({ values }) => values),
            mark?.values ?? null,
            rows.value,
            limit,
            seed,
          ),
        );
        return ok({
          ...made,
          levels: axes.map(({ levels }) => levels && [...levels]),
          by: made.by && { values: made.by, levels: mark?.levels ? [...mark.levels] : null },
        });
      }),
    'data/correlations': ({ tableId, columns, kind, filter = [] }) =>
      tables.use(tableId, async (table) => {
        const found = columnsOf(table, columns);
        if (!found.ok) return found;
        const words = found.value.find(({ type }) => type !== 'number');
        if (words)
          return fail('data/not-a-number', `“${words.name}” is not a column of numbers and has no correlation.`);
        const rows = await table.records(filter);
        if (!rows.ok) return rows;
        const numbers: Float64Array[] = [];
        for (const { name } of found.value) {
          const values = await table.numbers(name);
          numbers.push(rows.value ? Float64Array.from(rows.value, (row) => values[row]) : values);
        }
        const used = rows.value?.length ?? table.info.rows;
        return ok({ columns, rows: used, ...(await inTurns(correlations(numbers, kind))) });
      }),
  };
}

function columnsOf({ info }: Table, names: readonly string[]): Result<ColumnInfo[]> {
  const found = names.map((name) => info.columns.find((column) => column.name === name));
  const unknown = found.indexOf(undefined);
  if (unknown >= 0) return fail('data/unknown-column', `The table has no column “${names[unknown]}” to draw.`);
  return ok(found as ColumnInfo[]);
}

async function drawnOf(table: Table, column: ColumnInfo): Promise<Drawn> {
  if (column.type === 'number') return { values: await table.numbers(column.name), levels: null };
  return inTurns(positionsOf(await table.texts(column.name), column));
}
