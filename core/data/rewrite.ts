import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Detected } from './detect';
import { decoder } from './encoding';
import type { FileFacts } from './file-facts';
import { lineMender, needsMending, type Mendings } from './line-mender';
import { tokenise, type Delimiter, type Quote } from './tokenise';
import type { Dialect } from './types';

/** A file the table engine can read: UTF-8, one kind of line end, one character between cells. */
export interface Readable {
  readonly path: string;
  readonly delimiter: Exclude<Delimiter, 'spaces'>;
  readonly quote: Quote;
  /** Lines the engine leaves out at the start (0 or 1: the header). */
  readonly skip: number;
  /** Add to a line number of this file for the line number of the user's. */
  readonly lineOffset: number;
  readonly mendings: Mendings;
}

/** A line this long, in characters, is no line of a table; the table engine stops at 16 MB as well. */
const LONGEST_LINE = 32 * 1024 * 1024;
export class LineTooLong extends Error {}

/**
 * The user's file itself where the engine reads it as it stands. Otherwise a rewritten copy, line for line, without the lines
 * before the first record: another encoding, a byte order mark, runs of blanks, old or mixed line ends, a preamble, or lines to mend.
 *
 * @param surplus  empty cells to cut off at the end, by physical line from 1
 */
export async function makeReadable(
  path: string,
  copy: string,
  detected: Detected,
  facts: FileFacts,
  surplus: ReadonlyMap<number, number>,
  signal?: AbortSignal,
): Promise<Readable> {
  const { dialect, bodyLine } = detected;
  const { crlf, lf, cr } = facts.lineEnds;
  const oneLineEnd = cr === 0 && (crlf === 0 || lf === 0);
  const nuls = dialect.encoding.startsWith('utf-16') ? 0 : facts.nuls;
  const { mend, mendings } = lineMender(dialect, bodyLine + 1, surplus);
  const mending = needsMending(dialect, nuls, surplus);
  const plain =
    !mending &&
    dialect.encoding === 'utf-8' &&
    facts.validUtf8 &&
    !detected.byteOrderMark &&
    oneLineEnd &&
    bodyLine <= 1;
  if (plain && dialect.delimiter !== 'spaces')
    return { path, delimiter: dialect.delimiter, quote: dialect.quote, skip: bodyLine, lineOffset: 0, mendings };

  const spaces = dialect.delimiter === 'spaces';
  await pipeline(
    createReadStream(path, { highWaterMark: 256 * 1024, signal }),
    (source: AsyncIterable<Uint8Array>) => rewritten(source, detected, mending ? mend : null),
    createWriteStream(copy, { mode: 0o600 }),
    { signal },
  );
  return {
    path: copy,
    delimiter: dialect.delimiter === 'spaces' ? '\t' : dialect.delimiter,
    quote: spaces ? '"' : dialect.quote,
    skip: 0,
    lineOffset: bodyLine,
    mendings,
  };
}

async function* rewritten(
  source: AsyncIterable<Uint8Array>,
  { dialect, bodyLine }: Detected,
  mend: ((line: string) => string) | null,
) {
  const decode = decoder(dialect.encoding);
  let toDrop = bodyLine;
  let held = '';
  for await (const bytes of source) {
    held += decode.decode(bytes, { stream: true });
    // A CR at the very end may be the first half of a CRLF.
    const end = Math.max(held.lastIndexOf('\n'), held.lastIndexOf('\r', held.length - 2)) + 1;
    yield finished(held.slice(0, end));
    held = held.slice(end);
    if (held.length > LONGEST_LINE) throw new LineTooLong();
  }
  yield finished(held + decode.decode());

  /** Whole lines in their new form, without those that are to be dropped. */
  function finished(text: string): string {
    let lines = text.replace(/\r\n?/g, '\n');
    for (; toDrop > 0 && lines !== ''; toDrop--) lines = lines.slice(lines.indexOf('\n') + 1 || lines.length);
    if (mend && lines !== '') lines = mended(lines, mend);
    if (dialect.delimiter !== 'spaces') return lines;
    return lines.replace(/[^\n]+/g, (line) => recut(line, dialect));
  }
}

/** Every line mended; what follows the last line end is a line only where there is something. */
function mended(text: string, mend: (line: string) => string): string {
  const lines = text.split('\n');
  const rest = lines.pop()!;
  return lines.map((line) => `${mend(line)}\n`).join('') + (rest === '' ? '' : mend(rest));
}

/** A line of cells between runs of blanks as one between tabs. Quotes do not reach over a line end here. */
function recut(line: string, { quote, escape }: Pick<Dialect, 'quote' | 'escape'>): string {
  const cells = tokenise(line, 'spaces', quote, 1, escape)[0]?.cells ?? [];
  return cells
    .map((cell) => (/["\t]/.test(cell) || cell !== cell.trim() ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join('\t');
}
