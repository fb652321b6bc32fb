import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { memoryPlan, type MemoryLimit } from '../../../core/data/large/memory-plan';
import type { Table } from '../../../core/data/table';
import type { DesignRecipe } from '../../../core/data/types';
import { defaults } from '../../../core/fit/settings';
import { inlineRunner } from '../../../core/fit/task';
import { designWithin, prepareFit, runFit, type FinishedFit, type PreparedFit } from '../../../core/job';
import type { FitSpec } from '../../../core/protocol';
import { random } from '../../../core/random';
import type { Result } from '../../../core/result';
import { scratch } from '../../corpora/open-text';

const { folder, open } = scratch();

const N = 1000;

/** Numbers, a category with a rare level, dates of which some are none, weights, and cells without a value. */
function content(): string {
  const stream = random(7);
  const lines = ['a,b,c,p,day,kind,w,y'];
  for (let i = 0; i < N; i++) {
    const [a, b, c] = [stream.normal(), stream.normal(), stream.normal()];
    const kind = i % 50 === 0 ? 'rare' : ['red', 'green', 'blue'][i % 3];
    const first = stream.uniform() < 1 / (1 + Math.exp(-3 * a));
    const y = (first ? 2 * b - c : 5 - 3 * b + 2 * c) + (kind === 'red' ? 1 : 0) + 0.5 * stream.normal();
    const day = i % 300 === 7 ? 'soon' : `2024-0${1 + (i % 9)}-1${i % 10}`;
    lines.push([100 + 30 * a, i % 97 === 0 ? '' : 0.01 * b, c, Math.exp(b), day, kind, 1 + (i % 3), y].join(','));
  }
  return `${lines.join('\n')}\n`;
}

const recipe = (changes: Partial<DesignRecipe> = {}): DesignRecipe => ({
  target: 'y',
  features: ['a', 'b', 'c', 'p', 'day', 'kind'],
  gateFeatures: null,
  types: {},
  prepare: { p: { transform: 'log' }, b: { missing: 'indicator' } },
  preprocess: 'standardise',
  output: 'auto',
  intercept: true,
  split: { kind: 'fraction', fraction: 0.2, seed: 3 },
  ...changes,
});

const spec = (changes: Partial<FitSpec> = {}): FitSpec => ({
  method: 'joint-em',
  experts: 2,
  activation: 'linear',
  seed: 5,
  noise: null,
  timeLimit: null,
  ...defaults,
  restarts: 1,
  maxIterations: 15,
  options: {},
  ...changes,
});

const opened = {} as { table: Table };
const files = join(folder, 'files');
beforeAll(async () => {
  opened.table = await open(content());
  mkdirSync(files);
});

const limit = (changes: Partial<MemoryLimit> = {}): MemoryLimit => ({ bytes: 250_000, folder: files, ...changes });
const flag = () => new Int32Array(new SharedArrayBuffer(4));

/** The clock stands still, so that two runs can be compared whole. */
async function ended(prepared: PreparedFit): Promise<Result<FinishedFit>> {
  const hooks = { onStarts: () => undefined, onNews: () => undefined, onEnd: () => undefined };
  const finished = await runFit(
    prepared,
    inlineRunner(() => 0),
    hooks,
    () => 0,
  );
  prepared.remove?.();
  return finished;
}

async function fitted(
  within: MemoryLimit | null,
  data: Partial<DesignRecipe> = {},
  fit: Partial<FitSpec> = {},
): Promise<FinishedFit> {
  const source = within === null ? undefined : designWithin(within);
  const prepared = await prepareFit(opened.table, recipe(data), spec(fit), flag(), source);
  if (!prepared.ok) throw new Error(prepared.error.message);
  expect('file' in prepared.value.problem.train).toBe(within !== null);
  const finished = await ended(prepared.value);
  if (!finished.ok) throw new Error(finished.error.message);
  return finished.value;
}

const withoutNotes = ({ result: { notes: _, ...result } }: FinishedFit) => result;

