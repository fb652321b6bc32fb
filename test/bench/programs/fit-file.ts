/** fit-file.js <json>: from a file to a described fit, with the time of each part, in a process of its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { TABLE_SHARE } from '../../../core/data/large/memory-plan';
import { openTable } from '../../../core/data/table';
import type { DesignRecipe } from '../../../core/data/types';
import { startsOn } from '../../../core/fit/on-threads';
import type { StartNews } from '../../../core/fit/task';
import { afterwardsOn, prepareFit, runFit } from '../../../core/job';
import { designWithin } from '../../../core/job/checked-design';
import type { FitSpec } from '../../../core/protocol';
import type { Result } from '../../../core/result';
import { createPool } from '../../../core/threads/pool';
import type { FitFileInput, FitFileOutput, FitFilePart } from '../file-parts';
import { peakMegabytes } from '../memory';

const {
  path,
  target,
  features: asked,
  types = {},
  prepare = {},
  experts,
  restarts,
  maxIterations,
  memory,
} = JSON.parse(process.argv[2]) as FitFileInput;

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

const seconds: Partial<Record<FitFilePart, number>> = {};
const peaks: Partial<Record<FitFilePart, number>> = {};

/** Ends a part, or one more piece of it, and begins the next. */
function stopwatch(): (part: FitFilePart) => void {
  let begun = performance.now();
  return (part) => {
    const now = performance.now();
    seconds[part] = (seconds[part] ?? 0) + (now - begun) / 1000;
    peaks[part] = peakMegabytes();
    begun = now;
  };
}

const ended = stopwatch();
const folder = mkdtempSync(join(tmpdir(), 'moe-lab-bench-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const share = memory === null ? {} : { memory: TABLE_SHARE * memory };
const table = must(await openTable(path, basename(path), {}, { tempFolder: folder, ...share }));
ended('open');
const numbers = table.info.columns.filter(({ name, type }) => type === 'number' && name !== target);
const features = asked ?? numbers.map(({ name }) => name);
const recipe: DesignRecipe = {
  target,
  features: [...features],
  gateFeatures: null,
  types,
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
const source = memory === null ? undefined : designWithin({ bytes: memory, folder });
const prepared = must(await prepareFit(table, recipe, spec, cancel, source));
ended('prepare');
const pool = createPool(new URL('./worker.js', import.meta.url).pathname, availableParallelism());
const clock = () => Date.now() / 1000;
const marks: number[] = [];
const hooks = {
  onStarts: () => undefined,
  onNews: (start: number, { points }: StartNews) => {
    if (start === 0) marks.push(...points.map((point) => point.seconds));
  },
  onEnd: () => ended('fit'),
};
const { report } = must(await runFit(prepared, startsOn(pool), hooks, clock, afterwardsOn(pool, cancel))).result;
ended('describe');
prepared.remove?.();
await pool.close();
await table.close();
ended('close');
const output: FitFileOutput = {
  rows: table.info.rows,
  features,
  d: prepared.problem.d,
  seconds: seconds as FitFileOutput['seconds'],
  peakMegabytes: peaks as FitFileOutput['peakMegabytes'],
  steps: marks.slice(1).map((mark, i) => mark - marks[i]),
  iterations: report.termination.iterations,
  termination: report.termination.code,
};
console.log(JSON.stringify(output));
