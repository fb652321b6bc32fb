import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { packageFault } from '../../scripts/lib/package-contents.mjs';
import { test as withFolder } from '../electron/folder';

const test = withFolder.extend<{ whole: string }>({
  whole: async ({ folder }, use) => {
    const bindings = 'node_modules/@duckdb/node-bindings';
    const files = [
      'package.json',
      'out/main/core.js',
      'out/main/worker.js',
      'resources/samples/samples.json',
      `${bindings}/package.json`,
      `${bindings}-darwin-arm64/duckdb.node`,
    ];
    for (const file of files) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), '{"version":"1.2.3"}');
    }
    await use(folder);
  },
});

test('a package with the core and the native part for its target is whole', ({ whole }) =>
  expect(packageFault(whole, 'darwin-arm64')).toBeNull());

test('one for another processor lacks that native part, in the version of the rest', ({ whole }) =>
  expect(packageFault(whole, 'darwin-x64')).toContain('@duckdb/node-bindings-darwin-x64@1.2.3'));

test('a file of the core that stayed in the archive is named', ({ whole }) => {
  rmSync(join(whole, 'out/main/worker.js'));
  expect(packageFault(whole, 'darwin-arm64')).toMatch(/lacks out\/main\/worker\.js .*asarUnpack/);
});
