import { setImmediate as breathe } from 'node:timers/promises';
import { Unzip, UnzipInflate, zip, type AsyncZippable, type UnzipFile } from 'fflate';

/** One file of an archive. */
export interface Part {
  readonly name: string;
  readonly content: Uint8Array;
  /** Not packed smaller: what is so already, and what is to be read without unpacking. */
  readonly stored: boolean;
}

/** Any two archives with the same content have the same bytes: no time of day is in them. */
const WHEN = new Date(1980, 0, 1);

/** The parts as a zip archive, in this order. Large parts are packed on threads. */
export function pack(parts: readonly Part[]): Promise<Uint8Array> {
  const files: AsyncZippable = {};
  for (const { name, content, stored } of parts) files[name] = [content, { level: stored ? 0 : 6, mtime: WHEN }];
  return new Promise((resolve, reject) => zip(files, (error, bytes) => (error ? reject(error) : resolve(bytes))));
}

/** How much is unpacked before others have their turn: at most a thousand times as much comes out of it. */
const CHUNK = 64 * 1024;

/** What an archive holds that is not as it should be. The message completes "is damaged: …". */
export class BadArchive extends Error {}

/** Length of the record that ends an archive, and how it begins. */
const END = 22;
const END_MARK = 0x06054b50;

/** Whether an archive has its end: a file that was not copied whole has not. */
const isWhole = (bytes: Uint8Array): boolean =>
  bytes.length > END &&
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(bytes.length - END, true) === END_MARK;

/**
 * Unpacks an archive from front to back. No more of a part is unpacked than `allow` says it may have, whatever the archive claims.
 *
 * @param allow  called for every part, in order, with its name and the bytes it claims to have: how many it may have. Throws
 *   BadArchive to refuse it
 * @param onPart  called with every whole part
 */
export async function unpack(
  bytes: Uint8Array,
  allow: (name: string, claimed: number) => number,
  onPart: (name: string, content: Uint8Array) => void,
): Promise<void> {
  if (!isWhole(bytes)) throw new BadArchive('its end is missing');
  const archive = new Unzip((file) => take(file, allow, onPart));
  archive.register(UnzipInflate);
  for (let at = 0; at < bytes.length; at += CHUNK) {
    archive.push(bytes.subarray(at, at + CHUNK), at + CHUNK >= bytes.length);
    await breathe();
  }
}

function take(
  file: UnzipFile,
  allow: (name: string, claimed: number) => number,
  onPart: (name: string, content: Uint8Array) => void,
): void {
  // Without its size in front, where a part ends could only be guessed.
  if (file.size === undefined || file.originalSize === undefined)
    throw new BadArchive('it was packed by another program');
  const expected = allow(file.name, file.originalSize);
  if (file.originalSize !== expected || file.size > expected + expected / 1000 + 1024)
    throw new BadArchive(`${named(file.name)} has another size than it should`);
  const content = new Uint8Array(expected);
  let filled = 0;
  file.ondata = (error, data, final) => {
    if (error) throw error;
    if (filled + data.length > expected) throw new BadArchive(`${named(file.name)} is longer than it should be`);
    content.set(data, filled);
    filled += data.length;
    if (!final) return;
    if (filled < expected) throw new BadArchive(`${named(file.name)} is cut off`);
    onPart(file.name, content);
  };
  file.start();
}

/** A part in a sentence, whatever an archive calls it. */
export const named = (part: string): string =>
  `“${part.replace(/[^\x20-\x7e]/g, '?').slice(0, 80)}${part.length > 80 ? '…' : ''}”`;
