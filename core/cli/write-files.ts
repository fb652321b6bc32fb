import { randomUUID } from 'node:crypto';
import { open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fail, ok, type Result } from '../result';

export interface OutputFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Writes a file whole or not at all: a temporary file beside it, flushed to the disk, then renamed over it. A reader never sees
 * half a file, and a failure leaves what was there.
 */
export async function writeWhole({ path, text }: OutputFile): Promise<Result<null>> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  try {
    const handle = await open(temporary, 'wx');
    try {
      await handle.writeFile(text, 'utf8');
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
    return ok(null);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    return fail('output/unwritable', reason(path, (error as NodeJS.ErrnoException).code));
  }
}

export async function writeAll(files: readonly OutputFile[]): Promise<Result<null>> {
  for (const file of files) {
    const written = await writeWhole(file);
    if (!written.ok) return written;
  }
  return ok(null);
}

/**
 * Says before the work what would fail after it, or be regretted: a folder that is not there, a folder named as a file, one file
 * named twice, a file that is read.
 */
export async function checkOutputs(paths: readonly string[], inputs: readonly string[]): Promise<Result<null>> {
  const read = await Promise.all(inputs.map(identity));
  const seen = new Set<string>();
  for (const path of paths) {
    if (seen.has(resolve(path)))
      return fail('usage/same-output', `Two outputs are to go to ${path}; give each its own file.`);
    seen.add(resolve(path));
    const folder = await kindOf(dirname(path));
    if (folder !== 'folder') return fail('output/unwritable', reason(path, 'ENOENT'));
    if ((await kindOf(path)) === 'folder') return fail('output/unwritable', reason(path, 'EISDIR'));
    const existing = await identity(path);
    if (existing !== null && read.includes(existing))
      return fail('usage/output-is-input', `Writing ${path} would destroy a file that is read; name another.`);
  }
  return ok(null);
}

const kindOf = (path: string): Promise<'folder' | 'file' | null> =>
  stat(path).then(
    (entry) => (entry.isDirectory() ? 'folder' : 'file'),
    () => null,
  );

/** The same for two paths that lead to one file, links included; null where there is none. */
const identity = (path: string): Promise<string | null> =>
  stat(path, { bigint: true }).then(
    ({ dev, ino }) => `${dev} ${ino}`,
    () => null,
  );

function reason(path: string, code: string | undefined): string {
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return `Cannot write ${path}: the folder ${dirname(path)} does not exist; make it or name another.`;
    case 'EISDIR':
      return `Cannot write ${path}: it is a folder; name a file in it.`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `Cannot write ${path}: no permission to write there; name another place.`;
    case 'ENOSPC':
    case 'EDQUOT':
      return `Cannot write ${path}: the disk is full; free some space or name another place.`;
    default:
      return `Cannot write ${path} (${code ?? 'unknown reason'}); name another place.`;
  }
}
