import type { DuckDBConnection } from '@duckdb/node-api';
import { missingTokens } from './cell-kind';
import { batches, cell, literal, rowsOf, type ColumnReading, type Reading } from './database';
import { cellIs, type FilteredColumn } from './rows/filter';
import type { Decision } from './types';

/** Cells of each column, counted. */
export interface CellCounts {
  /** Neither empty nor of the wrong length: the engine's nulls are the empty cells. */
  readonly filled: readonly number[];
  /** Cells read as numbers. */
  readonly numbers: readonly number[];
}

export interface MissingFound {
  /** Texts that mean "no value", as they stand in the file; '' for empty cells. */
  readonly tokens: readonly string[];
  /** Cells without a value, one count a column. */
  readonly perColumn: readonly number[];
  readonly decision: Decision;
  /** Accepted tokens that also stand in columns of text, where they may be a value of their own. */
  readonly alsoInText: readonly { readonly token: string; readonly column: number; readonly cells: number }[];
  /** Tokens of single columns that no cell there holds. */
  readonly unmet: readonly { readonly token: string; readonly column: number }[];
}

/** A column is one of numbers when at least this share of its cells with a value are. */
export const NUMERIC_SHARE = 0.95;

/** '?' means nothing else in any table. The others are believed only in a column of numbers: "NA" can be a value of its own. */
const everywhere = new Set(['', '?']);

/**
 * Decides over every cell of the table which texts mean "no value": of the usual ones, those met in columns that otherwise hold
 * numbers. What is met in columns of text alone is kept as a value and named among the alternatives.
 */
export async function findMissing(
  connection: DuckDBConnection,
  rows: number,
  counts: CellCounts,
  byHand: readonly string[] | undefined,
  own: ReadonlyMap<number, ColumnReading>,
): Promise<MissingFound> {
  const suspects = counts.filled.flatMap((filled, i) =>
    byHand !== undefined || filled > counts.numbers[i] ? [i] : [],
  );
  const seen = await tokensSeen(connection, suspects, byHand);
  const empty = counts.filled.map((filled) => rows - filled);
  const tokens = byHand ?? chosenTokens(seen, counts, empty);
  const accepted = new Set(tokens);
  const perColumn = empty.map((nulls) => nulls);
  const totals = new Map<string, number>();
  const add = (token: string, cells: number) => totals.set(token, (totals.get(token) ?? 0) + cells);
  for (const nulls of empty) if (nulls > 0) add('', nulls);
  for (const { column, token, cells } of seen) {
    add(token, cells);
    // A cell of blanks has no value whatever the tokens are.
    if (token === '' || accepted.has(token)) perColumn[column] += cells;
  }
  const unmet: { token: string; column: number }[] = [];
  for (const { column, token, cells } of await ownTokensSeen(connection, own)) {
    if (cells === 0) unmet.push({ token, column });
    else if (!accepted.has(token)) perColumn[column] += cells;
  }
  const isText = (i: number) => counts.numbers[i] < NUMERIC_SHARE * (rows - perColumn[i]);
  const alsoInText =
    byHand === undefined
      ? seen.filter(({ token, column }) => !everywhere.has(token) && accepted.has(token) && isText(column))
      : [];
  return { tokens, perColumn, decision: decision(tokens, totals, byHand !== undefined), alsoInText, unmet };
}

/** Cells with each of a column's own tokens. */
async function ownTokensSeen(connection: DuckDBConnection, own: ReadonlyMap<number, ColumnReading>): Promise<Seen[]> {
  const wanted = [...own].flatMap(([column, { missing }]) =>
    [...new Set(missing)].filter((token) => token !== '').map((token) => ({ column, token })),
  );
  const found: Seen[] = [];
  for (const { column, token } of wanted) {
    const [[cells]] = await rowsOf(
      connection,
      `select count(*) from cells where trim(${cell(column)}, ' \t\r\n') = ${literal(token)}`,
    );
    found.push({ column, token, cells: Number(cells) });
  }
  return found;
}

interface Seen {
  readonly column: number;
  readonly token: string;
  readonly cells: number;
}

async function tokensSeen(
  connection: DuckDBConnection,
  columns: readonly number[],
  byHand: readonly string[] | undefined,
): Promise<Seen[]> {
  const candidates = [...missingTokens, ...(byHand ?? []).map((token) => token.toLowerCase())].map(literal).join(', ');
  const seen: Seen[] = [];
  for (const batch of batches(columns)) {
    const counts = batch.map((i) => {
      const text = `trim(${cell(i)}, ' \t\r\n')`;
      return `select ${i}, ${text}, count(*) from cells where lower(${text}) in (${candidates}) group by 2`;
    });
    const rows = await rowsOf(connection, `select * from (${counts.join(' union all ')}) order by 1, 3 desc, 2`);
    for (const [column, token, cells] of rows)
      seen.push({ column: Number(column), token: String(token), cells: Number(cells) });
  }
  return seen;
}

function chosenTokens(seen: readonly Seen[], counts: CellCounts, empty: readonly number[]): string[] {
  const marks = counts.filled.map((_, i) =>
    seen.reduce((sum, { column, cells }) => sum + (column === i ? cells : 0), 0),
  );
  const numeric = counts.numbers.map(
    (numbers, i) => numbers > 0 && numbers >= NUMERIC_SHARE * (counts.filled[i] - marks[i]),
  );
  const tokens = new Set<string>(empty.some((nulls) => nulls > 0) ? [''] : []);
  for (const { column, token } of seen) if (everywhere.has(token) || numeric[column]) tokens.add(token);
  return [...tokens];
}

const shown = (token: string) => (token === '' ? 'empty' : token);

function decision(tokens: readonly string[], totals: ReadonlyMap<string, number>, byHand: boolean): Decision {
  const told = (token: string) => `${(totals.get(token) ?? 0).toLocaleString('en')} ${shown(token)}`;
  const others = [...totals.keys()].filter((token) => !tokens.includes(token));
  return {
    id: 'missing',
    chosen: tokens.map(shown).join(', '),
    label: tokens.length ? tokens.map(shown).join(', ') : 'none seen',
    because: tokens.length
      ? `cells without a value: ${tokens.map(told).join(', ')}`
      : 'no cell is empty or holds a usual mark for “no value” among numbers',
    alternatives: others.map((token) => ({
      value: token,
      label: shown(token),
      because: `${told(token)} in columns of text, kept as a value`,
    })),
    byHand,
  };
}

/** A cell that is not of its column's type. Rows count records from 0. */
export interface CellFailure {
  readonly column: number;
  readonly row: number;
  readonly text: string;
}

/** The first cells of each column that are neither missing nor of its type. */
export async function firstFailures(
  connection: DuckDBConnection,
  columns: readonly FilteredColumn[],
  reading: Reading,
  limit: number,
): Promise<CellFailure[]> {
  const failures: CellFailure[] = [];
  for (const batch of batches(columns.map((_, at) => at))) {
    const first = batch.map((at) => {
      const { index } = columns[at];
      const failed = cellIs('failed', columns[at], reading);
      return `(select ${index}, rowid, ${cell(index)} from cells where ${failed} order by rowid limit ${limit})`;
    });
    const rows = await rowsOf(connection, first.join(' union all '));
    for (const [column, row, text] of rows)
      failures.push({ column: Number(column), row: Number(row), text: String(text) });
  }
  return failures;
}
