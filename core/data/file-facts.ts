import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

/** What one pass over the bytes of a file tells, however large it is. */
export interface FileFacts {
  readonly bytes: number;
  readonly sha256: string;
  /** Strictly valid UTF-8 from the first byte to the last. */
  readonly validUtf8: boolean;
  /** NUL bytes: every second one in UTF-16, none in other text. */
  readonly nuls: number;
  /** Bytes outside ASCII. */
  readonly nonAscii: number;
  /** Line ends of each kind. */
  readonly lineEnds: { readonly crlf: number; readonly lf: number; readonly cr: number };
  /** Some line ends in a character that can separate cells. */
  readonly openEnds: boolean;
  /** Physical lines; a last line without a line end counts. */
  readonly lines: number;
  /** The first bytes, for the detection of the dialect. */
  readonly head: Uint8Array;
}

/** How much of the beginning the detection looks at. */
export const HEAD_BYTES = 256 * 1024;
const CHUNK = 512 * 1024;

const LF = 0x0a;
const CR = 0x0d;
const SEPARATORS = [...',;\t|'].map((mark) => mark.charCodeAt(0));
/** Bytes kept of the piece before: a separator, CR and their zeros in UTF-16. */
const TAIL = 4;

/** Reads the file once, in pieces, without holding up anything else. */
export async function fileFacts(path: string, signal?: AbortSignal): Promise<FileFacts> {
  const hash = createHash('sha256');
  const head: Buffer[] = [];
  let headBytes = 0;
  let bytes = 0;
  let validUtf8 = true;
  let nonAscii = 0;
  let nuls = 0;
  let carry: Buffer = Buffer.alloc(0);
  let crlf = 0;
  let lf = 0;
  let cr = 0;
  let openEnds = false;
  let tail: Buffer = Buffer.alloc(TAIL);

  for await (const piece of createReadStream(path, { highWaterMark: CHUNK, signal })) {
    const chunk = piece as Buffer;
    hash.update(chunk);
    if (headBytes < HEAD_BYTES) {
      head.push(chunk.subarray(0, HEAD_BYTES - headBytes));
      headBytes += head[head.length - 1].length;
    }
    if (validUtf8) {
      const joined = carry.length ? Buffer.concat([carry, chunk]) : chunk;
      const whole = wholeCharacters(joined);
      validUtf8 = isUtf8(joined.subarray(0, whole));
      carry = joined.subarray(whole);
    }
    nonAscii += countNonAscii(chunk);
    for (let at = chunk.indexOf(0); at !== -1; at = chunk.indexOf(0, at + 1)) nuls++;

    for (let at = chunk.indexOf(LF); at !== -1; at = chunk.indexOf(LF, at + 1)) {
      if (byteBefore(chunk, at, tail) === CR) crlf++;
      else lf++;
      openEnds ||= endsOpen(chunk, at, tail);
    }
    for (let at = chunk.indexOf(CR); at !== -1; at = chunk.indexOf(CR, at + 1)) {
      cr++;
      openEnds ||= endsOpen(chunk, at, tail);
    }
    bytes += chunk.length;
    tail = (chunk.length < TAIL ? Buffer.concat([tail, chunk]) : chunk).subarray(-TAIL);
  }
  openEnds ||= endsOpen(tail, TAIL, tail);
  // Each CRLF was also counted as a CR.
  cr -= crlf;
  // In UTF-16 little endian the last byte of a line end is 0.
  const [secondLast, last] = [tail[TAIL - 2], tail[TAIL - 1]];
  const ended = last === LF || last === CR || (last === 0 && (secondLast === LF || secondLast === CR));
  return {
    bytes,
    sha256: hash.digest('hex'),
    validUtf8: validUtf8 && carry.length === 0,
    nuls,
    nonAscii,
    lineEnds: { crlf, lf, cr },
    openEnds,
    lines: crlf + lf + cr + (bytes > 0 && !ended ? 1 : 0),
    head: Buffer.concat(head),
  };
}

/** The byte before chunk[at], not counting the zero that UTF-16 puts between two characters. */
function byteBefore(chunk: Buffer, at: number, tail: Buffer): number {
  const byte = byteOf(chunk, at - 1, tail);
  return byte === 0 ? byteOf(chunk, at - 2, tail) : byte;
}

/** Whether the line that ends at chunk[at], in LF, CRLF or CR, ends in a separator. */
function endsOpen(chunk: Buffer, at: number, tail: Buffer): boolean {
  let before = at - 1;
  if (byteOf(chunk, before, tail) === 0) before--;
  if (byteOf(chunk, before, tail) === CR) before--;
  if (byteOf(chunk, before, tail) === 0) before--;
  return SEPARATORS.includes(byteOf(chunk, before, tail));
}

/** A byte of a piece, or one of the last few before it. */
const byteOf = (chunk: Buffer, at: number, tail: Buffer): number => (at >= 0 ? chunk[at] : tail[TAIL + at]);

/** Bytes up to the last complete UTF-8 character: a chunk may end in the middle of one. */
function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back];
    if (byte < 0x80) break;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}

function countNonAscii(chunk: Buffer): number {
  let count = 0;
  for (let i = 0; i < chunk.length; i++) count += chunk[i] >>> 7;
  return count;
}

/**
 * The physical line (from 1) on which each byte offset lies, in a file whose lines end in LF or CRLF.
 *
 * @param offsets  ascending
 */
export async function linesAt(path: string, offsets: readonly number[]): Promise<number[]> {
  const lines: number[] = [];
  let start = 0;
  let line = 1;
  for await (const piece of createReadStream(path, { highWaterMark: CHUNK })) {
    const chunk = piece as Buffer;
    let end = chunk.indexOf(LF);
    while (lines.length < offsets.length && offsets[lines.length] < start + chunk.length) {
      for (; end !== -1 && start + end < offsets[lines.length]; end = chunk.indexOf(LF, end + 1)) line++;
      lines.push(line);
    }
    if (lines.length === offsets.length) break;
    for (; end !== -1; end = chunk.indexOf(LF, end + 1)) line++;
    start += chunk.length;
  }
  while (lines.length < offsets.length) lines.push(line);
  return lines;
}
