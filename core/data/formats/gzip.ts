import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { fail, ok, type Result } from '../../result';
import { TooLarge } from './damaged';

/** Unpacked bytes that are taken without a question, and how many times the packed ones at most beyond that: real text gives 100. */
const TRUSTED = 256 * 1024 * 1024;
const MOST_TIMES = 200;
/** Unpacked bytes that are taken at all. */
const MOST = 16 * 1024 * 1024 * 1024;

/**
 * Unpacks a gzip file, however many parts it has, into a private folder.
 *
 * @param bytes  of the packed file
 * @returns where the unpacked file is
 */
export async function gunzip(
  path: string,
  name: string,
  bytes: number,
  folder: string,
  signal?: AbortSignal,
): Promise<Result<string>> {
  const to = join(folder, 'unpacked');
  const most = Math.min(MOST, Math.max(TRUSTED, MOST_TIMES * bytes));
  let unpacked = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      unpacked += chunk.length;
      if (unpacked > most) done(new TooLarge());
      else done(null, chunk);
    },
  });
  try {
    await pipeline(
      createReadStream(path, { highWaterMark: 256 * 1024 }),
      createGunzip({ chunkSize: 256 * 1024 }),
      counted,
      createWriteStream(to, { mode: 0o600 }),
      { signal },
    );
    return ok(to);
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof TooLarge)
      return fail(
        'gzip/too-large',
        `“${name}” unpacks to more than ${Math.floor(most / 1024 / 1024).toLocaleString('en')} MB: unpack it yourself, and open the file inside if it is the table.`,
      );
    const code = (cause as NodeJS.ErrnoException).code ?? '';
    if (code === 'Z_BUF_ERROR') return fail('gzip/cut-short', `“${name}” is cut short: copy or download it again.`);
    if (code.startsWith('Z_'))
      return fail('gzip/damaged', `“${name}” is damaged and cannot be unpacked: copy or download it again.`);
    throw cause;
  }
}
