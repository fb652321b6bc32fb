import { once } from 'node:events';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Table } from '../../../core/data/table';
import type { DesignRecipe } from '../../../core/data/types';
import { startsOn } from '../../../core/fit/on-threads';
import { defaults } from '../../../core/fit/settings';
import { inlineRunner, type StartRunner } from '../../../core/fit/task';
import { designWithin, prepareFit, runFit, type FinishedFit, type PreparedFit } from '../../../core/job';
import { type SharedRows, teamOn } from '../../../core/kernels/shared-pass';
import type { Rows } from '../../../core/model/problem';
import { secondMoments } from '../../../core/moments/second-moments';
import type { FitSpec } from '../../../core/protocol';
import { random } from '../../../core/random';
import { boardMemory, boardOn } from '../../../core/threads/board';
import { createPool } from '../../../core/threads/pool';
import { scratch } from '../../corpora/open-text';
import { builtWorker } from '../threads/built-worker';

const { folder, open } = scratch();
const worker = builtWorker();
const helper = builtWorker('test/core/kernels/helper.ts');
const pools = [1, 3].map((size) => createPool(worker, size));
afterAll(() => Promise.all(pools.map((pool) => pool.close())));

/** Rows and columns enough for passes to be shared: 24,000 rows to train on. */
const N = 30_000;
const FEATURES = Array.from({ length: 20 }, (_, j) => `x${j}`);

function content(): string {
  const stream = random(11);
  const lines = [[...FEATURES, 'w', 'y'].join()];
  for (let i = 0; i < N; i++) {
    const x = FEATURES.map(() => stream.normal());
    const y = (x[0] > 0 ? 2 * x[1] - x[2] : 5 - 3 * x[1] + x[3]) + 0.5 * stream.normal();
    lines.push([...x, 1 + (i % 3), y].map((value) => value.toFixed(4)).join());
  }
  return `${lines.join('\n')}\n`;
}

const recipe: DesignRecipe = {
  target: 'y',
  features: FEATURES,
  gateFeatures: null,
  types: {},
  prepare: {},
  preprocess: 'standardise',
  output: 'auto',
  intercept: true,
  weights: 'w',
  split: { kind: 'fraction', fraction: 0.2, seed: 3 },
};

const spec = (updates: string): FitSpec => ({
  method: 'joint-em',
  experts: 3,
  activation: 'linear',
  seed: 5,
  noise: null,
  timeLimit: null,
  ...defaults,
  restarts: 1,
  maxIterations: 3,
  options: { updates },
});

const opened = {} as { table: Table };
const files = join(folder, 'files');
beforeAll(async () => {
  opened.table = await open(content());
  mkdirSync(files);
});

/** All rows are shown, so that nothing of the result is of a sample. */
const inFiles = designWithin({ bytes: 3_000_000, folder: files, shown: N });

async function prepared(source: typeof inFiles | undefined, updates = 'pass'): Promise<PreparedFit> {
  const cancel = new Int32Array(new SharedArrayBuffer(4));
  const fit = await prepareFit(opened.table, recipe, spec(updates), cancel, source);
  if (!fit.ok) throw new Error(fit.error.message);
  expect('file' in fit.value.problem.train).toBe(source !== undefined);
  return fit.value;
}

/** The clock stands still, so that two runs can be compared whole. */
async function fitted(source: typeof inFiles | undefined, runner: StartRunner, updates: string) {
  const fit = await prepared(source, updates);
  const hooks = { onStarts: () => undefined, onNews: () => undefined, onEnd: () => undefined };
  const finished = await runFit(fit, runner, hooks, () => 0);
  fit.remove?.();
  if (!finished.ok) throw new Error(finished.error.message);
  return withoutNotes(finished.value);
}

const withoutNotes = ({ result: { notes: _, ...result } }: FinishedFit) => result;

test.each(['pass', 'shard'])(
  'a fit of rows in files with updates by %s has the same digits on one thread, on three that share its passes, and as in memory',
  async (updates) => {
    const memory = await fitted(
      undefined,
      inlineRunner(() => 0),
      updates,
    );
    for (const pool of pools) expect(await fitted(inFiles, startsOn(pool), updates)).toEqual(memory);
    expect(readdirSync(files)).toEqual([]);
  },
);

test('a thread that helps reads the file itself, and the sums are those of one thread to the last bit', async () => {
  const { problem, remove } = await prepared(inFiles);
  const { d, train, cancel } = problem;
  const memory = boardMemory();
  const parts: Rows[] = [];
  const rows = { ...train, team: teamOn(boardOn(memory), { d, parts, cancel }) };
  parts.push(rows);
  const asked = new Int32Array(new SharedArrayBuffer(4));
  const shared: SharedRows = { d, parts: [train], cancel };
  const thread = new Worker(helper, { workerData: { memory, shared, asked } });
  await once(thread, 'message');
  const alone = secondMoments(train, d, cancel);
  for (let pass = 0; pass < 30; pass++) expect(secondMoments(rows, d, cancel)).toEqual(alone);
  Atomics.store(asked, 0, 1);
  const [passes] = await once(thread, 'message');
  remove?.();
  expect(passes).toBeGreaterThan(0);
});
