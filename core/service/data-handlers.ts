import { randomUUID } from 'node:crypto';
import type { Handlers } from '../client-connection';
import { openTable, type Table } from '../data/table';
import type { FileSource } from '../protocol';
import { fail, ok, type Result } from '../result';
import type { Shared } from './session';
import type { Tables } from './tables';

/** @param gone  aborted when the client leaves: a file that is still being read is given up */
export function dataHandlers(
  shared: Shared,
  tables: Tables<Table>,
  gone: AbortSignal,
): Pick<Handlers, 'data/open' | 'data/raw' | 'data/page' | 'data/close'> {
  return {
    'data/open': async ({ source, dialect }) => {
      const file = locate(shared, source);
      if (!file.ok) return file;
      const { path, name } = file.value;
      const options = { tempFolder: shared.tempFolder, tableId: randomUUID(), signal: gone };
      const table = await openTable(path, name, dialect, options);
      if (!table.ok) return table;
      tables.add(table.value.info.tableId, table.value);
      return ok(table.value.info);
    },
    'data/raw': ({ tableId, lines }) => tables.use(tableId, async (table) => ok({ lines: table.raw(lines) })),
    'data/page': ({ tableId, offset, limit, sort }) => tables.use(tableId, (table) => table.page(offset, limit, sort)),
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
    : fail('data/no-sample', `There is no example named "${source.id}".`);
}
