import type { Method, Settings, Work } from '../fit/method';
import type { Problem } from '../model/problem';
import { BYTES } from '../model/row-file';
import { isInMemory } from '../model/row-windows';

/** Passes a start usually needs. */
const TYPICAL_ITERATIONS = 120;
/** Multiplications and additions a second of one thread in these kernels, measured by `npm run bench em-iteration`. */
const RATE = 1.6e9;
/**
 * Work of an expert's exponentials and logarithms in one row of one iteration, in multiplications: those of the expectation and
 * of the gate's own passes (Newton's step and its line search). From fits of 16,000 and 80,000 rows with few columns.
 */
const EXPONENTIALS = 240;
/** Multiplications a feature and expert in a row, of scores and sums: measured on fits of 8 and 30 columns. */
const SCORES = 5;
/** Seconds of a pass that do not depend on the number of rows: shards, factorisations, the gate's line search. */
const PASS_OVERHEAD = 0.0015;
/** Cost of an iteration of experts that are not linear over one of linear ones: two more passes for their Gauss-Newton steps. */
const GAUSS_NEWTON = 2.4;
/** Bytes a second in which rows in files are read where the system still holds what it read last: a disk may be ten times slower. */
const READING = 1.5e9;
/** Seconds to hand a start to a thread and take its result back. */
const OVERHEAD = 0.02;

export interface Estimate {
  readonly fits: number;
  /** Over the training rows, of each start. */
  readonly passes: number;
  readonly seconds: number;
}

/**
 * About how long a method will take here: the work of a pass (expert moments k d², gate curvature (k−1)² d², exponentials)
 * times the usual number of passes, spread over the threads. A guess to plan by, not a promise.
 */
export function estimate(problem: Problem, method: Method, settings: Settings, workers: number): Estimate {
  const fits = method.starts(problem, settings).length;
  const work = method.work?.(problem, settings);
  const one = OVERHEAD + (work ? secondsOf(problem, work) : secondsOfEm(problem, method, settings));
  const passes = work ? Math.max(1, Math.round(work.rows / problem.train.n)) : passesOf(problem, method, settings);
  const reading = isInMemory(problem.train) ? 0 : (passes * problem.train.n * (problem.d + 2) * BYTES) / READING;
  return { fits, passes, seconds: (one + reading) * Math.ceil(fits / Math.max(1, workers)) };
}

/** The usual number of EM's passes over the rows. */
function passesOf({ k, activation }: Problem, { experts }: Method, { maxIterations }: Settings): number {
  return (experts ?? k) === 1 && activation.id === 'linear' ? 2 : Math.min(TYPICAL_ITERATIONS, maxIterations);
}

/** A pass without a Newton step for the gate: scores, exponentials, sums of lines, and normal matrices where they are made. */
function secondsOf({ d, k }: Problem, { rows, moments }: Work): number {
  const perRow = k * (EXPONENTIALS + SCORES * d) + (moments ? k * d * d : 0);
  return (rows * perRow) / RATE;
}

function secondsOfEm(problem: Problem, method: Method, settings: Settings): number {
  const { d, train, activation } = problem;
  const k = method.experts ?? problem.k;
  const perRow = k * d * d + (k - 1) * (k - 1) * d * d + EXPONENTIALS * k;
  const passes = passesOf(problem, method, settings);
  const factor = activation.id === 'linear' ? 1 : GAUSS_NEWTON;
  return factor * passes * (PASS_OVERHEAD + (train.n * perRow) / RATE);
}
