/**
 * How many passes does incremental EM save?
 *   node scripts/run-ts.mjs test/bench/incremental.ts <table.csv> [more tables] [--experts 2,3] [--seeds 5] [--rows 50000]
 * Runs joint EM with `updates=pass` and with `updates=shard` from the same random starts, on the tables and on simulated rows, and
 * prints the iterations of each, the share of starts that ended in the same optimum, and the mean difference of their objectives.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildDesign, problemOf } from '../../core/data/design';
import { defaultFeatures } from '../../core/data/roles';
import { openTable } from '../../core/data/table';
import { simulatedProblem } from '../../core/experiments/lib/problems';
import { jointEm } from '../../core/fit/joint-em';
import { runStart } from '../../core/fit/run';
import { completeSettings } from '../../core/fit/settings';
import { linear } from '../../core/model/activations';
import type { Problem } from '../../core/model/problem';
import { quantileSorted } from '../../core/quantile';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    experts: { type: 'string', default: '2,3' },
    seeds: { type: 'string', default: '5' },
    rows: { type: 'string', default: '50000' },
  },
});
/** Ends this near to each other, in nats a row, are the same optimum. */
const SAME = 1e-4;
const hooks = { now: () => performance.now() / 1000, timeLimit: null, onEvent: () => undefined };
const median = (numbers: readonly number[]) => quantileSorted(Float64Array.from(numbers).sort(), 0.5);
const temp = mkdtempSync(join(tmpdir(), 'moe-lab-bench-'));

async function tableProblem(path: string, k: number): Promise<Problem> {
  const opened = await openTable(path, basename(path), {}, { tempFolder: temp });
  if (!opened.ok) throw new Error(opened.error.message);
  const { columns } = opened.value.info;
  const target = columns.find(({ suggestedRole }) => suggestedRole === 'target')!.name;
  const recipe = {
    target,
    features: defaultFeatures(columns, target),
    gateFeatures: null,
    types: {},
    preprocess: 'standardise',
    output: 'auto',
    intercept: true,
    split: { kind: 'fraction', fraction: 0.2, seed: 1 },
  } as const;
  const design = await buildDesign(opened.value, { ...recipe, features: [...recipe.features] }, 'linear');
  await opened.value.close();
  if (!design.ok) throw new Error(design.error.message);
  const how = { activation: linear, noise: { kind: 'per-expert' }, gateRidge: 0.01, pseudoRows: 0 } as const;
  const cancel = new Int32Array(new SharedArrayBuffer(4));
  return problemOf(design.value, { k, ...how, constantGate: false, initial: null, cancel });
}

function simulated(k: number): Problem {
  const setting = { rows: Number(values.rows), features: 10, experts: k, sigma: 1 } as const;
  const drawn = { ...setting, inputs: 'gaussian', gates: 'random', seed: 1 } as const;
  return simulatedProblem(drawn, { intercept: true, noise: { kind: 'per-expert' } }).problem;
}

function compare(name: string, problem: Problem): void {
  const [pass, shard] = ['pass', 'shard'].map((updates) => {
    const settings = completeSettings(jointEm, { restarts: Number(values.seeds), options: { updates } });
    if (!settings.ok) throw new Error(settings.error.message);
    return jointEm.starts(problem, settings.value).map((start) => {
      const ran = runStart(problem, jointEm, settings.value, start, 1, hooks);
      if (!ran.ok) throw new Error(ran.error.message);
      return ran.value;
    });
  });
  const rows = problem.train.n;
  const same = pass.filter((one, i) => Math.abs(one.objective - shard[i].objective) < SAME * rows).length;
  const better = pass.reduce((sum, one, i) => sum + (shard[i].objective - one.objective) / rows, 0) / pass.length;
  const of = (runs: typeof pass) =>
    `${median(runs.map(({ iterations }) => iterations))} iterations in ${median(runs.map(({ seconds }) => seconds)).toFixed(2)} s`;
  console.log(
    `${name}, k = ${problem.k}: ${of(pass)} by pass, ${of(shard)} by shard; ${same} of ${pass.length} starts in the same optimum, ${better.toExponential(1)} nats a row higher by shard on average`,
  );
}

try {
  for (const k of values.experts.split(',').map(Number)) {
    for (const path of positionals) compare(basename(path), await tableProblem(path, k));
    compare(`${values.rows} simulated rows of 10 features`, simulated(k));
  }
} finally {
  rmSync(temp, { recursive: true, force: true });
}
