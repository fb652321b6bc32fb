import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { privateTempFolder, removeLeftFolders } from '../../core/temp-folder';

/** No system counts its processes so far. */
const NOBODY = 99_999_999;

test('folders of processes that are no more are removed; what only looks like one stays', () => {
  const left = join(tmpdir(), `moe-lab-core-${NOBODY}-abcdef`);
  // A random name may begin with eight digits, too.
  const other = join(tmpdir(), `moe-lab-data-${NOBODY}-1234-4000-8000-abcdefabcdef`);
  const own = privateTempFolder();
  try {
    [left, other].forEach((path) => mkdirSync(path, { recursive: true }));
    removeLeftFolders();
    expect(existsSync(left)).toBe(false);
    expect(existsSync(other)).toBe(true);
    expect(existsSync(own.path)).toBe(true);
  } finally {
    own.remove();
    [left, other].forEach((path) => rmSync(path, { recursive: true, force: true }));
  }
  expect(existsSync(own.path)).toBe(false);
});
