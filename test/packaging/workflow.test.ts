import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { TARGETS } from '../../scripts/lib/dist-targets.mjs';
import { root } from './package';

interface Job {
  readonly strategy: { readonly matrix: { readonly os?: string[]; readonly node?: string[]; readonly include: Row[] } };
  readonly env?: Record<string, string>;
  readonly steps: readonly { readonly uses?: string; readonly run?: string; readonly if?: string }[];
}
interface Row {
  readonly os: string;
  readonly node?: string;
  readonly kinds?: string;
}

// It has no types.
const { load } = createRequire(import.meta.url)('js-yaml') as { load(text: string): unknown };
const text = readFileSync(join(root, '.github/workflows/test.yml'), 'utf8');
const { jobs } = load(text) as { jobs: Record<'tests' | 'packages', Job> };

/** All combinations of a job's matrix. */
const rows = ({ strategy: { matrix } }: Job): Row[] => [
  ...(matrix.os ?? []).flatMap((os) => (matrix.node ?? []).map((node) => ({ os, node }))),
  ...matrix.include,
];
const system = ({ os }: Row) => os.split('-')[0];

test('everything is tested on three systems, where a missing Electron or browser is a failure', () => {
  expect(new Set(rows(jobs.tests).map(system))).toEqual(new Set(['ubuntu', 'macos', 'windows']));
  expect(jobs.tests.env).toMatchObject({ REQUIRE_ELECTRON: '1', MOE_LAB_REQUIRE_BROWSER: '1' });
  const commands = jobs.tests.steps.filter(({ run }) => run?.endsWith('npm test'));
  expect(commands.map((step) => step.if)).toEqual(["runner.os == 'Linux'", "runner.os != 'Linux'"]);
  expect(commands[0]!.run).toMatch(/^xvfb-run /);
});

test('it is tested on every version of Node that is supported, the oldest one first', () => {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { engines: { node: string } };
  const versions = rows(jobs.tests)
    .filter((row) => system(row) === 'ubuntu')
    .map(({ node }) => node);
  expect(versions).toEqual(['20.19', '22', '24']);
  expect(engines.node.split(' || ')).toEqual([`^${versions[0]}.0`, '>=22.12.0']);
});

test('every kind of package is made somewhere', () => {
  const made = new Set(rows(jobs.packages).flatMap(({ kinds }) => kinds!.split(' ')));
  expect(made).toEqual(new Set(Object.keys(TARGETS)));
});

test('nothing of others runs but at the commit that was looked at', () => {
  const used = Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ uses }) => uses ?? []));
  expect(used.length).toBeGreaterThan(4);
  expect(used.filter((action) => !/^actions\/[\w-]+@[0-9a-f]{40}$/.test(action))).toEqual([]);
});

test('it says of itself that it never ran', () => expect(text.split('\n')[0]).toContain('never run'));
