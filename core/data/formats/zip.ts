import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { PassThrough, type Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { Damaged } from './damaged';

/** One file inside a zip archive, as the archive's directory declares it. */
export interface ZipEntry {
  readonly name: string;
  /** Bytes in the archive, and unpacked. */
  readonly packed: number;
  readonly size: number;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  readonly crc: number;
  readonly encrypted: boolean;
  /** Where its local header begins. */
  readonly at: number;
}

const END = 0x06054b50;
const END_BYTES = 22;
const ZIP64_PLACE = 0x07064b50;
const ZIP64_END = 0x06064b50;
const ENTRY = 0x02014b50;
const ENTRY_BYTES = 46;
const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;
/** The end record and the longest comment behind it. */
const TAIL = END_BYTES + 0xffff;
/** A directory of tens of thousands of files; a table's archive has a dozen. */
const MOST_DIRECTORY = 16 * 1024 * 1024;
const IN_ZIP64 = 0xffffffff;

/**
 * The files of a zip archive, read off the directory at its end; nothing is unpacked.
 *
 * @throws Damaged
 */
export async function zipEntries(path: string): Promise<ZipEntry[]> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const tail = await bytesAt(file, Math.max(0, size - TAIL), Math.min(size, TAIL));
    const end = tail.lastIndexOf('PK\x05\x06', undefined, 'latin1');
    if (end === -1 || tail.length - end < END_BYTES || tail.readUInt32LE(end) !== END)
      throw new Damaged('its end is missing');
    let bytes = tail.readUInt32LE(end + 12);
    let at = tail.readUInt32LE(end + 16);
    if (at === IN_ZIP64 || bytes === IN_ZIP64) [bytes, at] = await zip64Directory(file, tail, end);
    if (bytes > MOST_DIRECTORY || at + bytes > size) throw new Damaged('its directory is');
    return entriesOf(await bytesAt(file, at, bytes));
  } finally {
    await file.close();
  }
}

async function zip64Directory(file: FileHandle, tail: Buffer, end: number): Promise<[number, number]> {
  const place = end - 20;
  if (place < 0 || tail.readUInt32LE(place) !== ZIP64_PLACE) throw new Damaged('its directory is');
  const record = await bytesAt(file, Number(tail.readBigUInt64LE(place + 8)), 56);
  if (record.readUInt32LE(0) !== ZIP64_END) throw new Damaged('its directory is');
  return [Number(record.readBigUInt64LE(40)), Number(record.readBigUInt64LE(48))];
}

function entriesOf(directory: Buffer): ZipEntry[] {
  const entries: ZipEntry[] = [];
  let from = 0;
  while (from + ENTRY_BYTES <= directory.length && directory.readUInt32LE(from) === ENTRY) {
    const nameBytes = directory.readUInt16LE(from + 28);
    const extraBytes = directory.readUInt16LE(from + 30);
    const commentBytes = directory.readUInt16LE(from + 32);
    const nameAt = from + ENTRY_BYTES;
    const extra = directory.subarray(nameAt + nameBytes, nameAt + nameBytes + extraBytes);
    const sizes = [from + 24, from + 20, from + 42].map((at) => directory.readUInt32LE(at));
    const [size, packed, at] = withZip64(sizes, extra);
    entries.push({
      name: directory.toString('utf8', nameAt, nameAt + nameBytes).replaceAll('\\', '/'),
      packed,
      size,
      method: directory.readUInt16LE(from + 10),
      crc: directory.readUInt32LE(from + 16),
      encrypted: (directory.readUInt16LE(from + 8) & 1) === 1,
      at,
    });
    from = nameAt + nameBytes + extraBytes + commentBytes;
  }
  return entries;
}

/** Sizes that do not fit into 32 bits stand in an extra field, in this order, those that do not fit alone. */
function withZip64(sizes: readonly number[], extra: Buffer): number[] {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    let from = at + 4;
    return sizes.map((size) => {
      if (size !== IN_ZIP64 || from + 8 > extra.length) return size;
      from += 8;
      return Number(extra.readBigUInt64LE(from - 8));
    });
  }
  return [...sizes];
}

/**
 * A file of an archive, unpacked piece by piece and checked against what the directory says of its size and its sum.
 *
 * @throws Damaged  while it is read; never gives more bytes than the directory declares
 */
export async function* unpacked(path: string, entry: ZipEntry, signal?: AbortSignal): AsyncGenerator<Buffer> {
  if (entry.encrypted) throw new Damaged(`“${entry.name}” inside is protected by a password`);
  if (entry.method !== 0 && entry.method !== 8) throw new Damaged(`“${entry.name}” inside is packed in an unknown way`);
  const start = await dataStart(path, entry);
  if (entry.packed === 0) return;
  const packed = createReadStream(path, { start, end: start + entry.packed - 1, highWaterMark: 256 * 1024, signal });
  const pieces: Readable = entry.method === 8 ? createInflateRaw({ chunkSize: 128 * 1024 }) : new PassThrough();
  const piping = pipeline(packed, pieces as PassThrough, { signal });
  // What goes wrong there ends the loop below; the promise must not be left alone meanwhile.
  piping.catch(() => undefined);
  let bytes = 0;
  let sum = 0;
  try {
    for await (const piece of pieces) {
      const chunk = piece as Buffer;
      bytes += chunk.length;
      if (bytes > entry.size) throw new Damaged(`“${entry.name}” inside is larger than declared`);
      sum = crc32(chunk, sum);
      yield chunk;
    }
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof Error && 'syscall' in cause) throw cause;
    throw cause instanceof Damaged ? cause : new Damaged(`“${entry.name}” inside cannot be unpacked`);
  } finally {
    packed.destroy();
    pieces.destroy();
  }
  if (bytes !== entry.size || sum !== entry.crc) throw new Damaged(`“${entry.name}” inside is not what was packed`);
}

async function dataStart(path: string, { at, name }: ZipEntry): Promise<number> {
  const file = await open(path, 'r');
  try {
    const header = await bytesAt(file, at, LOCAL_BYTES);
    if (header.readUInt32LE(0) !== LOCAL) throw new Damaged(`“${name}” inside is not where it should be`);
    return at + LOCAL_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28);
  } finally {
    await file.close();
  }
}

async function bytesAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, at);
  if (bytesRead < length) throw new Damaged('it ends too early');
  return buffer;
}
