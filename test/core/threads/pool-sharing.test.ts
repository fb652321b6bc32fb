import { afterEach, expect, test } from 'vitest';
import type { MemoryRows, Rows } from '../../../core/model/problem';
import type { RowFile } from '../../../core/model/row-file';
import { neverCancelled } from '../../../core/kernels/pass';
import { secondMoments } from '../../../core/moments/second-moments';
import { createPool, type Pool } from '../../../core/threads/pool';
import { builtWorker } from './built-worker';
import type { Sharing, SharingTask } from './sharing-worker';

const worker = builtWorker('test/core/threads/sharing-worker.ts');
const pools: Pool[] = [];
afterEach(async () => {
  await Promise.all(pools.splice(0).map((one) => one.close()));
});

const [n, d] = [20_000, 40];
const shared = (length: number, value: (at: number) => number) => {
  const array = new Float64Array(new SharedArrayBuffer(8 * length));
  for (let at = 0; at < length; at++) array[at] = value(at);
  return array;
};
/** Wide, so that passes are long. */
const rows: MemoryRows = { n, x: shared(n * d, Math.sin), y: shared(n, Math.cos), weights: null };
const alone = secondMoments(rows, d, neverCancelled());

const flag = (value = 0) => new Int32Array(new SharedArrayBuffer(4)).fill(value);
const quiet = () => undefined;

/** A pool of two whose threads are there. */
async function warmPool(): Promise<Pool> {
  const pool = createPool(worker, 2);
  pools.push(pool);
  await Promise.all([flag(1), flag(1)].map((told) => waitOn(pool, told)));
  return pool;
}

/** Work of its own that ends when it is told to. */
const waitOn = (pool: Pool, told: Int32Array) => pool.run({ kind: 'fit', task: told, cancel: flag() }, quiet);

interface Choice {
  readonly fault?: SharingTask['fault'];
  readonly helper?: Sharing['helper'];
  readonly passes?: number;
  /** What those who help read. */
  readonly parts?: readonly Rows[];
}

function passOn(pool: Pool, { fault = 'none', helper = 'helps', passes = 10, parts = [rows] }: Choice = {}) {
  const cancel = flag();
  const sharing: Sharing = { d, parts, cancel, helper, sent: flag() };
  const task: SharingTask = { fault, passes, rows, shared: sharing };
  const result = pool.run({ kind: 'fit', task, cancel, shared: sharing }, quiet);
  return { result, cancel, sent: () => Atomics.load(sharing.sent, 0) };
}

/** Both threads come back to work, and passes are shared on as before. */
async function expectSound(pool: Pool): Promise<void> {
  const told = flag();
  const long = waitOn(pool, told);
  expect(await waitOn(pool, flag(1))).toMatchObject({ ok: true });
  Atomics.store(told, 0, 1);
  Atomics.notify(told, 0);
  await long;
  for (let fit = 0; fit < 3; fit++) expect(await passOn(pool).result).toEqual({ ok: true, value: alone });
}

test('a fit that throws in a pass it shares gives the threads back that helped', async () => {
  const pool = await warmPool();
  const { result, sent } = passOn(pool, { fault: 'throws' });
  expect(await result).toMatchObject({ ok: false, error: { code: 'fit/broken' } });
  expect(sent()).toBe(1);
  await expectSound(pool);
});

test('a fit whose thread dies in a pass it shares gives the threads back that helped', async () => {
  const pool = await warmPool();
  const { result, sent } = passOn(pool, { fault: 'exits' });
  expect(await result).toMatchObject({ ok: false, error: { code: 'fit/worker-died' } });
  expect(sent()).toBe(1);
  await expectSound(pool);
});

test('a thread that cannot read the rows leaves the fit to go on alone, and is not sent to it again', async () => {
  const pool = await warmPool();
  const file: RowFile = { path: '/nowhere', room: n, order: 'rows', window: 1 << 20, frames: [], weighted: false };
  const { result, sent } = passOn(pool, { passes: 60, parts: [{ n, file, facts: null }] });
  expect(await result).toEqual({ ok: true, value: alone });
  expect(sent()).toBe(1);
  await expectSound(pool);
});

test('a thread that dies while it helps costs the fit nothing, and its place is for waiting work', async () => {
  const pool = await warmPool();
  // The work that waits must not wait for the fit.
  const { result, cancel } = passOn(pool, { helper: 'exits', passes: 1e9 });
  expect(await waitOn(pool, flag(1))).toMatchObject({ ok: true });
  Atomics.store(cancel, 0, 1);
  await result;
  await expectSound(pool);
});
