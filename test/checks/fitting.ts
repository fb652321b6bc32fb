import type { Method, Settings } from '../../core/fit/method';
import type { RaceResult } from '../../core/fit/race';
import type { StartResult } from '../../core/fit/run';
import { runStarts, type StartsHooks } from '../../core/fit/run-starts';
import { completeSettings } from '../../core/fit/settings';
import { inlineRunner } from '../../core/fit/task';
import { neverCancelled } from '../../core/kernels/pass';
import { predict } from '../../core/model/predict';
import type { MemoryRows, ProblemInMemory } from '../../core/model/problem';
import type { Parameters } from '../../core/model/spec';
import type { Result } from '../../core/result';

const quiet = { onStarts: () => undefined, onNews: () => undefined, onEnd: () => undefined };

/** Mini-batches are drawn by row number: what is said of rows is checked on descents that look at all of them. */
const descent: Partial<Settings> = { restarts: 1, options: { batch: 1e6, steps: 1500 } };
const own: Readonly<Record<string, Partial<Settings>>> = { 'sgd-nll': descent, 'sgd-l2': descent };

export function settingsOf(method: Method, given: Partial<Settings> = {}): Settings {
  const settings = completeSettings(method, { restarts: 3, ...own[method.id], ...given });
  if (!settings.ok) throw new Error(settings.error.message);
  return settings.value;
}

/** Every start of a method, one after the other, news as they happen: each look at the clock finds a second gone. */
export function race(
  method: Method,
  problem: ProblemInMemory,
  settings: Settings,
  hooks: Partial<StartsHooks> = {},
): Promise<Result<RaceResult>> {
  let seconds = 0;
  const runner = inlineRunner(() => seconds++);
  return runStarts(runner, problem, method, settings, 5, null, { ...quiet, ...hooks });
}

export const attempt = (method: Method, problem: ProblemInMemory, given: Partial<Settings> = {}) =>
  race(method, { ...problem, cancel: new Int32Array(1) }, settingsOf(method, given));

export async function fit(
  method: Method,
  problem: ProblemInMemory,
  given: Partial<Settings> = {},
): Promise<StartResult> {
  const ended = await attempt(method, problem, given);
  if (!ended.ok) throw new Error(ended.error.message);
  return ended.value.results[ended.value.best];
}

export const predictions = (rows: MemoryRows, parameters: Parameters) =>
  predict(rows, parameters, { id: 'linear' }, neverCancelled()).mean;

/** Largest difference over the rows. */
export const distance = (a: Float64Array, b: Float64Array) =>
  a.reduce((most, value, r) => Math.max(most, Math.abs(value - b[r])), 0);

export const pick = (rows: MemoryRows, order: ArrayLike<number>): MemoryRows => {
  const d = rows.x.length / rows.n;
  const list = Array.from(order);
  return {
    n: list.length,
    x: Float64Array.from(list.flatMap((r) => [...rows.x.subarray(r * d, (r + 1) * d)])),
    y: Float64Array.from(list, (r) => rows.y[r]),
    weights: rows.weights && Float64Array.from(list, (r) => rows.weights?.[r] ?? 1),
  };
};

/** The problem with columns made by `value` from the first d ones. */
export function withColumns(
  problem: ProblemInMemory,
  d: number,
  value: (row: Float64Array, j: number) => number,
): ProblemInMemory {
  const { train } = problem;
  const x = Float64Array.from({ length: train.n * d }, (_, at) => {
    const r = Math.floor(at / d);
    return value(train.x.subarray(r * problem.d, (r + 1) * problem.d), at % d);
  });
  const ones = new Uint8Array(d).fill(1);
  const gateScale = new Float64Array(d).fill(1);
  return { ...problem, d, train: { ...train, x }, expertColumns: ones, gateColumns: ones, gateScale };
}
