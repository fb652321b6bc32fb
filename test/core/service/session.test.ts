import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Emit } from '../../../core/client-connection';
import { inlinePool } from '../../../core/work';
import type { FitSpec, RunFinished, RunProgress } from '../../../core/protocol';
import { random } from '../../../core/random';
import { createSession, type Session, type Shared } from '../../../core/service/session';

const folder = mkdtempSync(join(tmpdir(), 'moe-lab-session-'));
const clock = () => Date.now() / 1000;
const progress: RunProgress[] = [];
const finished: RunFinished[] = [];
const waiting: ((data: RunFinished) => void)[] = [];
const emit: Emit = (event, data) => {
  if (event === 'run/progress') progress.push(data as RunProgress);
  else {
    finished.push(data as RunFinished);
    waiting.splice(0).forEach((resolve) => resolve(data as RunFinished));
  }
};
const shared: Shared = {
  grants: new Map(),
  samples: { list: [], path: () => null },
  tempFolder: folder,
  pool: inlinePool(clock),
  memory: { bytes: 1e9 },
  now: clock,
  log: () => undefined,
};

/** Two lines that meet at x = 0, with a category that shifts them, a gap and a word where a number should be. */
function twoLines(): string {
  const stream = random(5);
  const lines = ['x (m),group,y (kg)'];
  for (let i = 0; i < 300; i++) {
    const x = 2 * stream.uniform() - 1;
    const group = i % 3 === 0 ? 'b' : 'a';
    const y = (x < 0 ? -2 * x : 3 * x) + (group === 'b' ? 0.5 : 0) + 0.1 * stream.normal();
    lines.push(`${i === 10 ? '' : x},${group},${i === 20 ? 'oops' : y}`);
  }
  return `${lines.join('\n')}\n`;
}

const opened = {} as { session: Session; tableId: string };
const design = {
  target: 'y (kg)',
  features: ['x (m)', 'group'],
  gateFeatures: null,
  types: {},
  preprocess: 'standardise' as const,
  output: 'auto' as const,
  intercept: true,
  split: { kind: 'fraction' as const, fraction: 0.2, seed: 1 },
};
const spec: FitSpec = {
  method: 'joint-em',
  experts: 2,
  activation: 'linear',
  seed: 1,
  restarts: 3,
  noise: null,
  polish: null,
  maxIterations: 500,
  tolerance: 1e-7,
  timeLimit: null,
  options: {},
};

async function run(runId: string, fit: FitSpec): Promise<RunFinished> {
  const ended = new Promise<RunFinished>((resolve) => waiting.push(resolve));
  expect(await opened.session.handlers['fit/start']({ runId, tableId: opened.tableId, design, fit })).toEqual({
    ok: true,
    value: {},
  });
  return ended;
}

beforeAll(async () => {
  const session = createSession(shared, emit);
  const path = join(folder, 'two lines.csv');
  writeFileSync(path, twoLines());
  shared.grants.set('file', { name: 'two lines.csv', path });
  const table = await session.handlers['data/open']({ source: { kind: 'grant', id: 'file' }, dialect: {} });
  if (!table.ok) throw new Error(table.error.message);
  expect(table.value.rows).toBe(300);
  Object.assign(opened, { session, tableId: table.value.tableId });
});
afterAll(() => {
  opened.session.close();
  rmSync(folder, { recursive: true, force: true });
});

test('preparing says what happens to the rows and what each method would do', async () => {
  const prepared = await opened.session.handlers['design/prepare']({ tableId: opened.tableId, design, fit: spec });
  if (!prepared.ok) throw new Error(prepared.error.message);
  const { flow, methods } = prepared.value;
  expect(flow).toMatchObject({ read: 300, dropped: 2, used: 298, train: 238, test: 60, columns: 2 });
  expect(flow.encoded.map(({ name }) => name)).toEqual(['x (m)', 'group=b']);
  expect(methods.find(({ id }) => id === 'joint-em')).toMatchObject({ refusal: null, fits: 3 });
});

