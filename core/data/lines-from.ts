import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { fail, ok, type Result } from '../result';
import { decoder } from './encoding';
import { tokenise } from './tokenise';
import type { Dialect } from './types';

/** A line of the file as it stands, with its number (from 1), and how it is cut into cells. */
export interface RawLine {
  readonly line: number;
  readonly text: string;
  readonly cells: string[];
}

const CHUNK = 512 * 1024;
/** Characters of a line that are shown: a line can be as long as the file. */
const LONGEST = 20_000;

/**
 * Physical lines of a file that was read before, each cut by itself: for looking at a place far behind its beginning.
 *
 * @param from  the first line wanted, from 1
 * @param bytes  size of the file when it was read: another one is another file
 */
export async function linesFrom(
  path: string,
  dialect: Pick<Dialect, 'encoding' | 'delimiter' | 'quote' | 'escape'>,
  from: number,
  limit: number,
  bytes: number,
): Promise<Result<RawLine[]>> {
  const gone = fail(
    'data/file-changed',
    `Line ${from.toLocaleString('en')} cannot be shown: the file is gone or has changed since it was read. Open it again.`,
  );
  const found = await stat(path).catch(() => null);
  if (found?.size !== bytes) return gone;
  try {
    const lines: RawLine[] = [];
    for await (const { line, text } of physicalLines(path, dialect, from, limit)) {
      const [record] = tokenise(text, dialect.delimiter, dialect.quote, 1, dialect.escape);
      lines.push({ line, text, cells: record ? [...record.cells] : [text] });
    }
    return ok(lines);
  } catch (cause) {
    if (cause instanceof Error && 'syscall' in cause) return gone;
    throw cause;
  }
}

/** Lines from..from + limit - 1, which end in LF, CRLF or CR, cut to what can be shown. */
async function* physicalLines(
  path: string,
  { encoding }: Pick<Dialect, 'encoding'>,
  from: number,
  limit: number,
): AsyncGenerator<{ line: number; text: string }> {
  const characters = decoder(encoding);
  const ends = /\r\n|\n|\r/g;
  let line = 1;
  let open = '';
  // A CR at the end of a piece may be half of a CRLF.
  let held = '';
  const keep = (text: string): void => {
    if (line >= from && open.length < LONGEST) open += text.slice(0, LONGEST - open.length);
  };
  for await (const piece of createReadStream(path, { highWaterMark: CHUNK })) {
    let text = held + characters.decode(piece as Buffer, { stream: true });
    held = text.endsWith('\r') ? '\r' : '';
    if (held) text = text.slice(0, -1);
    let at = 0;
    for (const { index, 0: end } of text.matchAll(ends)) {
      keep(text.slice(at, index));
      if (line >= from) yield { line, text: open };
      at = index + end.length;
      open = '';
      line++;
      if (line >= from + limit) return;
    }
    keep(text.slice(at));
  }
  if (open !== '' && line >= from) yield { line, text: open };
}
