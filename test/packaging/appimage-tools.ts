import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A folder in place of the tools that electron-builder fetches for an AppImage. */
export function appImageTools(): string {
  const folder = mkdtempSync(join(tmpdir(), 'moe-tools-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'lib/x64'), { recursive: true });
  mkdirSync(join(folder, 'runtimes'));
  writeFileSync(join(folder, 'runtimes/runtime-x64'), 'runs nothing');
  writeFileSync(join(folder, 'desktop-file-validate'), '');
  copyFileSync(join(import.meta.dirname, 'recording-mksquashfs.mjs'), join(folder, 'mksquashfs'));
  chmodSync(join(folder, 'mksquashfs'), 0o755);
  return folder;
}
