/**
 * Runs a TypeScript file: node scripts/run-ts.mjs <file> [arguments].
 * The file sees process.argv as if Node had been given it directly.
 */
import { join, resolve } from 'node:path';
import process from 'node:process';
import { runnerImport } from 'vite';
import { simdLines } from './simd-lines.mjs';

const [file, ...args] = process.argv.slice(2);
if (!file) {
  console.error('Name a TypeScript file to run: node scripts/run-ts.mjs <file> [arguments]');
  process.exit(2);
}
const path = resolve(file);
process.argv = [process.argv[0], path, ...args];
const root = join(import.meta.dirname, '..');
const plain = { configFile: false, logLevel: 'error' };
await runnerImport(path, { ...plain, plugins: [simdLines(root)] });
