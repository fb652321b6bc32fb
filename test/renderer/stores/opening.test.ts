import { createPinia } from 'pinia';
import { expect, test } from 'vitest';
import { createApp } from 'vue';
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
