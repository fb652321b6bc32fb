/**
 * What the methods predict on real tables, through the whole path of the application (file, design, fit, exported model):
 *   node scripts/run-ts.mjs test/bench/real-data.ts <folder with concrete.csv, airfoil.csv, ugly/> [<folder with split_*.json>]
 * Prints held-out RMSE over ten random splits, the training log-likelihood over ten seeds on given splits, and the tables on which a
 * free sigma runs away.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Table } from '../../core/data/table';
import type { Split } from '../../core/data/types';
import { defaults } from '../../core/fit/settings';
import { inlineRunner } from '../../core/fit/task';
import { prepareFit, runFit, type FinishedFit } from '../../core/job';
import type { FitSpec } from '../../core/protocol';
import { openReal, usualRecipe } from './real-tables';

const SEEDS = Array.from({ length: 10 }, (_, i) => i + 1);
const [data, reference] = process.argv.slice(2);
if (!data) throw new Error('Name the folder that holds the tables.');
const temp = mkdtempSync(join(tmpdir(), 'moe-lab-bench-'));
const clock = () => Date.now() / 1000;

const open = (file: string): Promise<Table> => openReal(join(data, file), temp);

async function fit(table: Table, split: Split, given: Partial<FitSpec>): Promise<FinishedFit['result']> {
  const recipe = usualRecipe(table, split);
  const spec: FitSpec = {
    method: 'joint-em',
    experts: 3,
    activation: 'linear',
    seed: 1,
    noise: null,
    timeLimit: null,
    options: {},
    ...defaults,
    ...given,
  };
  const prepared = await prepareFit(table, recipe, spec, new Int32Array(new SharedArrayBuffer(4)));
  if (!prepared.ok) throw new Error(prepared.error.message);
  const quiet = { onStarts: () => undefined, onNews: () => undefined, onEnd: () => undefined };
  const finished = await runFit(prepared.value, inlineRunner(clock), quiet, clock);
  if (!finished.ok) throw new Error(finished.error.message);
  return finished.value.result;
}

const quantile = (values: readonly number[], p: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * p;
  return sorted[Math.floor(at)] + (at - Math.floor(at)) * (sorted[Math.ceil(at)] - sorted[Math.floor(at)]);
};
const spread = (values: readonly number[], digits = 3): string =>
  `${quantile(values, 0.5).toFixed(digits)} [${quantile(values, 0.25).toFixed(digits)}, ${quantile(values, 0.75).toFixed(digits)}]`;
const worstLogit = ({ report }: FinishedFit['result']): number =>
  Math.max(...report.model.gates.flatMap(({ intercept, weights }) => [intercept, ...weights].map(Math.abs)));

async function randomSplits(file: string): Promise<void> {
  const table = await open(file);
  for (const [label, given] of [
    ['joint-em, 10 restarts, per-expert noise', { noise: 'per-expert' }],
    ['spectral-em, no polish', { method: 'spectral-em', polish: false }],
    ['spectral-em, polished', { method: 'spectral-em' }],
  ] as const) {
    const results = [];
    for (const seed of SEEDS)
      results.push(await fit(table, { kind: 'fraction', fraction: 0.2, seed }, { ...given, seed }));
    const rmse = results.map(({ report }) => report.metrics.test!.rmse);
    const line = results.map(({ report }) => report.metrics.baselines.ols.test!.rmse);
    const codes = new Set(results.map(({ report }) => report.termination.code));
    console.log(
      `${file} k=3 ${label}: held-out RMSE ${spread(rmse)}, least squares ${spread(line)}; ended ${[...codes].join(', ')}`,
    );
  }
  await table.close();
}

async function givenSplit(file: string, splitFile: string): Promise<void> {
  const { test } = JSON.parse(readFileSync(splitFile, 'utf8')) as { test: number[] };
  const table = await open(file);
  const sums = [];
  const seconds = [];
  let logit = 0;
  for (const seed of SEEDS) {
    const result = await fit(table, { kind: 'rows', test }, { seed, noise: 'per-expert' });
    const { train } = result.report.metrics;
    sums.push(train.logLikelihood * train.rows);
    seconds.push(result.report.termination.seconds);
    logit = Math.max(logit, worstLogit(result));
  }
  console.log(
    `${file} k=3 joint-em on the reference split, 10 seeds: training log-likelihood ${spread(sums, 1)} (lowest ${Math.min(...sums).toFixed(1)}), largest gate number ${logit.toFixed(1)}, ${spread(seconds, 2)} s a fit on one thread`,
  );
  await table.close();
}

async function runaway(file: string): Promise<void> {
  const table = await open(file);
  for (const method of ['joint-em', 'spectral-em']) {
    const ratios = [];
    const ends = new Set<string>();
    for (const seed of SEEDS) {
      const { report } = await fit(table, { kind: 'fraction', fraction: 0.2, seed }, { method, seed });
      ratios.push(report.metrics.test!.rmse / report.metrics.baselines.ols.test!.rmse);
      ends.add(`${report.termination.code} (${report.model.noise})`);
    }
    console.log(
      `${file} k=3 ${method}, defaults: held-out RMSE over least squares ${spread(ratios)} (largest ${Math.max(...ratios).toFixed(3)}); ended ${[...ends].join(', ')}`,
    );
  }
  await table.close();
}

for (const file of ['concrete.csv', 'airfoil.csv']) await randomSplits(file);
for (const name of ['concrete', 'airfoil']) {
  const split = join(reference ?? '', `split_${name}.json`);
  if (reference && existsSync(split)) await givenSplit(`${name}.csv`, split);
}
for (const file of ['wine_red_semicolon_quoted.csv', 'forestfires_month_day_categorical.csv'])
  if (existsSync(join(data, 'ugly', file))) await runaway(join('ugly', file));
rmSync(temp, { recursive: true, force: true });
