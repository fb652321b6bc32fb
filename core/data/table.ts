import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { DuckDBInstance } from '@duckdb/node-api';
import { fail, ok, type Result } from '../result';
import { connected, lock, numberOf, openDatabase, rowsOf, settleThreads, textOf, type Reading } from './database';
import { withRival, type Detected } from './detect';
import { sourceOf, type Source } from './formats/source';
import { keepCells, type Kept } from './keep';
import type { Mendings } from './line-mender';
import { loadSource, type Loaded } from './load-source';
import { markLabels } from './labels';
import { nameColumns } from './names';
import { profileColumns, type Profile } from './profile';
import { recognise, unreadable } from './recognise';
import { linesFrom, type RawLine } from './lines-from';
import { rawLines } from './raw-lines';
import { readNumbers, readTexts } from './read-columns';
import { LineTooLong } from './rewrite';
import { conditionOf } from './rows/filter';
import { createFinder, type Found, type Place } from './rows/find';
import { levelsOf, type Levels } from './rows/levels';
import { cellsOf, createOrders, type Row, type View } from './rows/ordered';
import type { RowFilter, Sought } from './rows/types';
import type { DialectChoice, TableInfo } from './types';

export interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

/** The rows in sight: those that every filter lets through, in this order (null: of the file). */
export interface Sight {
  readonly filter?: readonly RowFilter[];
  readonly sort?: Sort | null;
}

/**
 * Rows as the grid shows them: the original text of every cell, null when empty, and what it is to its column; `row` counts the
 * records of the file from 0, and `total` the rows in sight.
 */
export interface Page {
  readonly rows: Row[];
  readonly total: number;
}

/** A file that has been read whole. It no longer needs the file; `close` gives back its memory and its folder. */
export interface Table {
  readonly info: TableInfo;
  page(offset: number, limit: number, sight?: Sight): Promise<Result<Page>>;
  /** The next cell in sight that is looked for, after a place or before it. */
  find(what: Sought, sight: Sight, from: Place, backwards: boolean): Promise<Result<Found>>;
  /** The records that every filter lets through, ascending; null for all of them. */
  records(filter: readonly RowFilter[]): Promise<Result<Uint32Array | null>>;
  /** Different values of a column with their counts, the most frequent first. */
  levels(column: string, contains: string, offset: number, limit: number): Promise<Result<Levels>>;
  /** Lines as they stand in the file, from the first or from a later one, and how each is cut. */
  raw(lines: number, from?: number): Promise<Result<RawLine[]>>;
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
  /** Bytes that the cells may take before they go to disk; absent: most of the machine's. */
  readonly memory?: number;
  /** Identity of the table for requests about it. */
  readonly tableId?: string;
  /** Milliseconds, for the duration that is reported. */
  readonly now?: () => number;
}

