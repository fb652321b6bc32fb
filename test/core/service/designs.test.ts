import { expect, test } from 'vitest';
import type { Table } from '../../../core/data/table';
import type { DesignRecipe } from '../../../core/data/types';
import type { CheckedDesign } from '../../../core/job';
import { fail, ok, type Result } from '../../../core/result';
import { UnreadableRows } from '../../../core/model/row-file';
import { createDesigns, type Designs } from '../../../core/service/designs';

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

/** The design itself, as work on it sees it. */
const used = (designs: Designs, ...[table, recipe, activation]: Parameters<Designs['held']>) =>
  designs.use(table, recipe, activation, async (design) => ok(design));
const settled = () => new Promise((resolve) => setImmediate(resolve));

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
    used(designs, tableOf('t'), recipe, 'linear'),
    used(designs, tableOf('t'), { ...recipe }, 'linear'),
  ]);
  if (!first.ok || !second.ok) throw new Error('not built');
  expect(first.value).toBe(second.value);
  await used(designs, tableOf('t'), recipe, 'linear');
  expect(built).toHaveLength(1);
});

test('another table, recipe or activation is another design', async () => {
  const { designs, built } = counted();
  await used(designs, tableOf('t'), recipe, 'linear');
  await used(designs, tableOf('u'), recipe, 'linear');
  await used(designs, tableOf('u'), { ...recipe, intercept: false }, 'linear');
  await used(designs, tableOf('u'), { ...recipe, intercept: false }, 'tanh');
  expect(built).toHaveLength(4);
});

test('the two last asked for are kept, and none of a table that is closed', async () => {
  const { designs, built } = counted();
  const ask = (target: string, table = 't') => used(designs, tableOf(table), { ...recipe, target }, 'linear');
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
  await expect(used(designs, tableOf('t'), recipe, 'linear')).rejects.toThrow('out of luck');
  expect(await used(designs, tableOf('t'), recipe, 'linear')).toMatchObject({ ok: true });
});

test('what the disk refused is tried again the next time, what is wrong with the recipe is not', async () => {
  const refusals = ['design/no-room', 'design/rows-file', 'design/no-rows'];
  const designs = createDesigns(async () => fail(refusals.shift()!, 'No.'));
  const ask = async () => {
    const built = await used(designs, tableOf('t'), recipe, 'linear');
    return built.ok ? null : built.error.code;
  };
  expect([await ask(), await ask(), await ask(), await ask()]).toEqual([
    'design/no-room',
    'design/rows-file',
    'design/no-rows',
    'design/no-rows',
  ]);
});

test('files of rows go with the last who needs them: the cache, or a fit that holds them', async () => {
  const removed: string[] = [];
  const designs = createDesigns(async (_table, { target }) =>
    ok({ checks: [], remove: () => removed.push(target) } as unknown as CheckedDesign),
  );
  const ask = (target: string) => used(designs, tableOf('t'), { ...recipe, target }, 'linear');
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

test('files of rows stay as long as somebody works on them, whatever is asked for meanwhile', async () => {
  const removed: string[] = [];
  const designs = createDesigns(async (_table, { target }) =>
    ok({ checks: [], remove: () => removed.push(target) } as unknown as CheckedDesign),
  );
  let seen: string[] = [];
  await designs.use(tableOf('t'), { ...recipe, target: 'a' }, 'linear', async () => {
    for (const target of ['b', 'c']) await used(designs, tableOf('t'), { ...recipe, target }, 'linear');
    await settled();
    seen = [...removed];
    return ok(null);
  });
  await settled();
  expect(seen).toEqual([]);
  expect(removed).toEqual(['a']);
});

test('files of rows go after work that fails or throws', async () => {
  const removed: string[] = [];
  const designs = createDesigns(async (_table, { target }) =>
    ok({ checks: [], remove: () => removed.push(target) } as unknown as CheckedDesign),
  );
  const on = (target: string, work: () => Promise<Result<null>>) =>
    designs.use(tableOf('t'), { ...recipe, target }, 'linear', work);
  await expect(on('a', () => Promise.reject(new Error('out of luck')))).rejects.toThrow('out of luck');
  expect(await on('b', async () => fail('some/refusal', 'No.'))).toMatchObject({ error: { code: 'some/refusal' } });
  designs.forget('t');
  await settled();
  expect(removed.sort()).toEqual(['a', 'b']);
});

test('rows that are gone are a failure with a sentence, and are built again the next time', async () => {
  const { designs, built } = counted();
  const gone = () => Promise.reject(new UnreadableRows('/tmp/0.rows', 'ENOENT'));
  expect(await designs.use(tableOf('t'), recipe, 'linear', gone)).toMatchObject({
    ok: false,
    error: { code: 'design/rows-file', message: expect.stringContaining('0.rows') as string },
  });
  await used(designs, tableOf('t'), recipe, 'linear');
  expect(built).toHaveLength(2);
});

test('files that cannot be removed are told, and nothing else comes of it', async () => {
  const told: unknown[] = [];
  const stuck = new Error('EBUSY');
  const build = async () =>
    ok({
      checks: [],
      remove() {
        throw stuck;
      },
    } as unknown as CheckedDesign);
  const designs = createDesigns(build, undefined, (error) => told.push(error));
  await used(designs, tableOf('t'), recipe, 'linear');
  designs.forget('t');
  await settled();
  expect(told).toEqual([stuck]);
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
  await used(designs, tableOf('t'), recipe, 'linear');
  allowed.bytes = 50;
  await used(designs, tableOf('t'), recipe, 'linear');
  await used(designs, tableOf('t'), recipe, 'linear');
  expect(built).toEqual([100, 50]);
  expect(removed).toEqual([100]);
});
