import type { DuckDBConnection } from '@duckdb/node-api';
import { batches, cell, numberOf, perColumn, rowsOf, type Reading } from './database';

/** Numbers of a column whose digits a double does not give back: how many, and the first of them. */
export interface Rounded {
  readonly count: number;
  /** Record, from 0, and the cell as it stands in the file. */
  readonly row: number;
  readonly text: string;
}

/** Every number of up to this many digits is kept as it is written. */
const SAFE_DIGITS = 15;
/** The least positive double begins after so many noughts. */
const LEAST_NOUGHTS = 320;
/** No double has more digits than this, written out to the last. */
const MOST_DIGITS = 780;

/** The digits of a number without its marks, its exponent and the noughts at both ends: two equal strings are one number, rounding apart. */
const digits = (text: string) => `trim(regexp_replace(split_part(lower(${text}), 'e', 1), '[^0-9]', '', 'g'), '0')`;

/**
 * Finds the cells that were rounded: neither the shortest text of their double nor its own digits cut off at as many. 0.30000000000000004
 * and 1.000000000000000056e-01 were written from doubles and give the same one back; 12345678901234567890 does not.
 *
 * @param columns  those of numbers
 */
export async function findRounded(
  connection: DuckDBConnection,
  columns: readonly number[],
  reading: Reading,
): Promise<Map<number, Rounded>> {
  const longest = await perColumn(connection, columns, 'cells', (i) => [`max(strlen(${cell(i)}))`]);
  const long = columns.filter((_, at) => Number(longest[at][0]) > SAFE_DIGITS);
  return found(connection, long, (i) => roundedIn(i, reading));
}

/**
 * Finds the cells that say a number other than 0 and are read as 0, because no double is so near it: 1e-400.
 *
 * @param columns  those of numbers
 */
export async function findVanished(
  connection: DuckDBConnection,
  columns: readonly number[],
  reading: Reading,
): Promise<Map<number, Rounded>> {
  // So small a number has an exponent below 0, or more noughts than a cell of ordinary length.
  const small = (text: string) =>
    `bool_or(contains(${text}, 'e-') or contains(${text}, 'E-') or strlen(${text}) > ${LEAST_NOUGHTS})`;
  const marked = await perColumn(connection, columns, 'cells', (i) => [small(cell(i))]);
  const having = columns.filter((_, at) => marked[at][0] === true);
  return found(connection, having, (i) => vanishedIn(i, reading));
}

async function found(
  connection: DuckDBConnection,
  columns: readonly number[],
  query: (column: number) => string,
): Promise<Map<number, Rounded>> {
  const map = new Map<number, Rounded>();
  for (const batch of batches(columns)) {
    const rows = await rowsOf(connection, batch.map((i) => `(${query(i)})`).join(' union all '));
    for (const [column, count, row, text] of rows)
      if (Number(count) > 0)
        map.set(Number(column), { count: Number(count), row: Number(row), text: String(text).trim() });
  }
  return map;
}

function vanishedIn(index: number, reading: Reading): string {
  const text = cell(index);
  const zeros = `select rowid as r, ${text} from cells where ${numberOf(index, reading)} = 0`;
  return `select ${index}, count(*), min(r), arg_min(${text}, r) from (${zeros}) where ${digits(text)} <> ''`;
}

function roundedIn(index: number, reading: Reading): string {
  const text = cell(index);
  const long = `select rowid as r, ${text}, ${digits(text)} as d from cells where strlen(${text}) > ${SAFE_DIGITS}`;
  const read = `select r, ${text}, d, ${numberOf(index, reading)} as v from (${long}) where length(d) > ${SAFE_DIGITS}`;
  const asLong = `format('{:.{}e}', v, least(length(d), ${MOST_DIGITS}) - 1)`;
  return `select ${index}, count(*), min(r), arg_min(${text}, r) from (${read})
    where v is not null and d <> ${digits('v::varchar')} and d <> ${digits(asLong)}`;
}