/**
 * Opens a table: recognised, made text where it is not, its dialect detected or as chosen, every cell kept as text, columns
 * typed and described.
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
    if (choice.thousands && choice.thousands === choice.decimal)
      return fail(
        'csv/marks',
        `The ${markLabels[choice.decimal]} cannot be both the decimal mark and the mark between thousands: choose another for one of them.`,
      );
    const recognised = await recognise(path, name);
    if (!recognised.ok) return recognised;
    folder = await mkdtemp(join(options.tempFolder, 'table-'));
    database = await openDatabase(folder, options.memory);
    const found = await sourceOf(path, name, recognised.value, choice, folder, database, signal);
    if (!found.ok) return await giveUp(found);
    const source = found.value;
    const { detected, cells } = source;
    if (detected.sampled === 0) return await giveUp(noRows(name, detected));
    if (detected.width > MOST_COLUMNS) return await giveUp(tooWide(name, detected.width));

    const read = await readCells(database, source, { name, folder, signal });
    if (!read.ok) return await giveUp(read);
    const { rows, mendings, blank, profile } = read.value;
    const rejected = together(source.rejected, read.value.rejected);
    const columns = namedColumns(profile, detected.names);
    const dropped = profile.columns.slice(columns.length);
    const info: TableInfo = {
      tableId: options.tableId ?? randomUUID(),
      file: { name, ...source.file },
      rows,
      lines: source.lines,
      dialect: {
        ...detected.dialect,
        missing: [...profile.reading.missing],
        ...(choice.missingIn && { missingIn: choice.missingIn }),
        ...(source.sheet !== undefined && { sheet: source.sheet }),
      },
      decisions: [
        ...detected.decisions.map((decision) =>
          decision.id === 'thousands' ? withRival(decision, profile.doubtfulThousands ? '' : null) : decision,
        ),
        profile.missing,
      ],
      columns,
      rejected,
      repaired: mendings.repaired,
      proposals: profile.proposals,
      warnings: [
        ...detected.warnings,
        ...(dropped.length
          ? [
              `${dropped.length === 1 ? 'The last column is' : `The last ${dropped.length} columns are`} empty and without a name, and left out.`,
            ]
          : []),
        ...rejectedWarning(rejected),
        ...mendedWarnings(mendings, detected.dialect),
        ...blankWarning(blank, detected.width),
        ...profile.warnings,
      ],
      failures: profile.failures,
      seconds: (now() - started) / 1000,
    };
    const origin: Origin = {
      header: detected.names,
      width: detected.width,
      raw: (lines) => rawLines(detected, lines),
      from: (from, lines) =>
        cells.kind === 'text'
          ? linesFrom(cells.path, detected.dialect, from, lines, cells.facts.bytes)
          : Promise.resolve(fail('data/no-lines', `“${name}” is a Parquet file, which has no lines to show.`)),
    };
    return ok(tableOver(database, folder, info, profile.reading, origin));
  } catch (cause) {
    if (signal?.aborted) return giveUp(fail('data/cancelled', `Opening “${name}” was cancelled.`));
    if (cause instanceof LineTooLong)
      return giveUp(
        fail(
          'csv/long-line',
          `“${name}” has a line longer than 32 MB, which is no row of a table: check that the file is text with a row a line.`,
        ),
      );
    if (cause instanceof Error && 'syscall' in cause) return giveUp(unreadable(cause, name));
    await giveUp(null);
    throw cause;
  }
}

function readCells(
  database: DuckDBInstance,
  source: Source,
  { name, folder, signal }: { name: string; folder: string; signal: AbortSignal | undefined },
): Promise<
  Result<{
    rows: number;
    rejected: TableInfo['rejected'];
    mendings: Mendings;
    blank: Loaded['blank'];
    profile: Profile & { warnings: readonly string[] };
  }>
> {
  const { detected, choice } = source;
  return connected(
    database,
    async (connection) => {
      const loaded = await loadSource(connection, source, name, folder, signal);
      if (!loaded.ok) return loaded;
      const [[count]] = await rowsOf(connection, 'select count(*) from cells');
      const rows = Number(count);
      if (rows === 0) return noRows(name, detected);
      await settleThreads(connection, rows);
      await lock(connection, folder);
      const names = nameColumns(detected.names, detected.width);
      const profile = await profileColumns(connection, names.columns, rows, {
        ...detected.dialect,
        missing: choice.missing,
        missingIn: choice.missingIn,
      });
      return ok({
        rows,
        ...loaded.value,
        profile: { ...profile, warnings: [...names.warnings, ...profile.warnings] },
      });
    },
    signal,
  );
}

/** As many as a sheet of Excel has; each takes its own plan and its own place on the screen. */
const MOST_COLUMNS = 16_384;

const tooWide = (name: string, width: number): Result<never> =>
  fail(
    'csv/too-wide',
    `“${name}” has ${width.toLocaleString('en')} columns where ${MOST_COLUMNS.toLocaleString('en')} are the most: check its delimiter, or save the columns that matter.`,
  );

function noRows(name: string, detected: Detected): Result<never> {
  if (detected.goesOn)
    return fail(
      'csv/long-line',
      `No row of “${name}” ends within its first 256 KB, so how it is cut cannot be seen: check that the file is text with a row a line.`,
    );
  return detected.names
    ? fail(
        'csv/header-only',
        `“${name}” holds the names of ${detected.width} ${detected.width === 1 ? 'column' : 'columns'} but no rows: choose a file with data below them.`,
      )
    : fail('csv/no-rows', `“${name}” has no rows that can be read: check its delimiter and the lines to skip.`);
}

/** The columns but those at the end without a name and without a value, as a delimiter at the end of every line makes them. */
export function namedColumns({ columns }: Profile, header: readonly string[] | null): Profile['columns'] {
  const last = columns.findLastIndex(
    ({ missing, distinct, original }) => distinct > 0 || missing === 0 || (header !== null && original.trim() !== ''),
  );
  return last === -1 ? columns : columns.slice(0, last + 1);
}

