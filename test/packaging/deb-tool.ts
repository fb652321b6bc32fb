import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A program in fpm's place, which makes a deb. Not where this project is: electron-builder wants a path that means nothing to a shell. */
export function debTool(): string {
  const folder = mkdtempSync(join(tmpdir(), 'moe-tools-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'recording-fpm.mjs');
  copyFileSync(join(import.meta.dirname, 'recording-fpm.mjs'), path);
  return path;
}
