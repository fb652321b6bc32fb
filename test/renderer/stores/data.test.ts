import { createPinia } from 'pinia';
import { expect, test } from 'vitest';
import { createApp } from 'vue';
import type { SampleInfo } from '../../../core/protocol';
import type { Core } from '../../../renderer/core';
import { coreKey } from '../../../renderer/core';
import { useData } from '../../../renderer/stores/data';
import { scripted, table } from '../runs/harness';

const grant = { id: 'g1', name: 'concrete.csv', bytes: 100 };
/** The store with a core of which only these parts are there. */
const storeWith = (core: Partial<Record<keyof Core, unknown>>) =>
  createApp({})
    .provide(coreKey, core as unknown as Core)
    .use(createPinia())
    .runWithContext(() => useData());

const opens = { 'data/open': () => ({ ok: true as const, value: table }) };

test('an opened table has the suggested roles, its target selected, and a recipe', async () => {
  scripted(opens);
  const data = useData();
  expect(await data.openGrant(grant)).toBe(true);
  expect(data.design).toMatchObject({ target: 'Strength (MPa)', features: ['Age (day)', 'Water'] });
  expect(data.selected?.name).toBe('Strength (MPa)');
  expect(data.opening).toBeNull();
});

test('an example knows its target, whatever the table suggests', async () => {
  scripted(opens);
  const data = useData();
  const sample = { id: 's', name: 'Sample', target: 'Water' } as SampleInfo;
  await data.openSample(sample);
  expect(data.design?.target).toBe('Water');
  expect(data.canUndo).toBe(false);
});

test('a file that is refused leaves the open table and says why', async () => {
  const error = { code: 'file/empty', message: '“b.csv” is empty.' };
  let refuse = false;
  scripted({ 'data/open': () => (refuse ? { ok: false, error } : { ok: true, value: table }) });
  const data = useData();
  await data.openGrant(grant);
  refuse = true;
  expect(await data.openGrant({ ...grant, id: 'g2', name: 'b.csv' })).toBe(false);
  expect(data.table).toEqual(table);
  expect(data.failure).toEqual({ name: 'b.csv', error });
});

test('opening that was given up changes nothing, and the table that comes too late is closed', async () => {
  const { asked, settle } = scripted(opens);
  const data = useData();
  const opening = data.openGrant(grant);
  data.cancelOpening();
  expect(await opening).toBe(false);
  await settle();
  expect(data.table).toBeNull();
  expect(data.opening).toBeNull();
  expect(asked.at(-1)).toEqual({ method: 'data/close', params: { tableId: table.tableId } });
});

test('reading with another decision keeps roles and undo, closes the former table, and remembers what was decided', async () => {
  let number = 0;
  const { asked, settle } = scripted({
    'data/open': () => ({ ok: true, value: { ...table, tableId: `table-${++number}` } }),
  });
  const data = useData();
  await data.openGrant(grant);
  data.setRole(['Water'], 'ignore');
  await data.readAs({ decimal: ',' });
  await settle();
  expect(data.choices.roles.Water).toBe('ignore');
  expect(data.canUndo).toBe(true);
  expect(data.choice).toEqual({ decimal: ',' });
  expect(asked.filter(({ method }) => method === 'data/close')).toEqual([
    { method: 'data/close', params: { tableId: 'table-1' } },
  ]);
});

test('another way to read the file is undone by reading it as before, with the choices of then', async () => {
  const headless = { ...table, columns: table.columns.map((column, i) => ({ ...column, name: `column ${i + 1}` })) };
  const { asked, settle } = scripted({
    'data/open': ({ dialect }) => ({ ok: true, value: 'header' in Object(dialect) ? headless : table }),
  });
  const data = useData();
  await data.openGrant(grant);
  data.setRole(['Water'], 'ignore');
  await data.readAs({ header: false });
  expect(data.design).toMatchObject({ target: 'column 3', features: ['column 1', 'column 2'] });
  expect(data.selected?.name).toBe('column 3');
  data.setRole(['column 1'], 'ignore');
  data.undo();
  data.undo();
  await settle();
  expect(data.choice).toEqual({});
  expect(data.choices.roles).toEqual({ 'Age (day)': 'feature', Water: 'ignore', 'Strength (MPa)': 'target' });
  data.undo();
  expect(data.choices.roles.Water).toBe('feature');
  expect(data.canUndo).toBe(false);
  data.redo();
  data.redo();
  await settle();
  expect(data.choice).toEqual({ header: false });
  data.redo();
  expect(data.choices.roles['column 1']).toBe('ignore');
  const opened = asked.filter(({ method }) => method === 'data/open').map(({ params }) => params.dialect);
  expect(opened).toEqual([{}, { header: false }, {}, { header: false }]);
});

