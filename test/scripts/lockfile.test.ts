import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Locked {
  version?: string;
  resolved?: string;
  optionalDependencies?: Record<string, string>;
}

const { packages } = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8')) as {
  packages: Record<string, Locked>;
};

/** Whether npm would find `name` from the folder `from`: there or in any folder above. */
function isLocked(name: string, from: string): boolean {
  const parts = from.split('/node_modules/');
  const places = parts.map((_, depth) => [...parts.slice(0, parts.length - depth), name].join('/node_modules/'));
  return [...places, `node_modules/${name}`].some((place) => packages[place]);
}

test('the lockfile names the native parts of every system, or `npm ci` fails on the others', () => {
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => !isLocked(name, path)),
  );
  expect(missing).toEqual([]);
});

test('the lockfile names no host it was made with', () => {
  expect(Object.values(packages).filter(({ resolved }) => resolved)).toEqual([]);
});
