/**
 * Runs a TypeScript file: node scripts/run-ts.mjs <file> [arguments].
 * The file sees process.argv as if Node had been given it directly.
 */
import { resolve } from 'node:path';
import process from 'node:process';
import { runnerImport } from 'vite';

const [file, ...args] = process.argv.slice(2);
if (!file) {
  console.error('Name a TypeScript file to run: node scripts/run-ts.mjs <file> [arguments]');
  process.exit(2);
}
const path = resolve(file);
process.argv = [process.argv[0], path, ...args];
await runnerImport(path, { configFile: false, logLevel: 'error' });
