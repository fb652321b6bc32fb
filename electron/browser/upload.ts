import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { join } from 'node:path';
import type { Result } from '../../core/result';

const LONGEST_NAME = 150;

/** Writes a file sent by the page into a folder of its own below `folder`, and says where. Memory stays flat whatever its size. */
export async function receiveUpload(body: Readable, name: string, folder: string): Promise<Result<string>> {
  const own = join(folder, randomUUID());
  const path = join(own, safeName(name));
  try {
    await mkdir(own, { mode: 0o700 });
    await pipeline(body, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    return { ok: true, value: path };
  } catch (error) {
    await rm(own, { recursive: true, force: true });
    return { ok: false, error: uploadError(error) };
  }
}

/** The file's own name without what a path or another system would read into it. Keeps the ending: it tells what the file is. */
export function safeName(name: string): string {
  const last = name.split(/[\\/]/).pop() ?? '';
  const clean = Array.from(last, (character) => (isUnsafe(character) ? '_' : character)).join('');
  const trimmed = clean.replace(/^\.+|[. ]+$/g, '').slice(-LONGEST_NAME);
  return trimmed || 'table.csv';
}

/** Control characters, and what Windows gives a meaning in names. */
function isUnsafe(character: string): boolean {
  const code = character.codePointAt(0) as number;
  return code < 0x20 || code === 0x7f || '<>:"|?*'.includes(character);
}

function uploadError(error: unknown): { code: string; message: string } {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOSPC') {
    return {
      code: 'host/disk-full',
      message: 'The temporary folder has no room for this file; free some space and open it again.',
    };
  }
  if (code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET') {
    return { code: 'host/upload-cut', message: 'The file did not arrive whole; open it again.' };
  }
  const said = error instanceof Error ? error.message : String(error);
  return { code: 'host/upload-failed', message: `The file could not be received (${said}); open it again.` };
}
