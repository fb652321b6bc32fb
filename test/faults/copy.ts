import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Fault } from './faults';
import { run } from './process';

const LEFT_OUT = /^(node_modules|\.git|test-results|dist|coverage)$/;
export type Part = 'main' | 'preload' | 'renderer';

/** The tree without what is installed; that is linked. */
export function copyTree(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  cpSync(from, to, { recursive: true, filter: (path) => !LEFT_OUT.test(relative(from, path)) });
  symlinkSync(join(from, 'node_modules'), join(to, 'node_modules'), 'junction');
}

/** How often a fault's place is in its file. It must be once. */
export const occurrences = (root: string, { file, find }: Pick<Fault, 'file' | 'find'>): number =>
  readFileSync(join(root, file), 'utf8').split(find).length - 1;

export function inject(root: string, { file, find, replace }: Fault): void {
  const path = join(root, file);
  // A function: signs like $& in the new text mean themselves.
  writeFileSync(
    path,
    readFileSync(path, 'utf8').replace(find, () => replace),
  );
}

/** Which of the three bundles a source file is part of. */
export function partsOf(file: string): Part[] {
  if (file === 'electron/preload.ts') return ['preload'];
  if (file === 'electron/bridge.ts') return ['main', 'preload'];
  if (file.startsWith('renderer/')) return ['renderer'];
  return /^core\/(codec|channel)\.ts$/.test(file) ? ['main', 'renderer'] : ['main'];
}

/** Builds these bundles of a copy. Gives what went wrong, or null. */
export async function build(root: string, parts: readonly Part[]): Promise<string | null> {
  const config = 'faulted.config.ts';
  const kept = parts.map((part) => `${part}: all.${part}`).join(', ');
  writeFileSync(
    join(root, config),
    `import all from './electron.vite.config';\nexport default { ${kept} } as typeof all;\n`,
  );
  const program = join(root, 'node_modules/electron-vite/bin/electron-vite.js');
  const { status, output } = await run([program, 'build', '-c', config, '--logLevel', 'error'], { cwd: root });
  return status === 0 ? null : output;
}
