import type { Method, Settings, Work } from '../fit/method';
import type { Problem } from '../model/problem';
import { BYTES } from '../model/row-file';
import { isInMemory } from '../model/row-windows';

/** Iterations of EM from a random start, on average over starts and tables (two to four experts, simulated and real rows: 40 to 1,000). */
const TYPICAL_ITERATIONS = 200;
/** Passes of an iteration: expectation with the sums of every expert and of the gate's curvature, and the price of the gate's step. */
const PASSES = 2;
/** Multiplications and additions a second of one thread where a method counts its own work, in the units of the next two. */
const RATE = 1.6e9;
/**
 * Work of an expert's exponentials and logarithms in one row of one iteration, in multiplications: those of the expectation and
 * of the gate's own passes (Newton's step and its line search). From fits of 16,000 and 80,000 rows with few columns.
 */
const EXPONENTIALS = 240;
/** Multiplications a feature and expert in a row, of scores and sums: measured on fits of 8 and 30 columns. */
const SCORES = 5;
/**
 * An iteration of EM of one thread: multiplications a second of its sums, seconds a row of what does not grow with them (exponentials,
 * transposing), and seconds whatever the rows. From iterations of 300 to 50,000 rows, 2 to 80 columns and 2 to 8 experts, within a
 * third of each.
 */
const EM = { rate: 7e9, row: 1.2e-7, iteration: 1e-4 };
/** Cost of an iteration of experts that are not linear over one of linear ones: two more passes for their Gauss-Newton steps. */
const GAUSS_NEWTON = 2.4;
const GAUSS_NEWTON_PASSES = 2;
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

/** The usual number of EM's iterations; a straight line needs one. */
function iterationsOf({ k, activation }: Problem, { experts }: Method, { maxIterations }: Settings): number {
  return (experts ?? k) === 1 && activation.id === 'linear' ? 1 : Math.min(TYPICAL_ITERATIONS, maxIterations);
}

/** The usual number of EM's passes over the rows. */
function passesOf(problem: Problem, method: Method, settings: Settings): number {
  const each = PASSES + (problem.activation.id === 'linear' ? 0 : GAUSS_NEWTON_PASSES);
  return each * iterationsOf(problem, method, settings);
}

/** A pass without a Newton step for the gate: scores, exponentials, sums of lines, and normal matrices where they are made. */
function secondsOf({ d, k }: Problem, { rows, moments }: Work): number {
  const perRow = k * (EXPONENTIALS + SCORES * d) + (moments ? k * d * d : 0);
  return (rows * perRow) / RATE;
}

/** Sums of an iteration: normal matrices of the experts and of the gate, by symmetry half of each, and three lines of scores. */
function secondsOfEm(problem: Problem, method: Method, settings: Settings): number {
  const { d, train, activation } = problem;
  const k = method.experts ?? problem.k;
  const p = d + 1;
  const multiplications = ((k + (k * (k - 1)) / 2) * p * (p + 1)) / 2 + 3 * k * p;
  const factor = activation.id === 'linear' ? 1 : GAUSS_NEWTON;
  const iteration = EM.iteration + train.n * (EM.row + multiplications / EM.rate);
  return factor * iterationsOf(problem, method, settings) * iteration;
}