test('with less memory than the rows take, the plan says so, the fit has the same digits, and its files go with the table', async () => {
  const { handlers } = opened.session;
  const inMemory = await run('in memory', spec);
  expect(await handlers['engine/limit']({ bytes: 45_000 })).toEqual({ ok: true, value: { bytes: 45_000 } });
  // Another design than before: what is kept in memory stays there.
  const asked = { tableId: opened.tableId, design: { ...design, types: { group: 'category' as const } }, fit: spec };
  const prepared = await handlers['design/prepare'](asked);
  if (!prepared.ok) throw new Error(prepared.error.message);
  expect(prepared.value.memory).toMatchObject({ onFile: true, allowed: 45_000 });
  expect(prepared.value.memory?.sentence).toContain('read from files');
  expect(prepared.value.methods.find(({ id }) => id === 'joint-em')?.passes).toBeGreaterThan(1);
  const rowFolders = () => readdirSync(folder).filter((name) => name.startsWith('rows-'));
  expect(rowFolders()).toHaveLength(1);
  const ended = new Promise<RunFinished>((resolve) => waiting.push(resolve));
  await handlers['fit/start']({ ...asked, runId: 'on file' });
  const onFile = await ended;
  if (inMemory.state !== 'done' || onFile.state !== 'done') throw new Error('a fit failed');
  expect(onFile.result.report.model.experts).toEqual(inMemory.result.report.model.experts);
  expect(onFile.result.notes.join(' ')).toContain('read from files');
  // 200 rows of each part are at hand.
  const result = { tableId: opened.tableId, design: asked.design, model: onFile.result.report.model, curves: [] };
  const refused = await handlers['result/export']({ ...result, format: 'predictions' });
  expect(refused).toMatchObject({ ok: false, error: { code: 'export/predictions-too-many' } });
  expect(refused.ok ? '' : refused.error.message).toMatch(/260 rows of 298 .*allow more memory/);
  expect(await handlers['result/export']({ ...result, format: 'model' })).toMatchObject({ ok: true });
  await handlers['engine/limit']({ bytes: 1e9 });
  for (const experts of ['a', 'b'])
    await handlers['design/preview']({
      ...asked,
      limit: 1,
      activation: 'linear',
      design: { ...design, split: { ...design.split, seed: experts.charCodeAt(0) } },
    });
  await new Promise((resolve) => setImmediate(resolve));
  expect(rowFolders()).toHaveLength(0);
});

test('a fit whose files of rows were removed says so, and makes them anew when it is run again', async () => {
  const { handlers } = opened.session;
  await handlers['engine/limit']({ bytes: 45_000 });
  const asked = { tableId: opened.tableId, design: { ...design, split: { ...design.split, seed: 77 } }, fit: spec };
  await handlers['design/prepare'](asked);
  for (const name of readdirSync(folder).filter((one) => one.startsWith('rows-')))
    rmSync(join(folder, name), { recursive: true });
  const ended = async (runId: string) => {
    const end = new Promise<RunFinished>((resolve) => waiting.push(resolve));
    await handlers['fit/start']({ ...asked, runId });
    return end;
  };
  const lost = await ended('without its rows');
  expect(lost).toMatchObject({ state: 'failed', error: { code: 'fit/rows-file' } });
  expect(lost.state === 'failed' && lost.error.message).toContain('run the fit again');
  expect((await ended('again')).state).toBe('done');
  await handlers['engine/limit']({ bytes: 1e9 });
});

test('a constant gate has fewer numbers to fit: proportions instead of a line for each expert but the last', async () => {
  const numbers = async (options: typeof spec.options) => {
    const fit = { ...spec, options };
    const prepared = await opened.session.handlers['design/prepare']({ tableId: opened.tableId, design, fit });
    if (!prepared.ok) throw new Error(prepared.error.message);
    return prepared.value.parameters;
  };
  expect((await numbers({})) - (await numbers({ gate: 'constant' }))).toBe(2 * (spec.experts - 1));
});

