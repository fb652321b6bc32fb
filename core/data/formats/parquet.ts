import type { DuckDBConnection } from '@duckdb/node-api';
import { fail, ok, type Result } from '../../result';
import { cell, literal, rowsOf } from '../database';
import { lineOf } from './sheet-line';

/** A Parquet file before its cells are read. */
export interface ParquetFile {
  readonly rows: number;
  readonly columns: readonly ParquetColumn[];
  readonly warnings: readonly string[];
  /** Its names and first rows, as a text table would hold them. */
  readonly text: string;
}

interface ParquetColumn {
  readonly name: string;
  /** Its cells as text that loses nothing. */
  readonly sql: string;
}

/** Cells that are taken at most: a small file can claim any number of them. */
const MOST_CELLS = 2e9;
const LINES_SHOWN = 200;

/** Columns of a Parquet file are read by their place: names never become part of a statement. */
const source = (path: string, columns: number) =>
  `read_parquet(${literal(path)}) as file(${Array.from({ length: columns }, (_, i) => `p${i}`).join(', ')})`;

/** What the file says of itself, and its first rows. */
export async function describeParquet(
  connection: DuckDBConnection,
  path: string,
  name: string,
): Promise<Result<ParquetFile>> {
  try {
    const described = await rowsOf(connection, `describe select * from read_parquet(${literal(path)})`);
    const [[count]] = await rowsOf(
      connection,
      `select sum(num_rows)::double from parquet_file_metadata(${literal(path)})`,
    );
    const rows = Number(count);
    const taken = described.map(([column, type], i) => ({
      name: String(column),
      type: String(type),
      sql: asText(String(type), `p${i}`),
    }));
    const columns = taken.flatMap((column) => (column.sql === null ? [] : [{ name: column.name, sql: column.sql }]));
    const left = taken.filter(({ sql }) => sql === null);
    const told = left.map((column) => `“${column.name}” (${kindOf(column.type)})`).join(', ');
    if (columns.length === 0)
      return fail(
        'parquet/no-columns',
        `“${name}” has no column of single values, only ${told}: write each value into a column of its own.`,
      );
    if (rows === 0)
      return fail(
        'parquet/no-rows',
        `“${name}” holds the names of ${columns.length} columns but no rows: choose a file with data.`,
      );
    if (rows * columns.length > MOST_CELLS)
      return fail(
        'parquet/too-large',
        `“${name}” holds more than 2,000 million cells: save the columns and rows you need in a file of their own.`,
      );
    const first = await rowsOf(
      connection,
      `select ${columns.map(({ sql }) => sql).join(', ')} from ${source(path, described.length)} limit ${LINES_SHOWN}`,
    );
    const lines = [columns.map((column) => column.name), ...(first as (string | null)[][])];
    return ok({
      rows,
      columns,
      warnings: left.length
        ? [
            `${left.length === 1 ? 'A column holds' : `${left.length} columns hold`} several values in a cell, and ${left.length === 1 ? 'was' : 'were'} left out: ${told}.`,
          ]
        : [],
      text: lines.map((cells) => `${lineOf(cells.map((text) => text ?? undefined))}\n`).join(''),
    });
  } catch (cause) {
    return unreadable(cause, name);
  }
}

/** Reads the cells into the table `cells` (c0, c1, ... as text), one row a row of the file, in its order. */
export async function loadParquet(
  connection: DuckDBConnection,
  path: string,
  { columns }: ParquetFile,
  name: string,
): Promise<Result<null>> {
  try {
    const [[width]] = await rowsOf(
      connection,
      `select count(*) from (describe select * from read_parquet(${literal(path)}))`,
    );
    const cells = columns.map(({ sql }, i) => `nullif(${sql}, '') as ${cell(i)}`).join(', ');
    await connection.run(`create table cells as select ${cells} from ${source(path, Number(width))}`);
    return ok(null);
  } catch (cause) {
    return unreadable(cause, name);
  }
}

function unreadable(cause: unknown, name: string): Result<never> {
  if (cause instanceof Error && /interrupt/i.test(cause.message)) throw cause;
  const memory = cause instanceof Error && /out of memory/i.test(cause.message);
  return memory
    ? fail(
        'parquet/too-large',
        `“${name}” is larger than the memory of this computer can take: save the columns you need in a file of their own.`,
      )
    : fail(
        'parquet/damaged',
        `“${name}” is a Parquet file that cannot be read: write it again, or save the table as .csv.`,
      );
}

/**
 * A value as text that gives the same value again: a double with the fewest digits that do, a single-precision number with those
 * of the same number as a double, a moment in time as ISO text, one with a time zone in UTC. Null for what is no single value.
 */
function asText(type: string, column: string): string | null {
  if (type === 'FLOAT') return `${column}::double::varchar`;
  if (type === 'TIMESTAMP WITH TIME ZONE') return `make_timestamp(epoch_us(${column}))::varchar`;
  if (/\[|\b(STRUCT|MAP|UNION|BLOB|BIT|GEOMETRY|VARIANT)\b/.test(withoutNames(type))) return null;
  return `${column}::varchar`;
}

/** Names of levels and members stand in quotes within a type. */
const withoutNames = (type: string) => type.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"/g, '');

function kindOf(type: string): string {
  const bare = withoutNames(type);
  if (/\]$/.test(bare)) return 'lists';
  if (/^(BLOB|BIT|GEOMETRY)/.test(bare)) return 'binary';
  return 'values with members';
}
