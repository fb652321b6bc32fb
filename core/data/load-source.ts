import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { rowsOf } from './database';
import { ok, type Result } from '../result';
import { loadParquet } from './formats/parquet';
import type { Source } from './formats/source';
import { NAMED, surplusReason, type Mendings } from './line-mender';
import { loadCells } from './load';
import { passedOver, type PassedOver } from './passed-over';
import { makeReadable, type Readable } from './rewrite';
import type { TableInfo } from './types';

/** What was left out and what was mended on the way into the table `cells`. */
export interface Loaded {
  readonly rejected: TableInfo['rejected'];
  readonly mendings: Mendings;
  readonly blank: PassedOver['blank'];
}

const noBlank: PassedOver['blank'] = { count: 0, firstLine: 0 };

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
          blank: noBlank,
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
  if (!loaded.ok) return loaded;
  const { rejected } = loaded.value;
  const [[rows]] = await rowsOf(connection, 'select count(*) from cells');
  const told = Number(rows) + rejected.count + readable.mendings.remarks.count;
  // Where every line is accounted for, and none has a cell too many, there is nothing to look for.
  const passed = facts.openEnds || told !== bodyLines ? await passedOver(readable, detected.width) : null;
  await rm(copy, { force: true });
  return ok({ rejected, ...withPassedOver(readable, passed) });
}

/** What was mended, with the cells that the table engine itself passed over, and the blank lines. */
function withPassedOver({ mendings }: Readable, passed: PassedOver | null): Pick<Loaded, 'mendings' | 'blank'> {
  if (passed === null) return { mendings, blank: noBlank };
  const { repaired, remarks } = mendings;
  const { surplus, blank } = passed;
  const first = [
    ...repaired.first,
    ...surplus.first.map(({ line, cells }) => ({ line, reason: surplusReason(cells) })),
  ];
  return {
    mendings: {
      repaired: {
        count: repaired.count + surplus.count,
        first: first.sort((a, b) => a.line - b.line).slice(0, NAMED),
      },
      remarks,
    },
    // Remarks are blank lines to the table engine; which of them are is not known here.
    blank: remarks.count === 0 ? blank : { count: Math.max(0, blank.count - remarks.count), firstLine: 0 },
  };
}