const settings: [string, Partial<DesignRecipe>, Partial<FitSpec>][] = [
  ['joint-em', {}, {}],
  ['joint-em with weights', { weights: 'w' }, {}],
  ['joint-em on columns that are not scaled', { preprocess: 'none' }, {}],
  ['joint-em on columns scaled by quartiles, with weights', { preprocess: 'robust', weights: 'w' }, {}],
  ['joint-em on whitened columns', { preprocess: 'whiten' }, {}],
  ['joint-em with pseudo-rows and weights', { weights: 'w' }, { options: { pseudoRows: 20 } }],
  ['joint-em of a transformed target', { targetTransform: 'yeo-johnson' }, {}],
  ['joint-em without intercepts', { intercept: false }, {}],
  ['joint-em of tanh experts', {}, { activation: 'tanh' }],
  ['joint-em from k-means', {}, { options: { start: 'k-means' } }],
  ['joint-em from k-means with weights', { weights: 'w' }, { options: { start: 'k-means' } }],
  ['incremental EM with weights', { weights: 'w' }, { options: { updates: 'shard' } }],
  ['spectral-em', {}, { method: 'spectral-em' }],
  ['spectral-em with weights', { weights: 'w' }, { method: 'spectral-em' }],
  ['l4-llog on mini-batches', {}, { method: 'l4-llog', options: { mode: 'streaming', steps: 60 } }],
  [
    'l4-llog on mini-batches with weights',
    { weights: 'w' },
    { method: 'l4-llog', options: { mode: 'streaming', steps: 60 } },
  ],
  ['sgd-nll', {}, { method: 'sgd-nll', maxIterations: 3 }],
  ['the straight line', {}, { method: 'ols' }],
];

describe.each(settings)('%s', (_name, data, fit) => {
  test('has the same digits with rows in files as in memory, in the model and in all that is said of it', async () => {
    const memory = await fitted(null, data, fit);
    const onFile = await fitted(limit({ shown: N }), data, fit);
    expect(withoutNotes(onFile)).toEqual(withoutNotes(memory));
    expect(onFile.predictions()).toEqual(memory.predictions());
    expect(readdirSync(files)).toEqual([]);
  });
});

test('a matrix of four times the limit is fitted within it, to the same digits', async () => {
  const [n, d] = [3000, 40];
  const stream = random(9);
  const names = Array.from({ length: d }, (_, j) => `x${j}`);
  const lines = [[...names, 'y'].join()];
  for (let i = 0; i < n; i++) {
    const x = names.map(() => stream.normal());
    lines.push([...x, (x[0] > 0 ? 3 * x[1] : -2 * x[2]) + 0.3 * stream.normal()].map((v) => v.toFixed(4)).join());
  }
  const table = await open(`${lines.join('\n')}\n`);
  const data = recipe({ features: names, prepare: {} });
  const within = { bytes: 250_000, folder: files };
  const plan = memoryPlan(table.info, data, within.bytes)!;
  expect(plan.matrix).toBeGreaterThan(4 * within.bytes);
  expect(plan.needed).toBeLessThan(within.bytes);
  const fits = [designWithin(within), undefined].map(async (source) => {
    const prepared = await prepareFit(table, data, spec(), flag(), source);
    if (!prepared.ok) throw new Error(prepared.error.message);
    expect('file' in prepared.value.problem.train).toBe(source !== undefined);
    const finished = await ended(prepared.value);
    if (!finished.ok) throw new Error(finished.error.message);
    return finished.value.result;
  });
  const [onFile, memory] = await Promise.all(fits);
  expect(onFile.report.model).toEqual(memory.report.model);
  expect(onFile.report.metrics).toEqual(memory.report.metrics);
  expect(onFile.intervals).toEqual(memory.intervals);
});

test('many rows have intervals without being drawn again, to the same digits', async () => {
  const stream = random(10);
  const lines = ['a,w,y'];
  for (let i = 0; i < 7000; i++) lines.push([stream.normal(), 1 + (i % 2), stream.normal()].join());
  const table = await open(`${lines.join('\n')}\n`);
  const data = recipe({ features: ['a'], prepare: {}, weights: 'w', targetTransform: 'yeo-johnson' });
  const results = [];
  for (const source of [designWithin({ bytes: 600_000, folder: files }), undefined]) {
    const prepared = await prepareFit(table, data, spec({ maxIterations: 3 }), flag(), source);
    if (!prepared.ok) throw new Error(prepared.error.message);
    const finished = await ended(prepared.value);
    if (!finished.ok) throw new Error(finished.error.message);
    results.push([finished.value.result.intervals, finished.value.result.report.metrics]);
  }
  expect(results[0]).toEqual(results[1]);
});

