import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Failure, run } from './run.mjs';

const SOURCES = [
  'core',
  'electron',
  'renderer',
  'scripts/licences.ts',
  'package.json',
  'package-lock.json',
  'electron.vite.config.ts',
];
/** One file of each of the three builds, written last or not at all. */
const RESULTS = ['out/main/main.js', 'out/preload/preload.cjs', 'out/renderer/index.html'];

/** Builds when a source is newer than what was built from it. */
export async function ensureBuilt(root) {
  if (isBuilt(root)) return;
  console.log('Building (a few seconds) …');
  const tool = join(root, 'node_modules/electron-vite/bin/electron-vite.js');
  const { status, output } = await run(process.execPath, [tool, 'build'], { cwd: root });
  if (status === 0) return;
  throw new Failure(`${output}\nThe build failed: what is above says where. \`npm run build\` tries again.`);
}

export function isBuilt(root) {
  const results = RESULTS.map((path) => join(root, path));
  if (!results.every(existsSync)) return false;
  const newest = Math.max(...SOURCES.map((path) => newestChange(join(root, path))));
  return results.every((path) => statSync(path).mtimeMs >= newest);
}

/** Of a file, or of anything in a folder; a folder changes when a file in it is added or removed. */
function newestChange(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newestChange(join(path, name))));
}
