import { afterAll, expect, test } from 'vitest';
import { connected, openDatabase, rowsOf } from '../../../core/data/database';
import { privateTempFolder } from '../../../core/temp-folder';

const temp = privateTempFolder();
afterAll(temp.remove);

async function limitOf(memory?: number): Promise<string> {
  const database = await openDatabase(temp.path, memory);
  try {
    const sql = "select current_setting('memory_limit')";
    const [[limit]] = await connected(database, (connection) => rowsOf(connection, sql));
    return String(limit);
  } finally {
    database.closeSync();
  }
}

test('the table engine has the memory it is given, but never less than it needs to read a file', async () => {
  expect(await limitOf(1e9)).toBe('953.6 MiB');
  expect(await limitOf(1000)).toBe('244.1 MiB');
  expect(await limitOf()).toMatch(/GiB$/);
});
