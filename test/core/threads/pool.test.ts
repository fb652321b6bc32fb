import { fileURLToPath } from 'node:url';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { afterEach, expect, test } from 'vitest';
import { createPool, type Pool, type Work } from '../../../core/threads/pool';

const worker = fileURLToPath(new URL('pool-worker.mjs', import.meta.url));
const pools: Pool[] = [];
const pool = (size: number) => {
  const made = createPool(worker, size);
  pools.push(made);
  return made;
};
afterEach(async () => {
  await Promise.all(pools.splice(0).map((one) => one.close()));
});

const flag = () => new Int32Array(new SharedArrayBuffer(4));
const task = (label: string, { cancel } = { cancel: flag() }): Work => ({
  kind: 'fit',
  task: { label, cancel },
  cancel,
});
const quiet = () => undefined;

test('starts of two runs advance side by side, the run with fewer running first', async () => {
  const two = pool(2);
  const order: string[] = [];
  const [first, second] = [{ cancel: flag() }, { cancel: flag() }];
  const labels = ['slow a1', 'a2', 'a3', 'b1'];
  await Promise.all(
    labels.map(async (label) => {
      await two.run(task(label, label.includes('a') ? first : second), quiet);
      order.push(label);
    }),
  );
  expect(order.indexOf('b1')).toBeLessThan(order.indexOf('a3'));
});

test('a pool has room until every thread has work', async () => {
  const two = pool(2);
  expect(two.hasRoom()).toBe(true);
  const first = two.run(task('slow a'), quiet);
  expect(two.hasRoom()).toBe(true);
  const second = two.run(task('slow b'), quiet);
  expect(two.hasRoom()).toBe(false);
  await Promise.all([first, second]);
  expect(two.hasRoom()).toBe(true);
  await two.close();
  expect(two.hasRoom()).toBe(false);
});

test('of more runs than threads none waits for another to finish', async () => {
  const one = pool(1);
  const order: string[] = [];
  const runs = ['a', 'b', 'c'].map((name) => ({ name, problem: { cancel: flag() } }));
  const starts = runs.flatMap(({ name, problem }) => [1, 2, 3].map((i) => ({ label: `${name}${i}`, problem })));
  await Promise.all(
    starts.map(async ({ label, problem }) => {
      await one.run(task(label, problem), quiet);
      order.push(label);
    }),
  );
  expect(order).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'c2', 'a3', 'b3', 'c3']);
});

test('the run that is looked at goes first', async () => {
  const one = pool(1);
  const order: string[] = [];
  const runs = ['a', 'b', 'c'].map((name) => ({ name, problem: { cancel: flag() } }));
  const starts = runs.flatMap(({ name, problem }) => [1, 2].map((i) => ({ label: `${name}${i}`, problem })));
  const ended = starts.map(async ({ label, problem }) => {
    await one.run(task(label, problem), quiet);
    order.push(label);
  });
  one.first(runs[2].problem.cancel);
  await Promise.all(ended);
  expect(order).toEqual(['a1', 'c1', 'c2', 'b1', 'a2', 'b2']);
});

test('a start that was cancelled while it waited never runs', async () => {
  const one = pool(1);
  const problem = { cancel: flag() };
  const running = one.run(task('until-cancelled', problem), quiet);
  const waiting = one.run(task('waiting', problem), quiet);
  Atomics.store(problem.cancel, 0, 1);
  expect(await waiting).toEqual({ ok: true, value: null });
  expect(await running).toMatchObject({ ok: true, value: { label: 'until-cancelled' } });
});

test('a thread that does not answer a cancel is ended, and the next start gets a new one', async () => {
  const one = pool(1);
  const problem = { cancel: flag() };
  const stuck = one.run(task('stuck', problem), quiet);
  await new Promise((resolve) => setTimeout(resolve, 200));
  Atomics.store(problem.cancel, 0, 1);
  expect(await stuck).toEqual({ ok: true, value: null });
  expect(await one.run(task('next'), quiet)).toMatchObject({ ok: true, value: { label: 'next' } });
});

test('a thread that dies costs its own start and no other', async () => {
  const two = pool(2);
  const [crashed, other] = await Promise.all([two.run(task('crash'), quiet), two.run(task('other'), quiet)]);
  expect(crashed).toMatchObject({ ok: false, error: { code: 'fit/worker-died' } });
  expect(other).toMatchObject({ ok: true, value: { label: 'other' } });
  expect(await two.run(task('again'), quiet)).toMatchObject({ ok: true });
});

test('a thread whose memory is full ends its fit with a sentence, and the process goes on', async () => {
  // What threads begun from here on may use; a full gigabyte would take long.
  const usual = Math.round(getHeapStatistics().heap_size_limit / 2 ** 20);
  setFlagsFromString('--max-old-space-size=60');
  const one = pool(1);
  const hungry = one.run(task('hungry'), quiet);
  try {
    expect(await hungry).toMatchObject({
      ok: false,
      error: { code: 'fit/out-of-memory', message: expect.stringContaining('try fewer experts') },
    });
  } finally {
    setFlagsFromString(`--max-old-space-size=${usual}`);
  }
  expect(await one.run(task('next'), quiet)).toMatchObject({ ok: true });
});

test('an array for which there is no room is told as lack of memory, too', async () => {
  expect(await pool(1).run(task('large'), quiet)).toMatchObject({ ok: false, error: { code: 'fit/out-of-memory' } });
});