test('a dialog that is closed without a choice leaves a file that is on its way alone', async () => {
  // The bridge of the script chooses nothing.
  scripted(opens);
  const data = useData();
  const reading = data.openGrant(grant);
  expect(await data.chooseFile()).toBe(false);
  expect(await reading).toBe(true);
  expect(data.table).toEqual(table);
  expect(data.opening).toBeNull();
});

test('of two files opened one after the other the later one stays, whichever is there first', async () => {
  const waiting: ((granted: { id: string; name: string; bytes: number }) => void)[] = [];
  const asked: unknown[] = [];
  const core = {
    status: { value: { state: 'ready', restarts: 0 } },
    grantFile: () => new Promise((resolve) => waiting.push(resolve)),
    send: async (_: string, params: unknown) => {
      asked.push(params);
      return { ok: true, value: table };
    },
  };
  const data = storeWith(core);
  const first = data.openFile(new File(['x'], 'first.csv'));
  const second = data.openFile(new File(['x'], 'second.csv'));
  waiting[1]({ id: 'second', name: 'second.csv', bytes: 1 });
  expect(await second).toBe(true);
  waiting[0]({ id: 'first', name: 'first.csv', bytes: 1 });
  expect(await first).toBe(false);
  expect(asked).toEqual([{ source: { kind: 'grant', id: 'second' }, dialect: {} }]);
});

test('after the engine was started again the file is read the same way from the same source', async () => {
  const { asked } = scripted(opens);
  const data = useData();
  await data.openGrant(grant);
  await data.readAs({ header: false });
  await data.reopen();
  const [, second, third] = asked.filter(({ method }) => method === 'data/open');
  expect(third).toEqual(second);
  expect(third.params).toEqual({ source: { kind: 'grant', id: 'g1' }, dialect: { header: false } });
});

test('roles can be undone and done again', async () => {
  scripted(opens);
  const data = useData();
  await data.openGrant(grant);
  data.setRole(['Age (day)'], 'target');
  expect(data.design?.target).toBe('Age (day)');
  data.undo();
  expect(data.design?.target).toBe('Strength (MPa)');
  data.redo();
  expect(data.design?.target).toBe('Age (day)');
});

test('a host that refuses a file is quoted', async () => {
  const core = {
    status: { value: { state: 'ready', restarts: 0 } },
    grantFile: async () => {
      throw new Error('“big.csv” could not be sent.');
    },
  };
  const data = storeWith(core);
  expect(await data.openFile(new File(['x'], 'big.csv'))).toBe(false);
  expect(data.opening).toBeNull();
  expect(data.failure).toMatchObject({ name: 'big.csv', error: { message: '“big.csv” could not be sent.' } });
});

test('a dropped file is granted by the host and read by the grant', async () => {
  const { asked } = scripted(opens);
  const data = useData();
  expect(await data.openFile(new File(['x'], 'file.csv'))).toBe(true);
  expect(asked[0].params).toEqual({ source: { kind: 'grant', id: 'grant' }, dialect: {} });
});

const restarting = { state: 'restarting', cause: 'killed', reason: 'it was ended', attempt: 1 } as const;
const ready = { state: 'ready', restarts: 1 } as const;

test('a file whose engine ends while it is read is read by the next one, and a second end is told', async () => {
  let answers = false;
  const page = scripted({ 'data/open': () => (answers ? { ok: true, value: table } : null) });
  const data = useData();
  const opening = data.openGrant(grant);
  await page.host(restarting);
  answers = true;
  await page.host(ready);
  expect(await opening).toBe(true);

  answers = false;
  const again = data.openGrant(grant);
  await page.host(restarting);
  await page.host(ready);
  await page.host(restarting);
  expect(await again).toBe(false);
  expect(data.failure?.error.code).toBe('engine/lost');
});

