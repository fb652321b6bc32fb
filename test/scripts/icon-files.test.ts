import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { icns, ico } from '../../scripts/lib/icon-files.mjs';

const resource = (name: string) => readFileSync(new URL(`../../resources/${name}`, import.meta.url));
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47]);
const image = (size: number) => ({ size, png: Buffer.concat([SIGNATURE, Buffer.alloc(size)]) });

/** The images of an icon for Windows: side, and the first bytes. */
function readIco(bytes: Buffer): { size: number; start: Buffer }[] {
  return Array.from({ length: bytes.readUInt16LE(4) }, (_, i) => {
    const at = bytes.readUInt32LE(6 + 16 * i + 12);
    return { size: bytes[6 + 16 * i]! || 256, start: bytes.subarray(at, at + 4) };
  });
}

/** The images of an icon for macOS: type and first bytes; its lengths must lead to its end. */
function readIcns(bytes: Buffer): { type: string; start: Buffer }[] {
  const images = [];
  let at = 8;
  for (; at < bytes.length; at += bytes.readUInt32BE(at + 4)) {
    images.push({ type: bytes.toString('latin1', at, at + 4), start: bytes.subarray(at + 8, at + 12) });
  }
  expect([bytes.readUInt32BE(4), at]).toEqual([bytes.length, bytes.length]);
  return images;
}

test('an icon for Windows lists its images up to 256 pixels', () => {
  const read = readIco(ico([16, 256, 512].map(image)));
  expect(read).toEqual([16, 256].map((size) => ({ size, start: SIGNATURE })));
});

test('an icon for macOS names its images by their sides', () => {
  const read = readIcns(icns([16, 32, 256, 1024].map(image)));
  expect(read.map(({ type }) => type)).toEqual(['ic11', 'ic08', 'ic13', 'ic10']);
  expect(read.every(({ start }) => start.equals(SIGNATURE))).toBe(true);
});

test('the icons that are shipped hold every size', () => {
  expect(readIco(resource('icons/icon.ico')).map(({ size }) => size)).toEqual([16, 24, 32, 48, 64, 128, 256]);
  expect(readIcns(resource('icons/icon.icns')).map(({ type }) => type)).toEqual(
    'ic11 ic12 ic07 ic08 ic13 ic09 ic14 ic10'.split(' '),
  );
});
