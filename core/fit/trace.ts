import { neverCancelled } from '../kernels/pass';
import { summarise } from '../model/predict';
import type { Problem } from '../model/problem';
import { weightOf } from '../model/row-windows';
import type { FitEvent } from './method';

/** One point of a start's convergence curve, target in original units. Null where a stage has no such figure. */
export interface TracePoint {
  readonly iteration: number;
  /** Since the start began. */
  readonly seconds: number;
  readonly stage: string;
  /** Mean per row, nats, without the penalty. */
  readonly logLikelihood: number | null;
  /** Sum over rows, with the penalty. */
  readonly objective: number | null;
  readonly parameterChange: number | null;
  readonly trainRmse: number | null;
  /** Measured on a fixed schedule of iterations, and at the last. */
  readonly testRmse: number | null;
  /** Mean over the rows of KL(r_t ‖ r_{t+1}), nats: how far the responsibilities moved since the last iteration. */
  readonly kl: number | null;
}

export type Iteration = Extract<FitEvent, { type: 'iteration' }>;

/** How figures in fit coordinates become figures of the target in original units: y = offset + scale · y in fit coordinates. */
export interface Units {
  logLikelihood(perRow: number): number;
  objective(sum: number): number;
  rmse(value: number): number;
}

export function originalUnits({ output, train, k, d, pseudoRows, logSlopes }: Problem): Units {
  const scale = Math.abs(output.scale);
  const weight = weightOf(train, d);
  const gained = logSlopes ?? 0;
  return {
    logLikelihood: (perRow) => perRow - Math.log(scale) + gained / weight,
    objective: (sum) => sum - (weight + k * pseudoRows) * Math.log(scale) + gained,
    // The error of a transformed target is in no unit that could be compared: it is told once the fit is done.
    rmse: (value) => (logSlopes === undefined ? value * scale : Number.NaN),
  };
}

/**
 * Which points of a curve carry the held-out error: the first twenty, then ten an octave. A function of the iteration alone, so a
 * fit that is repeated has the same trace.
 */
export function isMeasured(iteration: number): boolean {
  const step = (t: number) => Math.floor(10 * Math.log2(t));
  return iteration <= 20 || step(iteration) !== step(iteration - 1);
}

export function tracePoint(
  problem: Problem,
  units: Units,
  event: Iteration,
  seconds: number,
  measured: boolean,
): TracePoint {
  const number = (value: number) => (Number.isFinite(value) ? value : null);
  return {
    iteration: event.iteration,
    seconds,
    stage: event.stage,
    logLikelihood: number(units.logLikelihood(event.logLikelihood)),
    objective: number(units.objective(event.objective)),
    parameterChange: number(event.parameterChange),
    trainRmse: number(units.rmse(event.trainRmse)),
    testRmse: measured ? number(units.rmse(testRmse(problem, event))) : null,
    kl: number(event.kl ?? Number.NaN),
  };
}

function testRmse({ test, activation }: Problem, { parameters }: Iteration): number {
  return test === null ? Number.NaN : summarise(test, parameters, activation, neverCancelled()).rmse;
}
