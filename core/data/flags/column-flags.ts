import type { DuckDBConnection } from '@duckdb/node-api';
import { random } from '../../random';
import { batches, numberOf, rowsOf, textOf, type Reading } from '../database';
import { listed } from '../names';
import type { ColumnInfo } from '../types';
import { combinations } from './combinations';

type Column = Pick<ColumnInfo, 'index' | 'name' | 'type' | 'distinct' | 'suggestedRole'>;

/** Rows looked at, and columns: more of either would keep a file from opening at once. */
const MOST_ROWS = 2000;
const MOST_CELLS = 400_000;
const MOST_COLUMNS = 500;
const MOST_COMBINED = 100;
/** Rows for each column, below which combinations come about by chance. */
const ROWS_A_COLUMN = 5;

const SEED = 20_240_229;

/**
 * Columns that say what others say: the same in every row, or nearly a linear combination of others. Looked for in a sample of rows
 * that is the same every time; that two columns are the same is then seen in all rows.
 *
 * @returns a sentence by column number
 */
export async function columnFlags(
  connection: DuckDBConnection,
  columns: readonly Column[],
  rows: number,
  reading: Reading,
): Promise<Map<number, string>> {
  const looked = columns.filter(({ distinct }) => distinct > 1).slice(0, MOST_COLUMNS);
  const sample = await sampleOf(connection, looked, rows, reading);
  const flags = new Map<number, string>();
  const firstOf = new Map<string, Column>();
  for (const column of looked) {
    const key = JSON.stringify([column.type === 'number', sample.get(column.index)]);
    const first = firstOf.get(key);
    if (first === undefined) firstOf.set(key, column);
    else if (await sameEverywhere(connection, first, column, reading))
      flags.set(column.index, `The same as “${first.name}” in every row: one of the two is enough.`);
  }

  // What the target follows is told where it is the target.
  const numbers = looked
    .filter(({ type, index, suggestedRole }) => type === 'number' && suggestedRole === 'feature' && !flags.has(index))
    .slice(0, MOST_COMBINED);
  for (const { column, of, rest } of combinedAmong(numbers, sample))
    flags.set(
      numbers[column].index,
      sentence(
        of.map((other) => numbers[other].name),
        rest,
      ),
    );
  return flags;
}

/** Exact where what is left is no more than rounding of the cells. */
const EXACT = 1e-9;

function sentence(of: readonly string[], rest: number): string {
  if (of.length === 1)
    return `${rest < EXACT ? 'A multiple' : 'Nearly a multiple'} of “${of[0]}”, up to a constant: one of the two is enough.`;
  return `${rest < EXACT ? 'A combination' : 'Nearly a combination'} of ${listed(of, 4)}: their equations cannot tell them apart.`;
}

function combinedAmong(numbers: readonly Column[], sample: Sample) {
  const cells = numbers.map(({ index }) => sample.get(index) as (number | null)[]);
  const count = cells[0]?.length ?? 0;
  const complete = Array.from({ length: count }, (_, i) => i).filter((i) => cells.every((own) => own[i] !== null));
  if (numbers.length < 2 || complete.length < ROWS_A_COLUMN * numbers.length) return [];
  const values = cells.map((own) => Float64Array.from(complete, (i) => own[i] ?? 0));
  // A column that does not vary in these rows says nothing here.
  const varying = values.flatMap((own, j) => (own.some((value) => value !== own[0]) ? [j] : []));
  return combinations(varying.map((j) => values[j])).map(({ column, of, rest }) => ({
    column: varying[column],
    of: of.map((other) => varying[other]),
    rest,
  }));
}

/** By column number, its cells in some rows, in the order of the file: numbers or texts, null where there is none. */
type Sample = ReadonlyMap<number, readonly (string | number | null)[]>;

const expressionOf = ({ index, type }: Column, reading: Reading) =>
  type === 'number' ? numberOf(index, reading) : textOf(index, reading);

async function sampleOf(
  connection: DuckDBConnection,
  columns: readonly Column[],
  rows: number,
  reading: Reading,
): Promise<Sample> {
  const count = Math.min(rows, MOST_ROWS, Math.ceil(MOST_CELLS / Math.max(1, columns.length)));
  const chosen = count === rows ? null : sampledRows(rows, count);
  const from = chosen === null ? 'cells' : `cells where rowid in (${chosen.join(', ')})`;
  const sample = new Map<number, (string | number | null)[]>();
  for (const batch of batches(columns.map((_, j) => j))) {
    const found = await rowsOf(
      connection,
      `select ${batch.map((j) => expressionOf(columns[j], reading)).join(', ')} from ${from} order by rowid`,
    );
    batch.forEach((j, at) =>
      sample.set(
        columns[j].index,
        found.map((row) => row[at] as string | number | null),
      ),
    );
  }
  return sample;
}

function sampledRows(rows: number, count: number): number[] {
  const stream = random(SEED);
  const chosen = new Set<number>();
  while (chosen.size < count) chosen.add(stream.integer(rows));
  return [...chosen].sort((a, b) => a - b);
}

async function sameEverywhere(
  connection: DuckDBConnection,
  one: Column,
  other: Column,
  reading: Reading,
): Promise<boolean> {
  const differ = `${expressionOf(one, reading)} is distinct from ${expressionOf(other, reading)}`;
  const [[count]] = await rowsOf(connection, `select count(*) from cells where ${differ}`);
  return Number(count) === 0;
}
