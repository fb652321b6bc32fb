import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { nodeOf } from '../conditions/lab';

/** One with Electron's V8, the one that `npm run conditions` runs on. */
const ELECTRON_NODE = '24.21.0';

/** Where `npm run conditions` keeps the Nodes it runs the application on. */
const KEPT = 'node_modules/.cache/moe-lab';

export const nodeVersion = (path: string): string =>
  execFileSync(path, ['--version'], { encoding: 'utf8' }).trim().replace(/^v/, '');

/** A Node of the same first number as Electron's, where one is installed or kept; null where none is. */
function installed(): string | null {
  const [major] = ELECTRON_NODE.split('.');
  const kept = existsSync(KEPT) ? readdirSync(KEPT).filter((name) => name.startsWith(`node-${major}.`)) : [];
  const places = ['node_modules/node/bin/node', ...kept.map((name) => join(KEPT, name, 'bin/node'))];
  return places.find((path) => existsSync(path) && nodeVersion(path).startsWith(`${major}.`)) ?? null;
}

/**
 * The Node of Electron; null where it is nowhere.
 *
 * @param isFetched  whether npm is asked for it where it is not here; it is kept for the next time
 */
export function electronNode(isFetched: boolean): string | null {
  const found = installed();
  if (found !== null || !isFetched) return found;
  try {
    return join(nodeOf(ELECTRON_NODE), 'node');
  } catch {
    return null;
  }
}
