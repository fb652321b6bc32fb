/**
 * How long the engine's main thread keeps everybody waiting, step by step, on a table of this size:
 *   node scripts/run-ts.mjs test/bench/core-pauses.ts [rows] [columns]
 * The built core is asked for a sign of life every 10 ms, over the channel its host uses; a pause is the longest wait for one. Its host
 * gives up on it after two seconds of that, so every pause must stay far below.
 */
import { createWriteStream, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FitSpec } from '../../core/protocol';
import { random } from '../../core/random';
import type { SavedWork } from '../../core/store/work';
import { startCore } from './core-client';

const rows = Number(process.argv[2] ?? 500_000);
const columns = Number(process.argv[3] ?? 21);
const CATEGORY = 'group';

/** Numbers on which two lines meet, and one column of ten categories. */
async function writeTable(path: string): Promise<void> {
  const stream = random(1);
  const file = createWriteStream(path);
  const features = Array.from({ length: columns - 2 }, (_, j) => `x${j + 1}`);
  file.write(`${[...features, CATEGORY, 'y'].join(',')}\n`);
  for (let i = 0; i < rows; i += 1000) {
    let text = '';
    for (let r = 0; r < 1000; r++) {
      const x = features.map(() => 10 * stream.normal());
      const y = (x[0] < 0 ? 2 * x[1] + x[2] : -x[1] + 3 * x[2]) + stream.normal();
      text += `${x.map((value) => value.toFixed(7)).join(',')},g${(i + r) % 10},${y.toFixed(7)}\n`;
    }
    if (!file.write(text)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
}

const folder = mkdtempSync(join(tmpdir(), 'moe-lab-bench-'));
const path = join(folder, 'large.csv');
await writeTable(path);
console.log(
  `${rows} x ${columns}, ${(statSync(path).size / 1e6).toFixed(0)} MB, load ${loadavg()[0].toFixed(1)}, Node ${process.version}`,
);

const core = await startCore();
core.grant('file', 'large.csv', path);

async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  const begun = performance.now();
  const { value, pause } = await core.watched(async () => {
    const done = await work();
    return { done, seconds: (performance.now() - begun) / 1000 };
  });
  console.log(
    `${name.padEnd(28)} ${value.seconds.toFixed(1).padStart(6)} s   longest pause ${pause.toFixed(0).padStart(5)} ms`,
  );
  return value.done;
}

const { ask } = core;
const table = await step('open', () => ask('data/open', { source: { kind: 'grant', id: 'file' }, dialect: {} }));
const { tableId } = table;
const names = table.columns.map(({ name }) => name);
await step('page', () => ask('data/page', { tableId, offset: rows - 200, limit: 200, sort: null }));
await step('sorted page', () =>
  ask('data/page', { tableId, offset: 0, limit: 200, sort: { column: 'x1', descending: true } }),
);
const numbers = names.filter((name) => name !== CATEGORY);
await step('points', () => ask('data/points', { tableId, columns: ['x1', 'y'], by: CATEGORY, limit: 5000 }));
await step('correlations', () => ask('data/correlations', { tableId, columns: numbers, kind: 'pearson' }));
await step('rank correlations', () => ask('data/correlations', { tableId, columns: numbers, kind: 'spearman' }));
const design = {
  target: 'y',
  features: names.filter((name) => name !== 'y'),
  gateFeatures: null,
  types: {},
  preprocess: 'standardise' as const,
  output: 'auto' as const,
  intercept: true,
  split: { kind: 'fraction' as const, fraction: 0.2, seed: 1 },
};
const fit: FitSpec = {
  method: 'joint-em',
  experts: 3,
  activation: 'linear',
  seed: 1,
  restarts: 2,
  noise: null,
  polish: null,
  maxIterations: 6,
  tolerance: 1e-7,
  timeLimit: null,
  options: {},
};
await step('prepare', () => ask('design/prepare', { tableId, design, fit }));
await step('prepare again', () => ask('design/prepare', { tableId, design, fit: { ...fit, experts: 2 } }));
await step('prepare with text features', () =>
  ask('design/prepare', { tableId, design: { ...design, types: { x1: 'number' }, features: ['x1', CATEGORY] }, fit }),
);
const finished = await step('fit and describe', async () => {
  const ended = core.next('run/finished');
  await ask('fit/start', { runId: 'a', tableId, design, fit });
  return ended;
});
if (finished.state !== 'done') throw new Error(`the fit ended ${finished.state}`);
const { model } = finished.result.report;
await step('cancel and describe', async () => {
  const ended = core.next('run/finished');
  await ask('fit/start', { runId: 'b', tableId, design, fit: { ...fit, maxIterations: 10_000, tolerance: 1e-30 } });
  await new Promise((resolve) => setTimeout(resolve, 4000 + rows / 100));
  await ask('fit/cancel', { runId: 'b' });
  return ended;
});
const result = { tableId, design, model };
const page = { ...result, which: 'all' as const, offset: 100, limit: 100 };
await step('result page', () => ask('result/page', { ...page, sort: null }));
await step('result sorted by residual', () =>
  ask('result/page', { ...page, sort: { by: 'residual', descending: true } }),
);
await step('result sorted by certainty', () =>
  ask('result/page', { ...page, which: 'train', sort: { by: 'certainty', descending: false } }),
);
await step('gate curve', () => ask('result/gate-curve', { ...result, column: 'x1' }));
const { formats } = await ask('export/formats', {});
for (const { id: format } of formats)
  await step(`export ${format}`, () => ask('result/export', { ...result, format, curves: [] }));
const work: SavedWork = {
  data: {
    roles: names.map((name) => [name, name === 'y' ? 'target' : 'feature']),
    types: [],
    preparation: { preprocess: 'standardise', output: 'auto', intercept: true, testFraction: 0.2 },
    seed: 1,
  },
  model: {
    settings: {
      ...{ experts: 2, activation: 'linear', restarts: 2, noise: null, polish: null },
      ...{ maxIterations: 6, tolerance: 1e-7, timeLimit: null },
    },
    seedLocked: true,
    methods: null,
    options: [],
    startFrom: null,
  },
  runs: [],
  selectedRun: null,
  shownResult: null,
  experiments: [],
};
const { bytes } = await step('pack a project', () => ask('project/pack', { tableId, work }));
writeFileSync(join(folder, 'large.moe'), bytes);
core.grant('project', 'large.moe', join(folder, 'large.moe'));
const again = await step(`open the project (${(bytes.length / 1e6).toFixed(0)} MB)`, () =>
  ask('data/open', { source: { kind: 'grant', id: 'project' }, dialect: {} }),
);
await step('close the project', () => ask('data/close', { tableId: again.tableId }));
await step('close', () => ask('data/close', { tableId }));
await core.close();
rmSync(folder, { recursive: true, force: true });
process.exit(0);
