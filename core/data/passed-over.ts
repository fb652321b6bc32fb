import { createReadStream } from 'node:fs';
import type { Readable } from './rewrite';

/** What the table engine passes over without a word. */
export interface PassedOver {
  /** Records with more cells than there are columns, all of them empty, by physical line. */
  readonly surplus: { count: number; readonly first: { readonly line: number; readonly cells: number }[] };
  /** Blank lines before the last record. */
  readonly blank: { count: number; firstLine: number };
}

/** Lines that are named; the rest are counted. */
const NAMED = 100;
const CHUNK = 512 * 1024;
const [LF, CR, BLANK, TAB] = [0x0a, 0x0d, 0x20, 0x09];

/** Looks at every byte of a file as it was given to the table engine, and cuts it as the engine does. */
export async function passedOver(
  { path, delimiter, quote, skip, lineOffset }: Readable,
  width: number,
): Promise<PassedOver> {
  const separator = delimiter.charCodeAt(0);
  const mark = quote === '' ? -1 : quote.charCodeAt(0);
  const surplus: PassedOver['surplus'] = { count: 0, first: [] };
  const blank: PassedOver['blank'] = { count: 0, firstLine: 0 };
  const waiting = { count: 0, firstLine: 0 };
  let line = 1;
  let begun = 1;
  let cells = 1;
  let inside = false;
  let fresh = true;
  let bytes = 0;
  let onlyBlanks = true;
  // Something stands in a cell too many: the engine rejects the record itself.
  let filled = false;

  const endRecord = (): void => {
    if (begun > skip) {
      // In one column blanks are a cell, and only an empty line is none.
      const isBlank = width === 1 ? bytes === 0 : onlyBlanks && cells < width;
      if (isBlank) {
        if (waiting.count++ === 0) waiting.firstLine = begun + lineOffset;
      } else {
        if (waiting.count > 0 && blank.count === 0) blank.firstLine = waiting.firstLine;
        blank.count += waiting.count;
        waiting.count = 0;
        if (cells > width && !filled && surplus.count++ < NAMED)
          surplus.first.push({ line: begun + lineOffset, cells: cells - width });
      }
    }
    [cells, fresh, bytes, onlyBlanks, filled] = [1, true, 0, true, false];
  };

  for await (const piece of createReadStream(path, { highWaterMark: CHUNK })) {
    const chunk = piece as Buffer;
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i];
      if (byte === LF) {
        line++;
        if (inside) continue;
        endRecord();
        begun = line;
        continue;
      }
      if (byte === CR) continue;
      bytes++;
      if (onlyBlanks && byte !== BLANK && byte !== TAB) onlyBlanks = false;
      if (byte === mark && (inside || fresh)) {
        // The second of two quotes opens the cell again that the first has closed.
        inside = !inside;
        fresh = !inside;
      } else if (!inside && byte === separator) {
        cells++;
        fresh = true;
      } else {
        if (cells > width) filled = true;
        if (byte !== BLANK) fresh = false;
      }
    }
  }
  if (bytes > 0) endRecord();
  return { surplus, blank };
}
