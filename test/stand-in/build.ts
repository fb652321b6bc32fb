import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions } from 'vite';

const source = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));

const electronManifest = join(root, 'node_modules/electron/package.json');

/** The path of an executable that behaves as Electron's binary does, as far as it can; built when its sources have changed. */
export async function buildStandIn(): Promise<string> {
  const folder = join(root, 'node_modules/.cache/moe-lab', `stand-in-${fingerprint()}`);
  const name = process.platform === 'win32' ? 'electron.cmd' : 'electron';
  if (existsSync(join(folder, name))) return join(folder, name);
  // Beside it and then in its place: another test run may want it at the same time.
  const beside = `${folder}.${process.pid}`;
  mkdirSync(beside, { recursive: true });
  await bundle('index.ts', 'es', beside, 'stand-in.mjs');
  await bundle('utility-shim.ts', 'es', beside, 'utility-shim.js');
  await bundle('page/index.ts', 'iife', beside, 'page.js');
  const { version } = JSON.parse(readFileSync(electronManifest, 'utf8')) as { version: string };
  writeFileSync(join(beside, 'package.json'), JSON.stringify({ type: 'module', version }));
  writeFileSync(join(beside, name), launcher('stand-in.mjs'));
  chmodSync(join(beside, name), 0o755);
  if (existsSync(folder)) rmSync(beside, { recursive: true });
  else renameSync(beside, folder);
  return join(folder, name);
}

/** Of this Node and of everything the stand-in is made of. */
function fingerprint(): string {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const paths = [
    ...files.sort().map((name) => join(source, name)),
    join(root, 'core/codec.ts'),
    electronManifest,
    join(root, 'scripts/lib/chromium.mjs'),
  ];
  const hash = createHash('sha256').update(process.execPath);
  paths.forEach((path) => hash.update(readFileSync(path)));
  return hash.digest('hex').slice(0, 16);
}

async function bundle(entry: string, format: 'es' | 'iife', folder: string, name: string): Promise<void> {
  const path = join(source, entry);
  const kind: BuildOptions =
    format === 'es'
      ? { ssr: path, target: 'node20.19' }
      : { lib: { entry: path, formats: ['iife'], name: 'standInPage' }, target: 'chrome120' };
  const rolldownOptions = { output: { entryFileNames: name } };
  await build({
    configFile: false,
    logLevel: 'error',
    root,
    build: { ...kind, outDir: folder, emptyOutDir: false, copyPublicDir: false, minify: false, rolldownOptions },
  });
}

/** Finds the script beside itself: the folder is found again by copies of the tree that share what is installed, under other paths. */
function launcher(script: string): string {
  if (process.platform === 'win32') return `@"${process.execPath}" "%~dp0${script}" %*\r\n`;
  const quoted = (path: string) => `'${path.replaceAll("'", `'\\''`)}'`;
  return `#!/bin/sh\nexec ${quoted(process.execPath)} "\${0%/*}/${script}" "$@"\n`;
}
