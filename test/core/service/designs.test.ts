import { expect, test } from 'vitest';
import type { Table } from '../../../core/data/table';
import type { DesignRecipe } from '../../../core/data/types';
import type { CheckedDesign } from '../../../core/job';
import { ok } from '../../../core/result';
import { createDesigns } from '../../../core/service/designs';

const recipe: DesignRecipe = {
  target: 'y',
  features: ['a'],
  gateFeatures: null,
  types: {},
  preprocess: 'standardise',
  output: 'auto',
  intercept: true,
  split: { kind: 'fraction', fraction: 0.2, seed: 1 },
};
const tableOf = (tableId: string) => ({ info: { tableId } }) as Table;

function counted() {
  const built: string[] = [];
  const designs = createDesigns(async ({ info }, { target }) => {
    built.push(`${info.tableId} ${target}`);
    return ok({ checks: [] } as unknown as CheckedDesign);
  });
  return { designs, built };
}

test('the same table, recipe and activation are built once, also when asked for twice at once', async () => {
  const { designs, built } = counted();
  const [first, second] = await Promise.all([
    designs.of(tableOf('t'), recipe, 'linear'),
    designs.of(tableOf('t'), { ...recipe }, 'linear'),
  ]);
  expect(first).toBe(second);
  await designs.of(tableOf('t'), recipe, 'linear');
  expect(built).toHaveLength(1);
});

test('another table, recipe or activation is another design', async () => {
  const { designs, built } = counted();
  await designs.of(tableOf('t'), recipe, 'linear');
  await designs.of(tableOf('u'), recipe, 'linear');
  await designs.of(tableOf('u'), { ...recipe, intercept: false }, 'linear');
  await designs.of(tableOf('u'), { ...recipe, intercept: false }, 'tanh');
  expect(built).toHaveLength(4);
});

test('the two last asked for are kept, and none of a table that is closed', async () => {
  const { designs, built } = counted();
  const ask = (target: string, table = 't') => designs.of(tableOf(table), { ...recipe, target }, 'linear');
  await ask('a');
  await ask('b');
  await ask('a');
  await ask('c');
  expect(built).toEqual(['t a', 't b', 't c']);
  await ask('a');
  expect(built).toHaveLength(3);
  await ask('b');
  expect(built).toHaveLength(4);
  designs.forget('t');
  await ask('b');
  expect(built).toHaveLength(5);
});

test('a build that throws is tried again the next time', async () => {
  let attempts = 0;
  const designs = createDesigns(() => {
    attempts += 1;
    return attempts === 1 ? Promise.reject(new Error('out of luck')) : Promise.resolve(ok({} as CheckedDesign));
  });
  await expect(designs.of(tableOf('t'), recipe, 'linear')).rejects.toThrow('out of luck');
  expect(await designs.of(tableOf('t'), recipe, 'linear')).toMatchObject({ ok: true });
});

test('files of rows go with the last who needs them: the cache, or a fit that holds them', async () => {
  const removed: string[] = [];
  const designs = createDesigns(async (_table, { target }) =>
    ok({ checks: [], remove: () => removed.push(target) } as unknown as CheckedDesign),
  );
  const ask = (target: string) => designs.of(tableOf('t'), { ...recipe, target }, 'linear');
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  const held = await designs.held(tableOf('t'), { ...recipe, target: 'a' }, 'linear');
  await ask('b');
  await ask('c');
  await ask('d');
  await settled();
  expect(removed).toEqual(['b']);
  if (!held.ok) throw new Error('not built');
  held.value.remove?.();
  held.value.remove?.();
  await settled();
  expect(removed).toEqual(['b', 'a']);
  designs.forget('t');
  await settled();
  expect(removed.sort()).toEqual(['a', 'b', 'c', 'd']);
});

test('a design that was built with another limit of memory is built again, and what it held in files goes', async () => {
  const allowed = { bytes: 100 };
  const removed: number[] = [];
  const built: number[] = [];
  const designs = createDesigns(
    async () => {
      const { bytes } = allowed;
      built.push(bytes);
      return ok({ checks: [], remove: () => removed.push(bytes) } as unknown as CheckedDesign);
    },
    () => allowed.bytes,
  );
  await designs.of(tableOf('t'), recipe, 'linear');
  allowed.bytes = 50;
  await designs.of(tableOf('t'), recipe, 'linear');
  await designs.of(tableOf('t'), recipe, 'linear');
  expect(built).toEqual([100, 50]);
  expect(removed).toEqual([100]);
});
