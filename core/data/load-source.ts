import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { ok, type Result } from '../result';
import { loadParquet } from './formats/parquet';
import type { Source } from './formats/source';
import type { Mendings } from './line-mender';
import { loadCells } from './load';
import { makeReadable } from './rewrite';
import type { TableInfo } from './types';

/** What was left out and what was mended on the way into the table `cells`. */
export interface Loaded {
  readonly rejected: TableInfo['rejected'];
  readonly mendings: Mendings;
}

/**
 * Reads a file of any format into the table `cells` (c0, c1, ... as text), one row a record.
 *
 * @param folder  a private folder, for a copy that the table engine can read
 */
export async function loadSource(
  connection: DuckDBConnection,
  { cells, detected }: Source,
  name: string,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<Result<Loaded>> {
  if (cells.kind === 'parquet') {
    const loaded = await loadParquet(connection, cells.path, cells.file, name);
    return loaded.ok
      ? ok({
          rejected: { count: 0, first: [] },
          mendings: { repaired: { count: 0, first: [] }, remarks: { count: 0, firstLine: 0 } },
        })
      : loaded;
  }
  const { path, facts } = cells;
  const copy = join(folder, 'rewritten.csv');
  const bodyLines = facts.lines - detected.bodyLine;
  let readable = await makeReadable(path, copy, detected, facts, new Map(), signal);
  let loaded = await loadCells(connection, readable, detected.width, bodyLines, name);
  if (loaded.ok && loaded.value.surplus.size > 0) {
    readable = await makeReadable(path, copy, detected, facts, loaded.value.surplus, signal);
    loaded = await loadCells(connection, readable, detected.width, bodyLines, name);
  }
  await rm(copy, { force: true });
  return loaded.ok ? ok({ rejected: loaded.value.rejected, mendings: readable.mendings }) : loaded;
}
