import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Detected } from './detect';
import { decoder } from './encoding';
import type { FileFacts } from './file-facts';
import { tokenise, type Delimiter, type Quote } from './tokenise';

/** A file the table engine can read: UTF-8, one kind of line end, one character between cells. */
export interface Readable {
  readonly path: string;
  readonly delimiter: Exclude<Delimiter, 'spaces'>;
  readonly quote: Quote;
  /** Lines the engine leaves out at the start (0 or 1: the header). */
  readonly skip: number;
  /** Add to a line number of this file for the line number of the user's. */
  readonly lineOffset: number;
}

/**
 * The user's file itself where the engine reads it as it stands. Otherwise a rewritten copy, line for line, without the lines
 * before the first record: another encoding, a byte order mark, runs of blanks, old or mixed line ends, or a preamble.
 */
export async function makeReadable(
  path: string,
  copy: string,
  detected: Detected,
  facts: FileFacts,
  signal?: AbortSignal,
): Promise<Readable> {
  const { dialect, bodyLine } = detected;
  const { crlf, lf, cr } = facts.lineEnds;
  const oneLineEnd = cr === 0 && (crlf === 0 || lf === 0);
  const plain =
    dialect.encoding === 'utf-8' && facts.validUtf8 && !detected.byteOrderMark && oneLineEnd && bodyLine <= 1;
  if (plain && dialect.delimiter !== 'spaces')
    return { path, delimiter: dialect.delimiter, quote: dialect.quote, skip: bodyLine, lineOffset: 0 };

  const spaces = dialect.delimiter === 'spaces';
  await pipeline(
    createReadStream(path, { highWaterMark: 256 * 1024, signal }),
    (source: AsyncIterable<Uint8Array>) =>
      rewritten(source, detected, spaces ? (line) => recut(line, dialect.quote) : (line) => line),
    createWriteStream(copy, { mode: 0o600 }),
    { signal },
  );
  return {
    path: copy,
    delimiter: dialect.delimiter === 'spaces' ? '\t' : dialect.delimiter,
    quote: spaces ? '"' : dialect.quote,
    skip: 0,
    lineOffset: bodyLine,
  };
}

async function* rewritten(
  source: AsyncIterable<Uint8Array>,
  { dialect, bodyLine }: Detected,
  line: (text: string) => string,
) {
  const decode = decoder(dialect.encoding);
  let toDrop = bodyLine;
  let held = '';
  for await (const bytes of source) {
    held += decode.decode(bytes, { stream: true });
    // A CR at the very end may be the first half of a CRLF.
    const end = Math.max(held.lastIndexOf('\n'), held.lastIndexOf('\r', held.length - 2)) + 1;
    const lines = held.slice(0, end).split(/\r\n|\n|\r/);
    held = held.slice(end);
    lines.pop();
    yield finished(lines);
  }
  const rest = (held + decode.decode()).split(/\r\n|\n|\r/);
  if (rest[rest.length - 1] === '') rest.pop();
  yield finished(rest);

  function finished(lines: string[]): string {
    const dropped = Math.min(toDrop, lines.length);
    toDrop -= dropped;
    let text = '';
    for (let i = dropped; i < lines.length; i++) text += `${line(lines[i])}\n`;
    return text;
  }
}

/** A line of cells between runs of blanks as one between tabs. Quotes do not reach over a line end here. */
function recut(line: string, quote: Quote): string {
  const cells = tokenise(line, 'spaces', quote, 1)[0]?.cells ?? [];
  return cells
    .map((cell) => (/["\t]/.test(cell) || cell !== cell.trim() ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join('\t');
}
