import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { DuckDBInstance } from '@duckdb/node-api';
import { fail, ok, type Result } from '../result';
import { cell, connected, lock, numberOf, openDatabase, rowsOf, textOf, type Reading } from './database';
import { detect, type Detected } from './detect';
import { fileFacts, type FileFacts } from './file-facts';
import { keepCells, type Kept } from './keep';
import { loadCells } from './load';
import { nameColumns } from './names';
import { profileColumns, type Profile } from './profile';
import { recognise, unreadable } from './recognise';
import { readNumbers, readTexts, sortedRows } from './read-columns';
import { rawLines } from './raw-lines';
import { makeReadable } from './rewrite';
import type { DialectChoice, TableInfo } from './types';

export interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

/** Rows as the grid shows them: the original text of every cell, null when empty; `row` counts the records of the file from 0. */
export interface Page {
  readonly rows: { row: number; cells: (string | null)[] }[];
  readonly total: number;
}

/** A file that has been read whole. It no longer needs the file; `close` gives back its memory and its folder. */
export interface Table {
  readonly info: TableInfo;
  page(offset: number, limit: number, sort?: Sort | null): Promise<Result<Page>>;
  /** The first lines as they stand in the file, and how each is cut. */
  raw(lines: number): { text: string; cells: string[] }[];
  /** One value a record; NaN where the cell is missing or not a number. Throws for a column the table does not have. */
  numbers(column: string): Promise<Float64Array>;
  /** One text a record, without blanks around it; null where the cell is missing. Throws for a column the table does not have. */
  texts(column: string): Promise<(string | null)[]>;
  /** Writes the cells, as text, into a file of the table's own folder; the caller removes it. */
  keep(): Promise<Kept>;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** A private folder of ours; the table makes its own inside and removes it on close. */
  readonly tempFolder: string;
  readonly signal?: AbortSignal;
  /** Identity of the table for requests about it. */
  readonly tableId?: string;
  /** Milliseconds, for the duration that is reported. */
  readonly now?: () => number;
}

/**
 * Opens a text table: recognised, its dialect detected or as chosen, every cell kept as text, columns typed and described.
 *
 * @param path  where the file is
 * @param name  how the user knows it
 */
export async function openTable(
  path: string,
  name: string,
  choice: DialectChoice,
  options: OpenOptions,
): Promise<Result<Table>> {
  const now = options.now ?? (() => performance.now());
  const started = now();
  const { signal } = options;
  let folder: string | null = null;
  let database: DuckDBInstance | null = null;
  const giveUp = async <T>(result: T): Promise<T> => {
    database?.closeSync();
    if (folder) await rm(folder, { recursive: true, force: true });
    return result;
  };
  try {
    const recognised = await recognise(path, name);
    if (!recognised.ok) return recognised;
    const facts = await fileFacts(path, signal);
    const detected = detect(facts, choice);
    if (detected.sampled === 0) return noRows(name, detected);

    folder = await mkdtemp(join(options.tempFolder, 'table-'));
    database = await openDatabase(folder);
    const read = await readCells(database, { path, name, folder, detected, facts, choice, signal });
    if (!read.ok) return await giveUp(read);
    const { rows, rejected, profile } = read.value;
    const columns = namedColumns(profile, detected.names);
    const dropped = profile.columns.slice(columns.length);
    const info: TableInfo = {
      tableId: options.tableId ?? randomUUID(),
      file: { name, bytes: facts.bytes, sha256: facts.sha256 },
      rows,
      lines: facts.lines,
      dialect: { ...detected.dialect, missing: [...profile.reading.missing] },
      decisions: [...detected.decisions, profile.missing],
      columns,
      rejected,
      repaired: { count: 0, first: [] },
      proposals: [],
      warnings: [
        ...detected.warnings,
        ...(dropped.length
          ? [
              `${dropped.length === 1 ? 'The last column is' : `The last ${dropped.length} columns are`} empty and without a name, and left out.`,
            ]
          : []),
        ...rejectedWarning(rejected),
        ...profile.warnings,
      ],
      failures: profile.failures,
      seconds: (now() - started) / 1000,
    };
    const origin = { header: detected.names, width: detected.width, raw: (lines: number) => rawLines(detected, lines) };
    return ok(tableOver(database, folder, info, profile.reading, origin));
  } catch (cause) {
    if (signal?.aborted) return giveUp(fail('data/cancelled', `Opening "${name}" was cancelled.`));
    if (cause instanceof Error && 'syscall' in cause) return giveUp(unreadable(cause, name));
    await giveUp(null);
    throw cause;
  }
}

interface Source {
  readonly path: string;
  readonly name: string;
  readonly folder: string;
  readonly detected: Detected;
  readonly facts: FileFacts;
  readonly choice: DialectChoice;
  readonly signal: AbortSignal | undefined;
}

function readCells(
  database: DuckDBInstance,
  source: Source,
): Promise<
  Result<{ rows: number; rejected: TableInfo['rejected']; profile: Profile & { warnings: readonly string[] } }>
