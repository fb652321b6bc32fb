import { basename } from 'node:path';
import type { DialectChoice } from '../data/types';
import { openTable, type Table } from '../data/table';
import type { Result } from '../result';
import { privateTempFolder } from '../temp-folder';

/** Opens a table for the time of `use`; whatever comes of it, the table is closed and its private folder removed. */
export async function withTable<T>(
  path: string,
  choice: DialectChoice,
  use: (table: Table) => Promise<Result<T>>,
): Promise<Result<T>> {
  const temp = privateTempFolder();
  try {
    const table = await openTable(path, basename(path), choice, { tempFolder: temp.path });
    if (!table.ok) return table;
    try {
      return await use(table.value);
    } finally {
      await table.value.close();
    }
  } finally {
    temp.remove();
  }
}
