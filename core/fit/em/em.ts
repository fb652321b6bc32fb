import { expectation, type Expectation } from '../../kernels/expectation';
import { objectiveOf } from '../../model/likelihood';
import { rezeroGates } from '../../model/order';
import type { Problem } from '../../model/problem';
import { pseudoWeight } from '../../model/pseudo-rows';
import { copyParameters, type Parameters } from '../../model/spec';
import { endingOf } from './ending';
import type { ExpertStep } from './expert-step';
import { type GateStep, newtonGate } from './gate-step';
import type { Fit, Outcome } from '../method';
import { noiseStep } from './noise-step';

export interface EmOptions {
  /** Name of the stage in events and outcome. */
  readonly stage: string;
  readonly expertStep: ExpertStep;
  /** M-steps at most; 0 only evaluates the start. */
  readonly maxIterations: number;
  /** See `Settings.tolerance`. */
  readonly tolerance: number;
  /** Number of the first event: iterations count over all stages of a start. */
  readonly firstIteration?: number;
  /** One Newton step where nothing is said: it suffices; the convergence rate of exact EM needs more. */
  readonly gateStep?: GateStep;
}

/** A gain is judged from this M-step on: the first ones leave a symmetric start slowly. */
const EARLIEST_END = 5;
/** Gains below the tolerance in a row. */
const QUIET = 3;

/**
 * EM for a mixture of experts (Jordan & Jacobs 1994) on the objective Σ log-likelihood, pseudo-rows included, − gate ridge. Each
 * iteration evaluates the parameters it arrived at, reports them, and makes the next: gate by `gateStep`, experts by `expertStep`, sigmas
 * by the noise model. The objective never falls, and each gain of it is that of Q plus the divergence Σ w KL(r_t ‖ r_{t+1}) of the
 * responsibilities (Mirror, the mirror-descent form of EM): `kl` is what the M-step's own account leaves. The outcome holds the parameters of the last event.
 */
export function* em(problem: Problem, start: Parameters, options: EmOptions): Fit {
  const { stage, expertStep, maxIterations, tolerance, firstIteration = 0, gateStep = newtonGate(1) } = options;
  const { train, d, cancel, activation } = problem;
  const background = pseudoWeight(problem);
  const request = { activation, moments: expertStep.moments, background };
  const readsCurvature = gateStep.curvature(problem);
  const keeps = gateStep.keeps?.(problem) ?? 1;
  let curvature: Float64Array = new Float64Array(0);
  let parameters = rezeroGates(start);
  let quiet = 0;
  let note: string | null = null;
  let outcome: Outcome | null = null;
  let gainOfQ = 0;
  for (let t = 0; ; t++) {
    // Where no M-step follows there is nothing to take a curvature for.
    const isFresh = readsCurvature && t % keeps === 0 && t < maxIterations;
    const found = expectation(train, d, { ...request, curvature: isFresh, parameters }, cancel);
    if (isFresh) curvature = found.curvature;
    const sums = { ...found, curvature };
    const objective = objectiveOf(problem, parameters, sums);
    if (!Number.isFinite(objective)) return failed(outcome ?? nothing(parameters, options));
    const iteration = firstIteration + t;
    const logLikelihood = sums.logLikelihood / sums.weight;
    yield {
      type: 'iteration',
      stage,
      iteration,
      logLikelihood,
      objective,
      parameterChange: outcome ? largestChange(outcome.parameters, parameters) : Number.NaN,
      trainRmse: Math.sqrt(sums.squaredError / sums.weight),
      kl: outcome ? Math.max(0, objective - outcome.objective - gainOfQ) / sums.weight : Number.NaN,
      parameters,
    };
    quiet = outcome && objective - outcome.objective < tolerance * sums.weight ? quiet + 1 : 0;
    // Rounding cannot do this: the step went wrong, and what it came from is better.
    if (outcome && outcome.objective - objective > 1e-6 * Math.max(sums.weight, Math.abs(objective)))
      return { ...outcome, termination: 'diverged' };
    const isQuiet = t >= EARLIEST_END && quiet >= QUIET;
    const ended = endingOf(problem, parameters, sums, isQuiet, t >= maxIterations);
    outcome = { parameters, termination: ended ?? 'cancelled', stage, iterations: iteration, logLikelihood, objective };
    if (ended) return outcome;
    const step = maximisation(problem, sums, parameters, expertStep, gateStep);
    parameters = step.parameters;
    gainOfQ = step.gain;
    if (step.note !== null && note === null) yield { type: 'note', sentence: (note = step.note) };
  }
}

/** One M-step from the E-step at `current`; `gain` is how much Q, with the pseudo-rows and the gate ridge, rose. */
export function maximisation(
  problem: Problem,
  sums: Expectation,
  current: Parameters,
  expertStep: ExpertStep,
  gateStep: GateStep,
): { parameters: Parameters; gain: number; note: string | null } {
  const parameters = copyParameters(current);
  const residuals = new Float64Array(current.k);
  const note = expertStep.update(problem, sums, current, parameters, residuals);
  noiseStep(problem, sums, residuals, parameters);
  const gain =
    gateStep.update(problem, sums, current, parameters) + expertGain(problem, sums, current, parameters, residuals);
  return { parameters, gain, note };
}

/** What the experts' part of Q, Σ w Σ_i s_i log N(y; μ_i, σ_i²), rose by a move of experts and sigmas. */
function expertGain(
  { d, pseudoRows }: Problem,
  sums: Expectation,
  { sigmas: before }: Parameters,
  { sigmas: after }: Parameters,
  residuals: Float64Array,
): number {
  return before.reduce((gain, sigma, i) => {
    const rows = sums.responsibilities[i * (d + 1)] + pseudoRows;
    const [old, now] = [sums.residuals[i] / sigma ** 2, residuals[i] / after[i] ** 2];
    return gain + (old - now) / 2 - rows * Math.log(after[i] / sigma);
  }, 0);
}

/** The last sound parameters, when the next ones have no likelihood. */
const failed = (last: Outcome): Outcome => ({ ...last, termination: 'numerical-failure' });

const nothing = (parameters: Parameters, { stage, firstIteration = 0 }: EmOptions): Outcome => ({
  parameters,
  termination: 'numerical-failure',
  stage,
  iterations: firstIteration,
  logLikelihood: Number.NaN,
  objective: Number.NaN,
});

/** Largest absolute change of a number, the parameters taken as they stand. */
export function largestChange(a: Parameters, b: Parameters): number {
  let largest = 0;
  for (const part of ['expertWeights', 'expertIntercepts', 'sigmas', 'gateWeights', 'gateIntercepts'] as const)
    for (let j = 0; j < a[part].length; j++) largest = Math.max(largest, Math.abs(a[part][j] - b[part][j]));
  return largest;
}
