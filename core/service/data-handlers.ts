import { randomUUID } from 'node:crypto';
import type { Handlers } from '../client-connection';
import { TABLE_SHARE } from '../data/large/memory-plan';
import type { Table } from '../data/table';
import type { FileSource } from '../protocol';
import { fail, ok, type Result } from '../result';
import { openFile } from '../store/open-file';
import type { Shared } from './session';
import type { Tables } from './tables';

/** @param gone  aborted when the client leaves: a file that is still being read is given up */
export function dataHandlers(
  shared: Shared,
  tables: Tables<Table>,
  gone: AbortSignal,
): Pick<Handlers, 'data/open' | 'data/raw' | 'data/page' | 'data/find' | 'data/levels' | 'data/close'> {
  return {
    'data/open': async ({ source, dialect }) => {
      const file = locate(shared, source);
      if (!file.ok) return file;
      const { path, name } = file.value;
      const options = {
        tempFolder: shared.tempFolder,
        tableId: randomUUID(),
        signal: gone,
        memory: TABLE_SHARE * shared.memory.bytes,
      };
      const opened = await openFile(path, name, dialect, options);
      if (!opened.ok) return opened;
      const { table, work } = opened.value;
      tables.add(table.info.tableId, table);
      // Who opens a table is about to fit.
      shared.pool.warm();
      return ok(work ? { ...table.info, project: work } : table.info);
    },
    'data/raw': ({ tableId, lines, from }) =>
      tables.use(tableId, async (table) => {
        const found = await table.raw(lines, from);
        return found.ok ? ok({ lines: found.value }) : found;
      }),
    'data/page': ({ tableId, offset, limit, sort, filter }) =>
      tables.use(tableId, (table) => table.page(offset, limit, { filter, sort })),
    'data/find': ({ tableId, what, filter, sort, from, backwards }) =>
      tables.use(tableId, (table) => table.find(what, { filter, sort }, from, backwards)),
    'data/levels': ({ tableId, column, contains, offset, limit }) =>
      tables.use(tableId, (table) => table.levels(column, contains, offset, limit)),
    'data/close': async ({ tableId }) => {
      tables.close(tableId);
      return ok({});
    },
  };
}

/** The page knows files by id; only files the user chose, and our samples, have one. */
function locate({ grants, samples }: Shared, source: FileSource): Result<{ path: string; name: string }> {
  if (source.kind === 'grant') {
    const grant = grants.get(source.id);
    return grant ? ok(grant) : fail('data/no-grant', 'That file is not available any more; open it again.');
  }
  const sample = samples.list.find((one) => one.id === source.id);
  const path = samples.path(source.id);
  return sample && path
    ? ok({ path, name: `${sample.name}.csv` })
    : fail('data/no-sample', `There is no example named “${source.id}”.`);
}
