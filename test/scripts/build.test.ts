import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { isBuilt } from '../../scripts/lib/build.mjs';
import { test as withFolder } from '../electron/folder';

/** Seconds since 1970: sources are older than what was built from them. */
const SOURCE_TIME = 1_000_000;
const BUILD_TIME = 2_000_000;

function write(root: string, path: string, time: number): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), '');
  utimesSync(join(root, path), time, time);
}

const test = withFolder.extend<{ root: string }>({
  root: async ({ folder }, use) => {
    for (const path of ['core/data/table.ts', 'renderer/main.ts', 'package.json']) write(folder, path, SOURCE_TIME);
    for (const path of ['core/data', 'core', 'renderer']) utimesSync(join(folder, path), SOURCE_TIME, SOURCE_TIME);
    for (const path of ['main/main.js', 'preload/preload.cjs', 'renderer/index.html'])
      write(folder, `out/${path}`, BUILD_TIME);
    await use(folder);
  },
});

test('results newer than every source need no build', ({ root }) => expect(isBuilt(root)).toBe(true));

test('a source changed later needs one, however deep it lies', ({ root }) => {
  write(root, 'core/data/table.ts', BUILD_TIME + 1);
  expect(isBuilt(root)).toBe(false);
});

test('a source removed later needs one', ({ root }) => {
  rmSync(join(root, 'core/data/table.ts'));
  expect(isBuilt(root)).toBe(false);
});

test('a build that did not come to its end needs another', ({ root }) => {
  rmSync(join(root, 'out/renderer/index.html'));
  expect(isBuilt(root)).toBe(false);
});
