import { open } from 'node:fs/promises';
import { openTable, type OpenOptions, type Table } from '../data/table';
import type { DialectChoice } from '../data/types';
import { fail, ok, type Result } from '../result';
import { FORMAT, MANIFEST } from './manifest';
import { openProject } from './open-project';
import type { SavedWork } from './work';

/** A file that was opened: a table, or a project's table with its work. */
export interface OpenFile {
  readonly table: Table;
  /** Null for a table that is a file of its own. */
  readonly work: SavedWork | null;
}

/**
 * Opens a file that a user chose: a project by what it begins with, whatever it is called, else a table.
 *
 * @param name  how the user knows the file
 * @param choice  how to read a table; a project's was read when it was opened first
 */
export async function openFile(
  path: string,
  name: string,
  choice: DialectChoice,
  options: OpenOptions,
): Promise<Result<OpenFile>> {
  const kind = await kindOf(path, name);
  if (kind === 'table') {
    const table = await openTable(path, name, choice, options);
    return table.ok ? ok({ table: table.value, work: null }) : table;
  }
  if (kind === 'empty-project')
    return fail(
      'project/empty',
      `“${name}” is empty: nothing was ever saved in it, or a copy was cut off; use another copy of the project.`,
    );
  if (kind === 'not-a-project')
    return fail(
      'project/not-ours',
      `“${name}” is not a project of MoE Lab, or its beginning is damaged: use a copy of the file.`,
    );
  if (Object.keys(choice).length > 0)
    return fail(
      'project/read-already',
      `“${name}” keeps its table as it was read; to read it another way, open the table’s own file.`,
    );
  return openProject(path, name, options);
}

/** Where the manifest's first bytes stand: behind the archive's own header, which has no extra fields in ours. */
const HEADER = 30;
const BEGINNING = `${MANIFEST}{"format":"${FORMAT}"`;
const HEAD = 128;

type Kind = 'project' | 'empty-project' | 'not-a-project' | 'table';

async function kindOf(path: string, name: string): Promise<Kind> {
  const start = await startOf(path);
  const isNamedSo = /\.moe$/i.test(name);
  if (start === null) return 'table';
  if (start === '' && isNamedSo) return 'empty-project';
  const isOurs = start.startsWith('PK\x03\x04') && start.slice(HEADER).startsWith(BEGINNING);
  if (isOurs) return 'project';
  // What is left of a damaged project must not be read as a table of one odd cell.
  return isNamedSo ? 'not-a-project' : 'table';
}

/** The first bytes as Latin-1; null of what cannot be read, which whoever opens it will say. */
async function startOf(path: string): Promise<string | null> {
  try {
    const file = await open(path, 'r');
    try {
      const buffer = Buffer.alloc(HEAD);
      return buffer.toString('latin1', 0, (await file.read(buffer, 0, HEAD, 0)).bytesRead);
    } finally {
      await file.close();
    }
  } catch {
    return null;
  }
}
