import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Electron's Node, by its first number. */
const ELECTRON_NODE = 24;

/** Where `npm run conditions` keeps the Nodes it runs the application on. */
const KEPT = 'node_modules/.cache/moe-lab';

export const nodeVersion = (path: string): string =>
  execFileSync(path, ['--version'], { encoding: 'utf8' }).trim().replace(/^v/, '');

/** The Node of Electron where the npm package `node` brings it, here or among the kept ones; null where it is nowhere. */
export function installedNode(): string | null {
  const kept = existsSync(KEPT) ? readdirSync(KEPT).filter((name) => name.startsWith(`node-${ELECTRON_NODE}.`)) : [];
  const places = ['node_modules/node/bin/node', ...kept.map((name) => join(KEPT, name, 'bin/node'))];
  const isOurs = (path: string) => existsSync(path) && nodeVersion(path).startsWith(`${ELECTRON_NODE}.`);
  return places.find(isOurs) ?? null;
}
