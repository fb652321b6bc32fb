import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { openTable, type Table } from '../../core/data/table';
import type { DialectChoice } from '../../core/data/types';
import type { Result } from '../../core/result';

/** A folder for the files of one test file, gone when it ends; where every test is skipped there is none. */
export function scratch() {
  const folder = join(tmpdir(), `moe-lab-data-${randomUUID()}`);
  const tables: Table[] = [];
  const tempFolder = join(folder, 'private');
  beforeAll(() => void mkdirSync(tempFolder, { recursive: true }));
  afterAll(async () => {
    for (const table of tables) await table.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const file = (name: string, content: string | Uint8Array) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const attempt = async (
    content: string | Uint8Array,
    choice: DialectChoice = {},
    name = 'table.csv',
  ): Promise<Result<Table>> => {
    const opened = await openTable(file(name, content), name, choice, { tempFolder });
    if (opened.ok) tables.push(opened.value);
    return opened;
  };
  /** Opens a text as a file; fails the test when it is refused. */
  const open = async (content: string | Uint8Array, choice: DialectChoice = {}): Promise<Table> => {
    const opened = await attempt(content, choice);
    if (!opened.ok) throw new Error(opened.error.message);
    return opened.value;
  };
  return { folder, tempFolder, file, attempt, open };
}
