import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { fail, ok, type Result } from '../result';
import { batches, cell, connected, literal, lock, openDatabase, rowsOf, settleThreads } from './database';
import type { KeptTable } from './keep';
import { nameColumns } from './names';
import { profileColumns, type Profile } from './profile';
import { namedColumns, tableOver, type OpenOptions, type Origin, type Table } from './table';
import type { TableInfo } from './types';

/** Cells, and bytes of their text, that are taken at most: a small file can claim to hold any number of them. */
const MOST_CELLS = 2e9;
const MOST_TEXT = 8e9;

/**
 * Opens a table from its kept cells: the same identity, names, types and numbers as when the file itself was read.
 *
 * @param parquet  the cells, as `Table.keep` writes them
 * @param name  of the file they come from, for messages
 */
export async function openKept(
  parquet: Uint8Array,
  kept: KeptTable,
  name: string,
  options: OpenOptions,
): Promise<Result<Table>> {
  const now = options.now ?? (() => performance.now());
  const started = now();
  const folder = await mkdtemp(join(options.tempFolder, 'table-'));
  let database: DuckDBInstance | null = null;
  const giveUp = async <T>(result: T): Promise<T> => {
    database?.closeSync();
    await rm(folder, { recursive: true, force: true });
    return result;
  };
  try {
    const path = join(folder, 'kept.parquet');
    await writeFile(path, parquet, { mode: 0o600 });
    database = await openDatabase(folder, options.memory);
    const profile = await connected(
      database,
      async (connection): Promise<Result<Profile>> => {
        const loaded = await loadKept(connection, path, kept, name);
        await rm(path, { force: true });
        if (!loaded.ok) return loaded;
        await settleThreads(connection, kept.rows);
        await lock(connection, folder);
        const { columns } = nameColumns(kept.header, kept.width);
        return ok(await profileColumns(connection, columns, kept.rows, kept.dialect));
      },
      options.signal,
    );
    if (!profile.ok) return await giveUp(profile);
    const { file, rows, lines, dialect, decisions, rejected, warnings } = kept;
    const info: TableInfo = {
      tableId: options.tableId ?? randomUUID(),
      file,
      rows,
      lines,
      dialect,
      decisions,
      columns: namedColumns(profile.value, kept.header),
      rejected,
      repaired: kept.repaired ?? { count: 0, first: [] },
      proposals: kept.proposals ?? [],
      warnings,
      failures: profile.value.failures,
      seconds: (now() - started) / 1000,
    };
    const origin: Origin = {
      header: kept.header,
      width: kept.width,
      raw: (count) => kept.first.slice(0, count),
      from: (from) =>
        Promise.resolve(
          fail(
            'data/file-changed',
            `Line ${from.toLocaleString('en')} cannot be shown: a project keeps the cells of its table and only the first lines of the file. Open “${file.name}” itself to see it.`,
          ),
        ),
    };
    return ok(tableOver(database, folder, info, profile.value.reading, origin));
  } catch (cause) {
    if (options.signal?.aborted) return giveUp(fail('data/cancelled', `Opening “${name}” was cancelled.`));
    await giveUp(null);
    throw cause;
  }
}

/** Reads the cells into the table `cells`; refuses what is not the table that was kept. */
async function loadKept(
  connection: DuckDBConnection,
  path: string,
  { rows, width }: KeptTable,
  name: string,
): Promise<Result<null>> {
  const damaged = (what: string) =>
    fail('project/damaged', `The table in “${name}” is damaged (${what}): use a copy of the file.`);
  const file = literal(path);
  const wanted = Array.from({ length: width }, (_, i) => `${cell(i)} VARCHAR`);
  try {
    const described = await rowsOf(connection, `describe select * from read_parquet(${file})`);
    const found = described.map(([column, type]) => `${String(column)} ${String(type)}`);
    if (found.join() !== wanted.join()) return damaged('its columns are not those of the recipe');
    const [[count]] = await rowsOf(connection, `select sum(num_rows) from parquet_file_metadata(${file})`);
    if (Number(count) !== rows) return damaged(`${Number(count)} rows where ${rows} are expected`);
    if (rows * width > MOST_CELLS) return damaged('it claims more cells than can be read');
    let text = 0;
    for (const batch of batches(Array.from({ length: width }, (_, i) => i))) {
      const sums = batch.map((i) => `coalesce(sum(strlen(${cell(i)})), 0)`).join(' + ');
      const [[bytes]] = await rowsOf(connection, `select (${sums})::double from read_parquet(${file})`);
      text += Number(bytes);
    }
    if (text > MOST_TEXT) return damaged('its text is larger than can be read');
    await connection.run(`create table cells as select * from read_parquet(${file})`);
  } catch (cause) {
    if (cause instanceof Error && /interrupt/i.test(cause.message)) throw cause;
    return damaged('it cannot be read');
  }
  const [[read]] = await rowsOf(connection, 'select count(*) from cells');
  return Number(read) === rows ? ok(null) : damaged('rows are missing');
}
