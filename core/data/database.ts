import type { DuckDBConnection, DuckDBInstance, Json } from '@duckdb/node-api';
import { charactersOf, patterns, type ThousandsMark, type UnitSign } from './number-text';
import type { Dialect } from './types';

/**
 * Loads the table engine's program (once: 100 MB of it mapped), which nothing before the first table needs. It is bundled, but for its native
 * part: as the 181 files it comes in it took five times as long to load.
 */
export const loadTableEngine = () => import('@duckdb/node-api');

/** Bytes with less of which the engine cannot read a file at all. */
const LEAST_MEMORY = 256e6;

/**
 * The table engine, in memory. It never fetches or loads an extension, and spills to the given private folder when memory is
 * short. Callers lock it once the file is in.
 *
 * @param memory  bytes from which on it is short; absent: most of the machine's
 */
export async function openDatabase(spillFolder: string, memory?: number): Promise<DuckDBInstance> {
  const { DuckDBInstance } = await loadTableEngine();
  return DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    temp_directory: spillFolder,
    ...(memory !== undefined && { memory_limit: `${Math.ceil(Math.max(memory, LEAST_MEMORY) / 1e6)}MB` }),
  });
}

/** The engine divides a table among threads by 122,880 rows; over far fewer, its threads only wait for each other. */
const ONE_THREAD_ROWS = 20_000;

/** Leaves the engine the one thread that asks it where the table is short: a wide one takes hundreds of brief statements. */
export async function settleThreads(connection: DuckDBConnection, rows: number): Promise<void> {
  if (rows <= ONE_THREAD_ROWS) await connection.run('set threads = 1');
}

/** From here on no statement reaches a file outside the table's own private folder, and none can change that. */
export async function lock(connection: DuckDBConnection, folder: string): Promise<void> {
  await connection.run(`set allowed_directories = [${literal(folder)}]`);
  await connection.run('set enable_external_access = false');
  await connection.run('set lock_configuration = true');
}

/** Runs `use` on a connection of its own: a streamed result does not survive another query on the same one. */
export async function connected<T>(
  database: DuckDBInstance,
  use: (connection: DuckDBConnection) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const connection = await database.connect();
  const interrupt = () => connection.interrupt();
  signal?.addEventListener('abort', interrupt);
  try {
    signal?.throwIfAborted();
    return await use(connection);
  } finally {
    signal?.removeEventListener('abort', interrupt);
    connection.closeSync();
  }
}

/** All rows of a small result. Large integers come as text. */
export const rowsOf = async (connection: DuckDBConnection, sql: string): Promise<Json[][]> =>
  (await connection.runAndReadAll(sql)).getRowsJson();

/** A text as SQL. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A number as SQL, every digit of it. */
export const numeral = (value: number): string => `'${value}'::double`;

/** The columns of the table `cells` are c0, c1, ...: names from the file never become part of a statement. */
export const cell = (index: number): string => `c${index}`;

/** A cell without the blanks around it; null when nothing is left. */
export const trimmed = (index: number): string => `nullif(trim(${cell(index)}, ' \t\r\n'), '')`;

/** What is particular to the cells of one column. */
export interface ColumnReading {
  /** Thousands are grouped by the dialect's mark. */
  readonly grouped: boolean;
  /** A unit's sign that every number has. */
  readonly sign: UnitSign | null;
  /** Texts that mean "no value" in this column only. */
  readonly missing: readonly string[];
}

/** How cells are read as numbers and as nothing. */
export interface Reading {
  readonly decimal: Dialect['decimal'];
  readonly thousands: ThousandsMark;
  /** Cell texts that mean "no value", besides the empty one. */
  readonly missing: readonly string[];
  /** By column number; absent where nothing is particular. */
  readonly columns: ReadonlyMap<number, ColumnReading>;
}