test('an engine that was started again reads the file that is being opened, and the shown one when that fails', async () => {
  const asked: unknown[] = [];
  const error = { code: 'file/empty', message: '“b.csv” is empty.' };
  scripted({
    'data/open': ({ source }) => {
      const { id } = source as { id: string };
      asked.push(id);
      return id === 'b' ? { ok: false, error } : { ok: true, value: { ...table, tableId: `table-${asked.length}` } };
    },
  });
  const data = useData();
  await data.openGrant(grant);
  const chosen = data.openFile({ name: 'b.csv', size: 1 } as File);
  await data.reopen();
  expect(data.stale).toBe(true);
  await chosen;
  expect(data.stale).toBe(false);
  expect(data.failure).toBeNull();
  expect(data.table?.tableId).toBe('table-2');

  const failing = data.openGrant({ id: 'b', name: 'b.csv', bytes: 1 });
  await data.reopen();
  expect(await failing).toBe(false);
  expect(data.failure?.error).toEqual(error);
  expect(data.stale).toBe(false);
  expect(asked).toEqual(['g1', 'grant', 'b', 'grant']);
});

test('everything decided about columns and rows is one line of steps: each is undone by itself', async () => {
  scripted(opens);
  const data = useData();
  await data.openGrant(grant);
  data.setSteps(['Water', 'Age (day)'], { missing: 'median' });
  data.setUser(['Water'], 'gate');
  data.prepare({ targetTransform: 'log' });
  data.setSplit({ fraction: 0.3 });
  expect(data.design).toMatchObject({
    features: ['Age (day)'],
    gateFeatures: ['Age (day)', 'Water'],
    prepare: { Water: { missing: 'median' }, 'Age (day)': { missing: 'median' } },
    targetTransform: 'log',
    split: { fraction: 0.3 },
  });
  data.undo();
  expect(data.design).toMatchObject({ targetTransform: 'log', split: { fraction: 0.2 } });
  data.undo();
  expect(data.design).not.toHaveProperty('targetTransform');
  data.undo();
  data.undo();
  expect(data.design).toMatchObject({ features: ['Age (day)', 'Water'], gateFeatures: null });
  expect(data.design).not.toHaveProperty('prepare');
  expect(data.canUndo).toBe(false);
});

test('a column that says which rows are held out is no feature for as long as it says so', async () => {
  scripted(opens);
  const data = useData();
  await data.openGrant(grant);
  data.splitAs('column');
  data.splitOn('Water');
  expect(data.design).toMatchObject({ features: ['Age (day)'], split: { kind: 'column', column: 'Water' } });
  data.splitAs('ordered');
  expect(data.design).toMatchObject({ features: ['Age (day)', 'Water'], split: { kind: 'ordered', column: null } });
});

test('a choice that is made once more is no step, and takes nothing back', async () => {
  scripted(opens);
  const data = useData();
  await data.openGrant(grant);
  data.splitAs('grouped');
  data.splitOn('Water');
  const { design } = data;
  data.splitAs('grouped');
  data.splitOn('Water');
  data.setSteps(['Age (day)'], { missing: undefined });
  data.setType(['Age (day)'], null);
  data.prepare({ targetTransform: 'none' });
  expect(data.design).toEqual(design);
  data.undo();
  data.undo();
  expect(data.canUndo).toBe(false);
});

test('nothing is undone while a file is read: that would give it up', async () => {
  let answers = true;
  scripted({ 'data/open': () => (answers ? { ok: true, value: table } : null) });
  const data = useData();
  await data.openGrant(grant);
  data.setRole(['Water'], 'ignore');
  answers = false;
  void data.openGrant({ ...grant, id: 'g2', name: 'b.csv' });
  expect(data.canUndo).toBe(false);
  data.undo();
  expect(data.opening?.name).toBe('b.csv');
  expect(data.choices.roles.Water).toBe('ignore');
  data.cancelOpening();
  data.undo();
  expect(data.choices.roles.Water).toBe('feature');
});