test('more experts than the moments allow is refused on the method, not on the table', async () => {
  const prepared = await opened.session.handlers['design/prepare']({
    tableId: opened.tableId,
    design,
    fit: { ...spec, experts: 5 },
  });
  if (!prepared.ok) throw new Error(prepared.error.message);
  const refusals = Object.fromEntries(prepared.value.methods.map(({ id, refusal }) => [id, refusal]));
  expect(refusals['spectral-em']).toMatch(/expert/);
  expect(refusals['joint-em']).toBeNull();
});

test('a model to start from is looked at for its own method and stands in the way of no other', async () => {
  const columns = ['x (m)', 'group=b'].map((name) => ({ name, center: 0 }));
  const expert = { intercept: 0, weights: [1, 0], sigma: 1 };
  const gate = { intercept: 0, weights: [0, 0] };
  const initial = {
    activation: 'linear' as const,
    columns,
    experts: [expert, expert],
    gates: [gate, gate],
    output: { offset: 0, scale: 1 },
  };
  const fit = { ...spec, method: 'joint-em', options: { start: 'given' }, initial };
  const prepared = await opened.session.handlers['design/prepare']({ tableId: opened.tableId, design, fit });
  if (!prepared.ok) throw new Error(prepared.error.message);
  const outlook = (id: string) => prepared.value.methods.find((method) => method.id === id);
  expect(outlook('joint-em')).toMatchObject({ refusal: null, fits: 1 });
  // One equation could not start from two experts.
  expect(outlook('ols')?.refusal).toBeNull();
});

test('a run reports its curves and ends with a result that stands on its own', async () => {
  const done = await run('r1', spec);
  if (done.state !== 'done') throw new Error(JSON.stringify(done));
  const { report, experts, points, command, partial } = done.result;
  expect(partial).toBe(false);
  expect(report.termination.code).toBe('converged');
  expect(report.metrics.test!.rmse).toBeLessThan(0.5 * report.metrics.baselines.ols.test!.rmse);
  expect(experts.map(({ letter }) => letter)).toEqual(['A', 'B']);
  expect(points.train.of).toBe(238);
  expect(command).toContain('--experts 2');
  const seen = progress.filter(({ runId }) => runId === 'r1');
  expect(seen.at(-1)!.starts.map(({ state }) => state)).toEqual(['ended', 'ended', 'ended']);
  const curves = seen.flatMap(({ curves }) => curves);
  expect(new Set(curves.map(({ start }) => start))).toEqual(new Set([0, 1, 2]));
});

test('rows, gate curve and exports of a kept result are computed again from its model', async () => {
  const done = finished.find(({ state }) => state === 'done');
  if (done?.state !== 'done') throw new Error('no result');
  const { model } = done.result.report;
  const ask = { tableId: opened.tableId, design, model };
  const page = await opened.session.handlers['result/page']({
    ...ask,
    which: 'test',
    offset: 0,
    limit: 1000,
    sort: { by: 'residual', descending: true },
  });
  if (!page.ok) throw new Error(page.error.message);
  expect(page.value.total).toBe(60);
  const residuals = page.value.rows.map(({ actual, prediction }) => actual - prediction);
  expect(residuals).toEqual([...residuals].sort((a, b) => b - a));
  const rmse = Math.sqrt(residuals.reduce((sum, r) => sum + r * r, 0) / residuals.length);
  expect(rmse).toBeCloseTo(done.result.report.metrics.test!.rmse, 12);
  page.value.rows.forEach(({ gates }) => expect(gates.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12));

  const along = await opened.session.handlers['result/gate-curve']({ ...ask, column: 'x (m)' });
  if (!along.ok) throw new Error(along.error.message);
  expect(along.value.gates).toHaveLength(2);
  along.value.x.forEach((_, i) => expect(along.value.gates[0][i] + along.value.gates[1][i]).toBeCloseTo(1, 12));
  expect(await opened.session.handlers['result/gate-curve']({ ...ask, column: 'nothing' })).toMatchObject({
    ok: false,
  });

  const files = await opened.session.handlers['result/export']({ ...ask, format: 'predictions', curves: [] });
  if (!files.ok) throw new Error(files.error.message);
  const text = new TextDecoder().decode(files.value.files[0].content as Uint8Array);
  expect(text.trim().split('\r\n')).toHaveLength(299);
});

