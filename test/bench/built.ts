import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';
import { simdLines } from '../../scripts/simd-lines.mjs';

/** Programs that measure, bundled as the application is: a module runner makes every constant of another file a call. */
export interface Built {
  /** The path of a program by the name of its file in programs/. */
  path(name: string): string;
  /** Runs a program in a process of its own, on this Node, and gives what it prints as JSON. */
  run(name: string, input: unknown): Promise<unknown>;
  remove(): void;
}

const CACHE = 'node_modules/.cache/moe-lab';
const run = promisify(execFile);

/** @param programs  paths from the root; `core/worker.ts` stands beside them as worker.js */
export async function built(programs: readonly string[]): Promise<Built> {
  // Below the packages, which are not bundled and must be found from there.
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(join(CACHE, 'bench-'));
  const name = (path: string) => basename(path, '.ts');
  const input = Object.fromEntries(['core/worker.ts', ...programs].map((path) => [name(path), path]));
  await build({
    configFile: false,
    logLevel: 'error',
    plugins: [simdLines(process.cwd())],
    ssr: { noExternal: true, external: ['@duckdb/node-api'] },
    build: {
      ssr: true,
      outDir: folder,
      target: 'node20.19',
      minify: false,
      rolldownOptions: {
        input,
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  });
  const path = (program: string) => join(folder, `${program}.js`);
  return {
    path,
    async run(program, about) {
      const { stdout } = await run(process.execPath, [path(program), JSON.stringify(about)], { maxBuffer: 2 ** 26 });
      return JSON.parse(stdout) as unknown;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