/** Rows left out by the format and by the reading of its text, in the order of their lines. */
function together(one: TableInfo['rejected'], other: TableInfo['rejected']): TableInfo['rejected'] {
  const first = [...one.first, ...other.first].sort((a, b) => a.line - b.line);
  return { count: one.count + other.count, first };
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

function mendedWarnings({ repaired, remarks }: Mendings, { comment }: Detected['dialect']): string[] {
  const warnings: string[] = [];
  const [first] = repaired.first;
  if (repaired.count === 1) warnings.push(`Line ${first.line} was mended: ${first.reason}.`);
  else if (repaired.count > 1)
    warnings.push(
      `${repaired.count.toLocaleString('en')} lines were mended; the first is line ${first.line}: ${first.reason}.`,
    );
  if (remarks.count === 1)
    warnings.push(`Line ${remarks.firstLine} begins with ${comment} and was left out as a remark.`);
  else if (remarks.count > 1)
    warnings.push(
      `${remarks.count.toLocaleString('en')} lines that begin with ${comment} were left out as remarks; the first is line ${remarks.firstLine}.`,
    );
  return warnings;
}

function blankWarning({ count, firstLine }: Loaded['blank'], width: number): string[] {
  if (count === 0) return [];
  const lines = count === 1 ? '1 blank line' : `${count.toLocaleString('en')} blank lines`;
  const first = firstLine === 0 ? '' : count === 1 ? ` (line ${firstLine})` : ` (the first is line ${firstLine})`;
  const meant = width === 1 ? ': if a value is missing there, write NA in its place' : '';
  return [`${lines} among the rows ${count === 1 ? 'was' : 'were'} passed over${first}${meant}.`];
}

/** What is known of the file itself beyond its table. */
export interface Origin {
  /** Names as they stand in the file, null without a header. */
  readonly header: readonly string[] | null;
  /** Columns of `cells`: an empty tail is among them. */
  readonly width: number;
  /** The first records as they stand in the file. */
  raw(lines: number): { text: string; cells: string[] }[];
  /** Lines from a later one on, while the file is there. */
  from(from: number, lines: number): Promise<Result<RawLine[]>>;
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
    if (!found) throw new RangeError(`The table has no column “${column}”.`);
    return found.index;
  };
  const sortKey = (column: string) => {
    const index = indexOf(column);
    const numeric = info.columns.find(({ name }) => name === column)?.type === 'number';
    return numeric ? numberOf(index, reading) : textOf(index, reading);
  };
  const orders = createOrders(database, info.rows);
  const finder = createFinder(database, info.rows, info.columns, reading);
  const columnCalled = (column: string) => info.columns.find(({ name }) => name === column);
  const unknown = (column: string) => fail('data/unknown-column', `The table has no column “${column}”.`);

  function viewOf({ filter = [], sort = null }: Sight): Result<View> {
    const stranger = [...filter, ...(sort ? [sort] : [])].find(({ column }) => !columnCalled(column));
    if (stranger) return unknown(stranger.column);
    const conditions = filter.map((one) => `(${conditionOf(one, columnCalled(one.column)!, reading)})`);
    return ok({
      where: conditions.length ? conditions.join(' and ') : null,
      key: sort && sortKey(sort.column),
      descending: sort?.descending ?? false,
    });
  }

  return {
    info,
    async page(offset, limit, sight = {}) {
      const view = viewOf(sight);
      if (!view.ok) return view;
      const { records, total } = await orders.slice(view.value, offset, limit);
      return ok({ rows: await cellsOf(database, records, info.columns, reading), total });
    },
    async find(what, sight, from, backwards) {
      const view = viewOf(sight);
      if (!view.ok) return view;
      if (what.kind === 'cells' && !columnCalled(what.column)) return unknown(what.column);
      return ok(await finder.find(what, await orders.orderOf(view.value), from, backwards));
    },
    async records(filter) {
      const view = viewOf({ filter });
      return view.ok ? ok(await orders.orderOf(view.value)) : view;
    },
    async levels(column, contains, offset, limit) {
      const known = columnCalled(column);
      return known ? ok(await levelsOf(database, known.index, reading, contains, offset, limit)) : unknown(column);
    },
    raw: (lines, from = 1) => (from > 1 ? origin.from(from, lines) : Promise.resolve(ok(numbered(origin.raw(lines))))),
    numbers: (column) => readNumbers(database, info.rows, numberOf(indexOf(column), reading)),
    texts: (column) => readTexts(database, info.rows, textOf(indexOf(column), reading)),
    keep: () => keepCells(database, folder, info, origin),
    async close() {
      database.closeSync();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Records take one line each, or more. */
function numbered(records: readonly { text: string; cells: string[] }[]): RawLine[] {
  let line = 1;
  return records.map(({ text, cells }) => {
    const at = line;
    line += text.split('\n').length;
    return { line: at, text, cells };
  });
}