test('a run that cannot start says why and leaves the session working', async () => {
  const failed = await run('r2', { ...spec, method: 'spectral-em', experts: 6 });
  expect(failed).toMatchObject({ state: 'failed', runId: 'r2' });
  expect(
    await opened.session.handlers['data/page']({ tableId: opened.tableId, offset: 0, limit: 2, sort: null }),
  ).toMatchObject({ ok: true });
});

test('files that the user did not choose, and tables that are closed, are refused', async () => {
  const { handlers } = opened.session;
  expect(await handlers['data/open']({ source: { kind: 'grant', id: '/etc/passwd' }, dialect: {} })).toMatchObject({
    ok: false,
    error: { code: 'data/no-grant' },
  });
  expect(await handlers['data/raw']({ tableId: 'none', lines: 5 })).toMatchObject({
    ok: false,
    error: { code: 'data/not-open' },
  });
});

test('a cancel before the fit has begun ends the run as cancelled', async () => {
  const ended = new Promise<RunFinished>((resolve) => waiting.push(resolve));
  await opened.session.handlers['fit/start']({ runId: 'r3', tableId: opened.tableId, design, fit: spec });
  await opened.session.handlers['fit/cancel']({ runId: 'r3' });
  expect(await ended).toMatchObject({ state: 'cancelled', runId: 'r3' });
});

test('a result is not shown over the rows of another file', async () => {
  const done = finished.find(({ state }) => state === 'done');
  if (done?.state !== 'done') throw new Error('no result');
  const { model } = done.result.report;
  const changed = { ...model, data: { ...model.data, sha256: 'of another file' } };
  const renamed = { ...model, columns: model.columns.map((column) => ({ ...column, name: `${column.name}2` })) };
  for (const other of [changed, renamed]) {
    const asked = await opened.session.handlers['result/gate-curve']({
      tableId: opened.tableId,
      design,
      model: other,
      column: 'x (m)',
    });
    expect(asked).toMatchObject({ ok: false, error: { code: 'result/other-table' } });
  }
});

test('closing a table lets the run that is reading it finish', async () => {
  const again = await opened.session.handlers['data/open']({ source: { kind: 'grant', id: 'file' }, dialect: {} });
  if (!again.ok) throw new Error(again.error.message);
  const other = again.value.tableId;
  const ended = new Promise<RunFinished>((resolve) => waiting.push(resolve));
  await opened.session.handlers['fit/start']({ runId: 'r4', tableId: other, design, fit: spec });
  await opened.session.handlers['data/close']({ tableId: other });
  expect(await ended).toMatchObject({ state: 'done', runId: 'r4' });
  expect(await opened.session.handlers['data/raw']({ tableId: other, lines: 1 })).toMatchObject({ ok: false });
});

test('a file that is still being read when its client leaves is given up, and leaves nothing behind', async () => {
  const leaving = createSession(shared, emit);
  const before = readdirSync(folder);
  const opening = leaving.handlers['data/open']({ source: { kind: 'grant', id: 'file' }, dialect: {} });
  leaving.close();
  expect(await opening).toMatchObject({ ok: false });
  expect(readdirSync(folder)).toEqual(before);
});

test('a run whose thread breaks ends as failed and says nothing afterwards', async () => {
  const broken = createSession(
    {
      ...shared,
      pool: { ...shared.pool, run: () => Promise.reject(new Error('the thread broke')) },
    },
    emit,
  );
  const table = await broken.handlers['data/open']({ source: { kind: 'grant', id: 'file' }, dialect: {} });
  if (!table.ok) throw new Error(table.error.message);
  const ended = new Promise<RunFinished>((resolve) => waiting.push(resolve));
  await broken.handlers['fit/start']({ runId: 'r5', tableId: table.value.tableId, design, fit: spec });
  expect(await ended).toMatchObject({ state: 'failed', runId: 'r5', error: { code: 'core/internal' } });
  const said = progress.length;
  await new Promise((resolve) => setTimeout(resolve, 250));
  expect(progress).toHaveLength(said);
  broken.close();
});