> {
  const { path, name, folder, detected, facts, choice, signal } = source;
  return connected(
    database,
    async (connection) => {
      const copy = join(folder, 'rewritten.csv');
      const readable = await makeReadable(path, copy, detected, facts, signal);
      const loaded = await loadCells(connection, readable, detected.width, facts.lines - detected.bodyLine, name);
      await rm(copy, { force: true });
      if (!loaded.ok) return loaded;
      await lock(connection, folder);
      const [[count]] = await rowsOf(connection, 'select count(*) from cells');
      const rows = Number(count);
      if (rows === 0) return noRows(name, detected);
      const names = nameColumns(detected.names, detected.width);
      const profile = await profileColumns(connection, names.columns, rows, detected.dialect.decimal, choice.missing);
      return ok({
        rows,
        rejected: loaded.value,
        profile: { ...profile, warnings: [...names.warnings, ...profile.warnings] },
      });
    },
    signal,
  );
}

function noRows(name: string, detected: Detected): Result<never> {
  return detected.names
    ? fail(
        'csv/header-only',
        `"${name}" holds the names of ${detected.width} ${detected.width === 1 ? 'column' : 'columns'} but no rows: choose a file with data below them.`,
      )
    : fail('csv/no-rows', `"${name}" has no rows that can be read: check its delimiter and the lines to skip.`);
}

/** The columns but those at the end without a name and without a value, as a delimiter at the end of every line makes them. */
export function namedColumns({ columns }: Profile, header: readonly string[] | null): Profile['columns'] {
  const last = columns.findLastIndex(
    ({ missing, distinct, original }) => distinct > 0 || missing === 0 || (header !== null && original.trim() !== ''),
  );
  return last === -1 ? columns : columns.slice(0, last + 1);
}

function rejectedWarning({ count, first }: TableInfo['rejected']): string[] {
  if (count === 0) return [];
  const lines = count === 1 ? 'Line' : `${count.toLocaleString('en')} lines were left out; the first is line`;
  return [
    count === 1
      ? `${lines} ${first[0].line} was left out: ${first[0].reason}.`
      : `${lines} ${first[0].line}: ${first[0].reason}.`,
  ];
}

/** What is known of the file itself beyond its table. */
export interface Origin {
  /** Names as they stand in the file, null without a header. */
  readonly header: readonly string[] | null;
  /** Columns of `cells`: an empty tail is among them. */
  readonly width: number;
  readonly raw: Table['raw'];
}

export function tableOver(
  database: DuckDBInstance,
  folder: string,
  info: TableInfo,
  reading: Reading,
  origin: Origin,
): Table {
  const indexOf = (column: string) => {
    const found = info.columns.find(({ name }) => name === column);
    if (!found) throw new RangeError(`The table has no column "${column}".`);
    return found.index;
  };
  const sortKey = (column: string) => {
    const index = indexOf(column);
    const numeric = info.columns.find(({ name }) => name === column)?.type === 'number';
    return numeric ? numberOf(index, reading) : textOf(index, reading);
  };
  // The order of the last sort, so that scrolling does not sort again.
  const sorted: { key: string; order: Promise<Uint32Array> } = { key: '', order: Promise.resolve(new Uint32Array(0)) };
  const orderBy = (sort: Sort): Promise<Uint32Array> => {
    const key = `${sort.descending ? '-' : '+'}${sort.column}`;
    if (sorted.key !== key) {
      sorted.key = key;
      sorted.order = sortedRows(database, info.rows, sortKey(sort.column), sort.descending);
    }
    return sorted.order;
  };

  return {
    info,
    async page(offset, limit, sort = null) {
      if (sort && !info.columns.some(({ name }) => name === sort.column))
        return fail('data/unknown-column', `The table has no column "${sort.column}" to sort by.`);
      const cells = info.columns.map(({ index }) => cell(index)).join(', ');
      const rows = sort ? [...(await orderBy(sort)).subarray(offset, offset + limit)] : null;
      if (rows?.length === 0) return ok({ rows: [], total: info.rows });
      const found = await connected(database, (connection) =>
        rowsOf(
          connection,
          rows
            ? `select r, ${cells} from (select unnest([${rows.join(', ')}]) as r) join cells on cells.rowid = r`
            : `select rowid, ${cells} from cells where rowid >= ${offset} and rowid < ${offset + limit} order by rowid`,
        ),
      );
      const page = found.map(([row, ...texts]) => ({ row: Number(row), cells: texts as (string | null)[] }));
      if (!rows) return ok({ rows: page, total: info.rows });
      const byRow = new Map(page.map((entry) => [entry.row, entry]));
      return ok({ rows: rows.flatMap((row) => byRow.get(row) ?? []), total: info.rows });
    },
    raw: origin.raw,
    numbers: (column) => readNumbers(database, info.rows, numberOf(indexOf(column), reading)),
    texts: (column) => readTexts(database, info.rows, textOf(indexOf(column), reading)),
    keep: () => keepCells(database, folder, info, origin),
    async close() {
      database.closeSync();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
