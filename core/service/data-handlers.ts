import { randomUUID } from 'node:crypto';
import type { Handlers } from '../client-connection';
import { openTable, type Table } from '../data/table';
import type { FileSource } from '../protocol';
import { fail, ok, type Result } from '../result';
import type { Shared } from './session';
import type { Tables } from './tables';

export function dataHandlers(
  shared: Shared,
  tables: Tables<Table>,
): Pick<Handlers, 'data/open' | 'data/raw' | 'data/page' | 'data/close'> {
  return {
    'data/open': async ({ source, dialect }) => {
      const file = locate(shared, source);
      if (!file.ok) return file;
      const { path, name } = file.value;
      const table = await openTable(path, name, dialect, { tempFolder: shared.tempFolder, tableId: randomUUID() });
      if (!table.ok) return table;
      tables.add(table.value.info.tableId, table.value);
      return ok(table.value.info);
    },
    'data/raw': async ({ tableId, lines }) => {
      const table = tables.get(tableId);
      return table.ok ? ok({ lines: table.value.raw(lines) }) : table;
    },
    'data/page': async ({ tableId, offset, limit, sort }) => {
      const table = tables.get(tableId);
      return table.ok ? table.value.page(offset, limit, sort) : table;
    },
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