test('a limit that files cannot keep is refused before anything is written', async () => {
  const refused = await prepareFit(opened.table, recipe(), spec(), flag(), designWithin(limit({ bytes: 20_000 })));
  expect(refused).toMatchObject({ ok: false, error: { code: 'design/memory' } });
  expect(refused.ok ? '' : refused.error.message).toMatch(/20 KB may be used: allow at least/);
  expect(readdirSync(files)).toEqual([]);
});

test('with a sample at hand, model, errors and intervals are of all rows, and the rest says of how many it is', async () => {
  const memory = await fitted(null);
  const onFile = await fitted(limit({ shown: 300 }));
  expect(onFile.result.report.model).toEqual(memory.result.report.model);
  expect(onFile.result.report.metrics).toEqual(memory.result.report.metrics);
  expect(onFile.result.intervals).toEqual(memory.result.intervals);
  // A chart of the rows at hand says of how many rows they are.
  expect(onFile.result.points.train.row.length).toBe(300);
  expect(onFile.result.points.train.of).toBe(memory.result.points.train.of);
  expect(onFile.result.notes.join(' ')).toMatch(/errors are of all 79\d training rows, while charts.*300 rows/);
});

test('what is in memory stays there below the limit, and needs no folder', async () => {
  const prepared = await prepareFit(
    opened.table,
    recipe(),
    spec(),
    flag(),
    designWithin(limit({ bytes: 1e9, folder: '/nowhere' })),
  );
  expect(prepared.ok && 'file' in prepared.value.problem.train).toBe(false);
  expect(prepared.ok ? prepared.value.remove : null).toBe(undefined);
});

describe('the files', () => {
  const attempt = async (use: (cancel: Int32Array) => void): Promise<Result<FinishedFit>> => {
    const cancel = flag();
    const prepared = await prepareFit(opened.table, recipe(), spec(), cancel, designWithin(limit()));
    if (!prepared.ok) throw new Error(prepared.error.message);
    use(cancel);
    const finished = await runFit(
      prepared.value,
      inlineRunner(() => 0),
      { onStarts: () => undefined, onNews: () => undefined, onEnd: () => undefined },
    );
    prepared.value.remove?.();
    return finished;
  };

  test('are gone after a fit that was cancelled', async () => {
    const finished = await attempt((cancel) => Atomics.store(cancel, 0, 1));
    expect(finished).toMatchObject({ ok: false, error: { code: 'fit/cancelled' } });
    expect(readdirSync(files)).toEqual([]);
  });

  test('that somebody removes while a fit runs end it with a sentence', async () => {
    const finished = await attempt(() => {
      rmSync(files, { recursive: true });
      mkdirSync(files);
    });
    expect(finished).toMatchObject({ ok: false, error: { code: 'fit/rows-file' } });
    expect(finished.ok ? '' : finished.error.message).toMatch(/cannot be read any more.*run the fit again/);
  });

  test('are gone after a design that was refused', async () => {
    const refused = await prepareFit(
      opened.table,
      recipe({ prepare: { c: { transform: 'log' } } }),
      spec(),
      flag(),
      designWithin(limit()),
    );
    expect(refused).toMatchObject({ ok: false, error: { code: 'design/transform-domain' } });
    expect(readdirSync(files)).toEqual([]);
  });

  test('that cannot be written are told with the room they need', async () => {
    const nowhere = limit({ folder: join(files, 'gone') });
    const refused = await prepareFit(opened.table, recipe(), spec(), flag(), designWithin(nowhere));
    expect(refused).toMatchObject({ ok: false, error: { code: 'design/no-room' } });
    expect(refused.ok ? '' : refused.error.message).toMatch(/KB of disk.*gone.*free some space/);
    expect(existsSync(nowhere.folder)).toBe(false);
  });
});
