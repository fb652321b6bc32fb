import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { defaults } from '../../../core/fit/settings';
import { designWithin, prepareFit } from '../../../core/job';
import type { FitSpec } from '../../../core/protocol';
import { scratch } from '../../corpora/open-text';
import { plainRecipe } from './plain-recipe';

const disk = vi.hoisted(() => ({ isStuck: false }));
vi.mock('node:fs', async (original) => {
  const fs: { rmSync: typeof rmSync } = await original();
  const removing: typeof rmSync = (...asked) => {
    if (disk.isStuck) throw new Error('EBUSY: resource busy');
    fs.rmSync(...asked);
  };
  return { ...fs, rmSync: removing };
});

const { folder, open } = scratch();
const recipe = plainRecipe('y', ['a', 'b']);
const spec: FitSpec = {
  method: 'joint-em',
  experts: 2,
  activation: 'linear',
  seed: 5,
  noise: null,
  timeLimit: null,
  ...defaults,
  options: {},
};
const lines = Array.from({ length: 1000 }, (_, i) => [i % 17, i % 29, (i % 17) + 2 * (i % 29) + (i % 3)].join());
const table = () => open(`a,b,y\n${lines.join('\n')}\n`);
const flag = () => new Int32Array(new SharedArrayBuffer(4));
const rowFolders = () => readdirSync(folder).filter((name) => name.startsWith('rows-'));
const LIMIT = 60_000;

test('files of rows that cannot be removed are told, and nothing is lost for them', async () => {
  const told: unknown[] = [];
  const source = designWithin({ bytes: LIMIT, folder }, (error) => told.push(error));
  const built = await source(await table(), recipe, 'linear');
  if (!built.ok) throw new Error(built.error.message);
  disk.isStuck = true;
  built.value.remove!();
  disk.isStuck = false;
  expect(String(told)).toContain('EBUSY');
  built.value.remove!();
  expect(rowFolders()).toEqual([]);
});

test('files of rows that are gone before a fit has looked at them are a refusal with a sentence', async () => {
  // Targets are looked at before the fit begins: whether the experts can come near them.
  const bounded = { ...spec, activation: 'sigmoid' as const };
  const source = designWithin({ bytes: LIMIT, folder });
  const losing: typeof source = async (...asked) => {
    const built = await source(...asked);
    for (const name of rowFolders()) rmSync(join(folder, name), { recursive: true });
    return built;
  };
  const prepared = await prepareFit(await table(), recipe, bounded, flag(), losing);
  expect(prepared).toMatchObject({ ok: false, error: { code: 'design/rows-file' } });
});
