import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { ensureInstalled, isInstalled, npmReason } from '../../scripts/lib/install.mjs';
import { test } from '../electron/folder';

const packages = {
  '': { version: '0.1.0' },
  'node_modules/a': { version: '1.0.0' },
  'node_modules/a/node_modules/b': { version: '2.0.0' },
  'node_modules/only-windows': { version: '3.0.0', optional: true },
};

function write(path: string, content: unknown): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(content));
}

/** A project whose lockfile is `packages`, with `present` installed. */
function project(folder: string, present: Record<string, { version: string }>): void {
  write(join(folder, 'package-lock.json'), { packages });
  write(join(folder, 'node_modules/.package-lock.json'), { packages: present });
  for (const path of Object.keys(present)) write(join(folder, path, 'package.json'), {});
}

const { 'node_modules/a': a, 'node_modules/a/node_modules/b': b } = packages;
const complete = { 'node_modules/a': a, 'node_modules/a/node_modules/b': b };

test('every package of the lockfile in its version is an installation, with or without the optional ones', ({
  folder,
}) => {
  project(folder, complete);
  expect(isInstalled(folder)).toBe(true);
});

test('a fresh clone has none', ({ folder }) => {
  write(join(folder, 'package-lock.json'), { packages });
  expect(isInstalled(folder)).toBe(false);
});

test('a package that is missing, of another version or deleted since makes it incomplete', ({ folder }) => {
  project(folder, { 'node_modules/a': a });
  expect(isInstalled(folder)).toBe(false);
  project(folder, { ...complete, 'node_modules/a': { version: '1.0.1' } });
  expect(isInstalled(folder)).toBe(false);
  project(join(folder, 'other'), complete);
  write(join(folder, 'other/node_modules/.package-lock.json'), { packages: { ...complete, 'node_modules/c': a } });
  write(join(folder, 'other/package-lock.json'), { packages: { ...packages, 'node_modules/c': a } });
  expect(isInstalled(join(folder, 'other'))).toBe(false);
});

test('nothing is installed through a link, whose folder is not ours to empty', async ({ folder }) => {
  project(join(folder, 'theirs'), { 'node_modules/a': a });
  write(join(folder, 'ours/package-lock.json'), { packages });
  symlinkSync(join(folder, 'theirs/node_modules'), join(folder, 'ours/node_modules'), 'junction');
  await expect(ensureInstalled(join(folder, 'ours'))).rejects.toThrow(/link to another folder/);
  expect(existsSync(join(folder, 'theirs/node_modules/a/package.json'))).toBe(true);
});

test("npm's own words become the reason, without its codes", () => {
  const output =
    'npm warn x\nnpm error code ENOTFOUND\nnpm error\nnpm error request failed, reason: no address.\nnpm error more';
  expect(npmReason(output)).toBe('request failed, reason: no address');
  expect(npmReason('spawn npm ENOENT')).toBe('spawn npm ENOENT');
});
