import { join } from 'node:path';
import { listPackage, statFile } from '@electron/asar';

/** What a package of ours consists of; Electron, the rest of it, is not counted. First match wins. */
const PARTS = [
  ['DuckDB, the library', /^node_modules\/@duckdb\/node-bindings-[^/]+\//],
  ['DuckDB, its bindings', /^node_modules\//],
  ['page: scripts and styles', /^out\/renderer\/.*\.(js|css|html|svg)$/],
  ['page: fonts', /^out\/renderer\/.*\.woff2?$/],
  ['page: licences', /^out\/renderer\/licences\.txt$/],
  ['core, its threads, main and preload', /^out\/(main|preload)\//],
  ['example tables', /^resources\/samples\//],
  ['icon and the rest', /./],
];

/**
 * Bytes of each part of a packaged application.
 *
 * @param {string} resources The folder that holds app.asar.
 * @returns {{ part: string, files: number, bytes: number }[]}
 */
export function packageSizes(resources) {
  const archive = join(resources, 'app.asar');
  const totals = PARTS.map(([part]) => ({ part, files: 0, bytes: 0 }));
  for (const path of listPackage(archive, { isPack: false })) {
    const name = path.slice(1);
    const entry = statFile(archive, name);
    if (entry.size === undefined) continue;
    const total = totals[PARTS.findIndex(([, kind]) => kind.test(name.replaceAll('\\', '/')))];
    total.files += 1;
    total.bytes += entry.size;
  }
  return totals;
}

/** @param {ReturnType<typeof packageSizes>} sizes */
export function sizesTable(sizes) {
  const all = { part: 'all but Electron', files: 0, bytes: 0 };
  for (const { files, bytes } of sizes) {
    all.files += files;
    all.bytes += bytes;
  }
  const lines = [...sizes, all].map(
    ({ part, files, bytes }) => `${part.padEnd(38)}${String(files).padStart(6)}${megabytes(bytes).padStart(10)}`,
  );
  return [`${'part'.padEnd(38)}${'files'.padStart(6)}${'MB'.padStart(10)}`, ...lines].join('\n');
}

const megabytes = (bytes) => (bytes / 1e6).toFixed(2);
