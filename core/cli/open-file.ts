import { basename } from 'node:path';
import type { DialectChoice } from '../data/types';
import type { Table } from '../data/table';
import type { Result } from '../result';
import { openFile } from '../store/open-file';
import { privateTempFolder } from '../temp-folder';

/**
 * Opens a table, or the table of a project, for the time of `use`; whatever comes of it, the table is closed and its private folder removed.
 *
 * @param memory  bytes that the table may take before it goes to disk; absent: as the engine likes
 */
export async function withTable<T>(
  path: string,
  choice: DialectChoice,
  use: (table: Table, tempFolder: string) => Promise<Result<T>>,
  memory?: number,
): Promise<Result<T>> {
  const temp = privateTempFolder();
  try {
    const opened = await openFile(path, basename(path), choice, { tempFolder: temp.path, memory });
    if (!opened.ok) return opened;
    const { table } = opened.value;
    try {
      return await use(table, temp.path);
    } finally {
      await table.close();
    }
  } finally {
    temp.remove();
  }
}