/** Texts that mean "no value" in a column. */
const tokensOf = (index: number, { missing, columns }: Reading): readonly string[] => {
  const own = columns.get(index)?.missing ?? [];
  return own.length ? [...missing, ...own] : missing;
};

/** Tokens that would be read as numbers if they did not mean "no value", such as -999. */
const numericTokens = (tokens: readonly string[]) => tokens.filter((token) => /[0-9]/.test(token));

/**
 * A cell as a double, or null. TRY_CAST rounds correctly, but also takes "1_000", "inf" and "nan", which no table means as
 * numbers. Under a decimal comma a point can only mark thousands, and is not guessed away: where a column has thousands marks or
 * a unit's sign, cells that have them as they should are read without.
 */
export function numberOf(index: number, reading: Reading): string {
  const column = cell(index);
  const tokens = numericTokens(tokensOf(index, reading));
  const particular = reading.columns.get(index);
  if (particular && (particular.grouped || particular.sign)) {
    const { decimal } = reading;
    const marks = { decimal, thousands: particular.grouped ? reading.thousands : '' } as const;
    const pattern = patterns.cell(particular.sign ? patterns.unit(marks, particular.sign) : patterns.number(marks));
    const removed = `${charactersOf[marks.thousands]}${particular.sign ?? ''} \u00a0\u202f`;
    const bare = `translate(${column}, ${literal(removed)}, '')`;
    const value = `try_cast(${decimal === ',' ? `replace(${bare}, ',', '.')` : bare} as double)`;
    const isNumber = [
      `regexp_full_match(${column}, ${literal(pattern)})`,
      `isfinite(${value})`,
      ...notAmong(column, tokens),
    ];
    return `case when ${isNumber.join(' and ')} then ${value} end`;
  }
  const text = reading.decimal === ',' ? `replace(${column}, ',', '.')` : column;
  const cast = `try_cast(${text} as double)`;
  const conditions = [
    `isfinite(${cast})`,
    `not contains(${column}, '_')`,
    ...(reading.decimal === ',' ? [`not contains(${column}, '.')`] : []),
    ...notAmong(column, tokens),
  ];
  return `case when ${conditions.join(' and ')} then ${cast} end`;
}

const notAmong = (column: string, tokens: readonly string[]): string[] =>
  tokens.length ? [`trim(${column}, ' \t\r\n') not in (${tokens.map(literal).join(', ')})`] : [];

/** True when a cell has no value: empty, or one of the tokens. */
export function isMissing(index: number, reading: Reading): string {
  const tokens = tokensOf(index, reading).filter((token) => token !== '');
  const empty = `${trimmed(index)} is null`;
  return tokens.length ? `(${empty} or ${trimmed(index)} in (${tokens.map(literal).join(', ')}))` : empty;
}

/** A cell's text without the blanks around it, or null where it has no value. */
export const textOf = (index: number, reading: Reading): string =>
  `case when not ${isMissing(index, reading)} then ${trimmed(index)} end`;

/** Columns in one statement: the plan of thousands of expressions takes longer than their evaluation. */
const BATCH = 64;

export const batches = (columns: readonly number[], size = BATCH): number[][] =>
  Array.from({ length: Math.ceil(columns.length / size) }, (_, b) => columns.slice(size * b, size * b + size));

/**
 * Evaluates expressions for each column, many columns in one pass over a table.
 *
 * @param expressions  of a column, given its number and its place within the pass
 * @returns one list of results a column
 */
export async function perColumn(
  connection: DuckDBConnection,
  columns: readonly number[],
  table: string,
  expressions: (column: number, at: number) => string[],
  atOnce = BATCH,
): Promise<Json[][]> {
  const results: Json[][] = [];
  for (const batch of batches(columns, atOnce)) {
    const wanted = batch.map(expressions);
    const [row] = await rowsOf(connection, `select ${wanted.flat().join(', ')} from ${table}`);
    let at = 0;
    for (const { length } of wanted) results.push(row.slice(at, (at += length)));
  }
  return results;
}
