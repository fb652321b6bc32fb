import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Emit } from '../../../core/client-connection';
import { experimentReport } from '../../../core/experiments/types';
import type { ExperimentFinished, ExperimentProgress, Params } from '../../../core/protocol';
import { loadSamples } from '../../../core/samples';
import { createSession, type Session, type Shared } from '../../../core/service/session';
import { inlinePool } from '../../../core/work';

const folder = mkdtempSync(join(tmpdir(), 'moe-lab-experiments-'));
const clock = () => performance.now() / 1000;
const progress: ExperimentProgress[] = [];
const waiting: ((data: ExperimentFinished) => void)[] = [];
const emit: Emit = (event, data) => {
  if (event === 'experiment/progress') progress.push(data as ExperimentProgress);
  if (event === 'experiment/finished') waiting.splice(0).forEach((resolve) => resolve(data as ExperimentFinished));
};
const pool = inlinePool(clock);
const shared: Shared = {
  grants: new Map([['file', { name: 'table.csv', path: join(folder, 'table.csv') }]]),
  samples: loadSamples(fileURLToPath(new URL('../../../resources/samples/', import.meta.url))),
  tempFolder: folder,
  pool,
  memory: { bytes: 1e9 },
  now: clock,
  log: () => undefined,
};
/** A pool whose work never begins before it is let go. */
const held = (): { pool: Shared['pool']; release: () => void } => {
  let release = () => undefined as void;
  const open = new Promise<void>((resolve) => (release = resolve));
  return { pool: { ...pool, run: (work, onNews) => open.then(() => pool.run(work, onNews)) }, release };
};

const session: Session = createSession(shared, emit);
beforeAll(() => {
  writeFileSync(
    join(folder, 'table.csv'),
    `x,y\n${Array.from({ length: 60 }, (_, i) => `${(i * 7) % 23},${(i * i) % 31}`).join('\n')}\n`,
  );
});
afterAll(() => {
  session.close();
  rmSync(folder, { recursive: true, force: true });
});

const ended = () => new Promise<ExperimentFinished>((resolve) => waiting.push(resolve));
const request = (runId: string, given: Partial<Params<'experiment/start'>> = {}) => ({
  ...{ runId, name: 'transforms', seeds: null, quick: true, tables: [] },
  ...given,
});

test('Every experiment is listed with what it asks and where it comes from', async () => {
  const listed = await session.handlers['experiments/list']({});
  if (!listed.ok) throw new Error(listed.error.message);
  const names = listed.value.experiments.map(({ name }) => name);
  expect(names).toContain('transforms');
  expect(new Set(names).size).toBe(names.length);
  for (const { title, source, question, seeds } of listed.value.experiments) {
    expect(title.length * source.length).toBeGreaterThan(0);
    expect(question).toContain('?');
    expect(seeds).toBeGreaterThan(0);
  }
});

test('An experiment runs to its end and its report has verdicts and findings', async () => {
  const end = ended();
  expect(await session.handlers['experiment/start'](request('e1'))).toEqual({ ok: true, value: {} });
  const finished = await end;
  if (finished.state !== 'done') throw new Error(finished.state);
  expect(finished.runId).toBe('e1');
  expect(finished.report.findings.length).toBeGreaterThan(0);
  expect(finished.report.rows.some(({ verdict }) => verdict === 'met')).toBe(true);
  expect(experimentReport.parse(structuredClone(finished.report))).toEqual(finished.report);
});

test('Progress tells how many tasks are done and what they have shown, at most twice a second', async () => {
  progress.length = 0;
  const slow: Shared['pool'] = {
    ...pool,
    run: async (work, onNews) => {
      await new Promise((resolve) => setTimeout(resolve, 250));
      return pool.run(work, onNews);
    },
  };
  const client = createSession({ ...shared, pool: slow }, emit);
  const end = ended();
  const begun = clock();
  await client.handlers['experiment/start'](request('e2'));
  await end;
  const seconds = clock() - begun;
  expect(progress.length).toBeGreaterThan(0);
  expect(progress.length).toBeLessThanOrEqual(Math.ceil(2 * seconds));
  const last = progress[progress.length - 1];
  expect(last).toMatchObject({ runId: 'e2', total: 6 });
  expect(last.report.rows.length).toBeGreaterThan(0);
  expect(last.report.findings).toEqual([]);
  client.close();
});

