/** fit-simulated.js <json>: one start of a method on drawn rows, in one thread, in a process of its own. */
import { methodById } from '../../../core/fit';
import { runStart } from '../../../core/fit/run';
import { completeSettings } from '../../../core/fit/settings';
import { megabytesNow, peakMegabytes } from '../memory';
import { simulatedProblem } from '../problems';

export interface FitSimulatedInput {
  readonly method: string;
  readonly n: number;
  readonly d: number;
  readonly k: number;
  readonly maxIterations?: number;
  readonly polish?: boolean;
  readonly options?: Readonly<Record<string, string | number | boolean>>;
}

export interface FitSimulatedOutput {
  readonly seconds: number;
  readonly iterations: number;
  /** Seconds from each reported point to the next. */
  readonly steps: readonly number[];
  /** Of the whole process, and of it before the fit: with the rows. */
  readonly peakMegabytes: number;
  readonly megabytesBefore: number;
  readonly termination: string;
}

const { method: id, n, d, k, ...asked } = JSON.parse(process.argv[2]) as FitSimulatedInput;
const method = methodById(id);
if (!method) throw new Error(`There is no method ${id}.`);
const settings = { rows: n, features: d, experts: k, sigma: 0.5, inputs: 'gaussian', gates: 'random' } as const;
const given = { intercept: true, noise: { kind: 'per-expert' } } as const;
const { problem } = simulatedProblem({ ...settings, seed: 1 }, given);
const complete = completeSettings(method, asked);
if (!complete.ok) throw new Error(complete.error.message);
const [start] = method.starts(problem, complete.value);
const megabytesBefore = megabytesNow();
const marks: number[] = [];
const now = () => performance.now() / 1000;
const begun = now();
const result = runStart(problem, method, complete.value, start, 1, {
  now,
  timeLimit: null,
  onEvent: (news) => {
    if (news.type === 'point') marks.push(now());
  },
});
const seconds = now() - begun;
if (!result.ok) throw new Error(result.error.message);
const output: FitSimulatedOutput = {
  seconds,
  iterations: result.value.iterations,
  steps: marks.slice(1).map((mark, i) => mark - marks[i]),
  peakMegabytes: peakMegabytes(),
  megabytesBefore,
  termination: result.value.termination,
};
console.log(JSON.stringify(output));
