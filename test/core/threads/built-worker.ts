import { mkdtempSync, rmSync } from 'node:fs';
import { join, parse, resolve } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { build } from 'vite';
import { simdLines } from '../../../scripts/simd-lines.mjs';

/** A program for threads, built for the tests of one file: a thread needs JavaScript. Gives its path, which is there when tests run. */
export function builtWorker(entry = 'core/worker.ts'): string {
  const root = resolve('.');
  // In the project, so that packages are found from it.
  const folder = mkdtempSync(join(root, 'node_modules/.cache/moe-lab-worker-'));
  beforeAll(async () => {
    await build({
      configFile: false,
      logLevel: 'error',
      root,
      plugins: [simdLines(root)],
      build: { ssr: entry, outDir: folder, emptyOutDir: false, minify: false },
    });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, `${parse(entry).name}.js`);
}