test('A second experiment is refused while one is going on, and allowed when it has ended', async () => {
  const { pool: waitingPool, release } = held();
  const client = createSession({ ...shared, pool: waitingPool }, emit);
  const end = ended();
  await client.handlers['experiment/start'](request('e3'));
  const second = await client.handlers['experiment/start'](request('e4'));
  expect(second).toMatchObject({ ok: false, error: { code: 'experiment/already-running' } });
  release();
  expect(await end).toMatchObject({ state: 'done', runId: 'e3' });
  const again = ended();
  expect(await client.handlers['experiment/start'](request('e5'))).toMatchObject({ ok: true });
  expect(await again).toMatchObject({ state: 'done', runId: 'e5' });
  client.close();
});

test.each(['cancel', 'close'] as const)('A %s ends the experiment with what was done', async (how) => {
  const { pool: waitingPool, release } = held();
  const client = createSession({ ...shared, pool: waitingPool }, emit);
  const end = ended();
  await client.handlers['experiment/start'](request('e6'));
  if (how === 'cancel') await client.handlers['experiment/cancel']({ runId: 'e6' });
  else client.close();
  release();
  expect(await end).toMatchObject({ state: 'cancelled', runId: 'e6', report: { rows: [], findings: [] } });
  client.close();
});

test('What cannot be run is refused in one sentence', async () => {
  const start = session.handlers['experiment/start'];
  expect(await start(request('e7', { name: 'alchemy' }))).toMatchObject({
    ok: false,
    error: { code: 'experiment/unknown', message: expect.stringContaining('the experiments are transforms') },
  });
  expect(await start(request('e8', { tables: [{ tableId: 'any', target: 'y' }] }))).toMatchObject({
    ok: false,
    error: { code: 'experiment/no-tables' },
  });
  // A refusal leaves nothing running.
  const end = ended();
  expect(await start(request('e9'))).toMatchObject({ ok: true });
  await end;
});

test('An experiment on real data runs the table that ships and those that are open, and no other', async () => {
  const seen: unknown[] = [];
  const watching: Shared['pool'] = {
    ...pool,
    run: async ({ task, cancel }) => {
      seen.push((task as { tables: { name: string; n: number }[] }).tables.map(({ name, n }) => [name, n]));
      Atomics.store(cancel, 0, 1);
      return { ok: true, value: null };
    },
  };
  const client = createSession({ ...shared, pool: watching }, emit);
  const opened = await client.handlers['data/open']({ source: { kind: 'grant', id: 'file' }, dialect: {} });
  if (!opened.ok) throw new Error(opened.error.message);
  const { tableId } = opened.value;
  const name = 'real-data';
  const missing = await client.handlers['experiment/start'](
    request('e11', { name, tables: [{ tableId: 'gone', target: 'y' }] }),
  );
  expect(missing).toMatchObject({ ok: false, error: { code: 'data/not-open' } });
  const end = ended();
  const started = await client.handlers['experiment/start'](
    request('e12', { name, tables: [{ tableId, target: 'y' }] }),
  );
  expect(started).toEqual({ ok: true, value: {} });
  expect(await end).toMatchObject({ state: 'cancelled' });
  expect(seen[0]).toEqual([
    ['auto-mpg', expect.any(Number)],
    ['table', 60],
  ]);
  client.close();
});

test('A thread that breaks ends the experiment as failed', async () => {
  const broken = { ...pool, run: () => Promise.reject(new Error('the thread broke')) };
  const client = createSession({ ...shared, pool: broken }, emit);
  const end = ended();
  await client.handlers['experiment/start'](request('e10'));
  expect(await end).toMatchObject({ state: 'failed', error: { code: 'core/internal' } });
  client.close();
});
