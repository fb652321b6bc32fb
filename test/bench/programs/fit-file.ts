/** fit-file.js <json>: from a file to a described fit, with the time of each part, in a process of its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { openTable } from '../../../core/data/table';
import type { DesignRecipe } from '../../../core/data/types';
import { startsOn } from '../../../core/fit/on-threads';
import { prepareFit, runFit } from '../../../core/job';
import type { FitSpec } from '../../../core/protocol';
import type { Result } from '../../../core/result';
import { createPool } from '../../../core/threads/pool';
import { peakMegabytes } from '../resident';

export interface FitFileInput {
  readonly path: string;
  readonly target: string;
  /** Null: all other columns of numbers. */
  readonly features: readonly string[] | null;
  readonly prepare?: DesignRecipe['prepare'];
  readonly experts: number;
  readonly restarts: number;
  readonly maxIterations: number;
}

export interface FitFileOutput {
  readonly rows: number;
  readonly features: readonly string[];
  /** Numbers a row, once the features are encoded. */
  readonly d: number;
  readonly seconds: { readonly open: number; readonly prepare: number; readonly fit: number; readonly close: number };
  readonly iterations: number;
  readonly termination: string;
  /** Of the whole process, at the end of each part. */
  readonly peakMegabytes: { readonly open: number; readonly prepare: number; readonly fit: number };
}

const {
  path,
  target,
  features: asked,
  prepare = {},
  experts,
  restarts,
  maxIterations,
} = JSON.parse(process.argv[2]) as FitFileInput;

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

/** Measures what has passed since it was last asked. */
function stopwatch(): () => { seconds: number; peak: number } {
  let begun = performance.now();
  return () => {
    const now = performance.now();
    const seconds = (now - begun) / 1000;
    begun = now;
    return { seconds, peak: peakMegabytes() };
  };
}

const lap = stopwatch();
const folder = mkdtempSync(join(tmpdir(), 'moe-lab-bench-'));
const table = must(await openTable(path, basename(path), {}, { tempFolder: folder }));
const opened = lap();
const numbers = table.info.columns.filter(({ name, type }) => type === 'number' && name !== target);
const features = asked ?? numbers.map(({ name }) => name);
const recipe: DesignRecipe = {
  target,
  features: [...features],
  gateFeatures: null,
  types: {},
  prepare,
  preprocess: 'standardise',
  output: 'auto',
  intercept: true,
  split: { kind: 'fraction', fraction: 0.2, seed: 1 },
};
const spec: FitSpec = {
  method: 'joint-em',
  experts,
  activation: 'linear',
  seed: 1,
  restarts,
  noise: null,
  polish: null,
  maxIterations,
  tolerance: 1e-7,
  timeLimit: null,
  options: {},
};
const cancel = new Int32Array(new SharedArrayBuffer(4));
const prepared = must(await prepareFit(table, recipe, spec, cancel));
const ready = lap();
const pool = createPool(new URL('./worker.js', import.meta.url).pathname, availableParallelism());
const silent = { onStarts: () => undefined, onNews: () => undefined, onEnd: () => undefined };
const { report } = must(await runFit(prepared, startsOn(pool), silent)).result;
const fitted = lap();
await pool.close();
await table.close();
rmSync(folder, { recursive: true, force: true });
const output: FitFileOutput = {
  rows: table.info.rows,
  features,
  d: prepared.problem.d,
  seconds: { open: opened.seconds, prepare: ready.seconds, fit: fitted.seconds, close: lap().seconds },
  iterations: report.termination.iterations,
  termination: report.termination.code,
  peakMegabytes: { open: opened.peak, prepare: ready.peak, fit: fitted.peak },
};
console.log(JSON.stringify(output));
