/**
 * fit-split.js <json>: fits of a table whose held-out rows are given, ten starts a fit, the starts on threads. Prints what the
 * measurements of ../cases/flexmix.ts read.
 */
import { readFileSync } from 'node:fs';
import { startsOn } from '../../../core/fit/on-threads';
import { runStarts } from '../../../core/fit/run-starts';
import { completeSettings } from '../../../core/fit/settings';
import { jointEm } from '../../../core/fit/joint-em';
import { neverCancelled } from '../../../core/kernels/pass';
import { predict } from '../../../core/model/predict';
import { createPool } from '../../../core/threads/pool';
import { problemOf } from '../problems';
import type { SplitRows } from '../split-rows';

export interface FitSplitInput {
  /** Path of the rows, as JSON of `SplitRows`. */
  readonly rows: string;
  readonly k: number;
  readonly seeds: readonly number[];
  readonly restarts: number;
  readonly threads: number;
}

/** A fit each seed. */
export type FitSplitOutput = {
  readonly seconds: number;
  /** Of the training rows, nats, summed. */
  readonly logLikelihood: number;
  /** Predictions of all rows that are not numbers. */
  readonly nan: number;
}[];

const input = JSON.parse(process.argv[2]) as FitSplitInput;
const { d, train, test } = JSON.parse(readFileSync(input.rows, 'utf8')) as SplitRows;
const rows = ({ x, y }: SplitRows['train']) => {
  const shared = (values: readonly number[]) => {
    const array = new Float64Array(new SharedArrayBuffer(8 * values.length));
    array.set(values);
    return array;
  };
  return { n: y.length, x: shared(x), y: shared(y), weights: null };
};
const cancel = new Int32Array(new SharedArrayBuffer(4));
const problem = problemOf(rows(train), d, input.k, { test: rows(test), cancel });
const settings = completeSettings(jointEm, { restarts: input.restarts });
if (!settings.ok) throw new Error(settings.error.message);
const pool = createPool(new URL('./worker.js', import.meta.url).pathname, input.threads);
const silent = { onStarts: () => undefined, onNews: () => undefined, onEnd: () => undefined };
const output: FitSplitOutput = [];
for (const seed of input.seeds) {
  const begun = performance.now();
  const race = await runStarts(startsOn(pool), problem, jointEm, settings.value, seed, null, silent);
  const seconds = (performance.now() - begun) / 1000;
  if (!race.ok) throw new Error(race.error.message);
  const best = race.value.results[race.value.best];
  const predicted = [problem.train, problem.test].flatMap((part) =>
    part === null ? [] : [...predict(part, best.parameters, problem.activation, neverCancelled()).mean],
  );
  output.push({
    seconds,
    logLikelihood: best.logLikelihood * problem.train.n,
    nan: predicted.filter((value) => !Number.isFinite(value)).length,
  });
}
await pool.close();
console.log(JSON.stringify(output));
