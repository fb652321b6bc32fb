import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { writeAtomically } from '../../../electron/files/atomic-write';
import { test } from '../folder';

test('text and bytes are written, and nothing else is left in the folder', async ({ folder }) => {
  await writeAtomically(join(folder, 'a.txt'), 'ü');
  await writeAtomically(join(folder, 'b.bin'), new Uint8Array([0, 255]));
  expect(readdirSync(folder).sort()).toEqual(['a.txt', 'b.bin']);
  expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('ü');
  expect([...readFileSync(join(folder, 'b.bin'))]).toEqual([0, 255]);
});

test('a file that was there is replaced', async ({ folder }) => {
  const path = join(folder, 'a.txt');
  writeFileSync(path, 'old and longer');
  await writeAtomically(path, 'new');
  expect(readFileSync(path, 'utf8')).toBe('new');
});

test('a failure rejects and leaves neither a half-written nor a stray file', async ({ folder }) => {
  const path = join(folder, 'taken');
  mkdirSync(path);
  await expect(writeAtomically(path, 'text')).rejects.toThrow();
  expect(readdirSync(folder)).toEqual(['taken']);
});
