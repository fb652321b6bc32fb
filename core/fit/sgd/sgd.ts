import { expectation } from '../../kernels/expectation';
import { objectiveOf } from '../../model/likelihood';
import { rezeroGates } from '../../model/order';
import type { Problem } from '../../model/problem';
import { pseudoWeight } from '../../model/pseudo-rows';
import { weightOf } from '../../model/row-windows';
import { copyParameters, type Parameters } from '../../model/spec';
import type { Random } from '../../random';
import { em, largestChange } from '../em/em';
import { endingOf } from '../em/ending';
import { frozen } from '../em/expert-step';
import { flatParameters } from './flat-parameters';
import { frozenGate } from '../em/gate-step';
import type { Fit, FitEvent, Outcome, Settings, TerminationCode, Work } from '../method';
import { miniBatches } from './mini-batches';
import { noiseStep } from '../em/noise-step';
import { cosineRate, type OptimiserId, optimiserOf } from './optimiser';
import type { Loss } from './sgd-losses';
import type { Begun } from '../starting-points/starting-point';
import { targetMoments } from '../target';
import { unitScale } from './unit-scale';

/** How a stochastic descent goes. */
export interface Descent {
  readonly stage: string;
  readonly loss: Loss;
  readonly optimiser: OptimiserId;
  /** Size of the first steps; the last are a hundredth. */
  readonly learningRate: number;
  /** Rows a step. */
  readonly batch: number;
  /** Steps in all. */
  readonly steps: number;
}

/** Share of the learning rate that is left at the last step. */
const LAST_RATE = 0.01;
/** Points of the curve at most, where a pass over the rows takes few steps. */
const MOST_REPORTS = 1000;
/** As for EM: gains are judged from this report on, and so many in a row must be small. */
const EARLIEST_END = 5;
const QUIET = 3;

/**
 * Stochastic gradient descent on all parameters at once, in unit scale. An iteration is a pass over the rows, or several where the steps
 * are more than fit a thousand points; it reports full-batch figures of the parameters the descent is at, which are also what it ends
 * with: the falling rate averages the noise of the steps out. Converged where the loss changes by less than the tolerance a row, three
 * iterations in a row; else the steps run out. A loss that does not know of sigma leaves it to be estimated beside: one step of EM's
 * an iteration, and at the end until it stands.
 */
export function* sgd(problem: Problem, begun: Begun, settings: Settings, descent: Descent, random: Random): Fit {
  const { loss, stage, steps, learningRate } = descent;
  const { problem: inner, inward, outward } = unitScale(problem);
  const shape = flatParameters(inner);
  const point = shape.pack(inward(begun.parameters));
  const optimiser = optimiserOf(descent.optimiser, shape.size);
  const batches = miniBatches(inner.train, problem.d, descent.batch, random);
  const rowWeight = weightOf(problem.train, problem.d) / problem.train.n;
  const reportSteps = reportEvery(problem, descent);
  // A sigma that is given is not to change by a digit.
  const ownSigmas = loss.ofDensity && problem.noise.kind !== 'fixed';
  let sigmas = begun.parameters.sigmas;
  let last: Report | null = null;
  let quiet = 0;
  for (let t = 0, done = 0; ; t++) {
    const reached = rezeroGates(outward(shape.unpack(point)));
    const report = reportOn(problem, ownSigmas ? reached : { ...reached, sigmas }, loss);
    const iteration = begun.firstIteration + t;
    if (!Number.isFinite(report.objective) || !Number.isFinite(report.loss))
      return ended(last ?? report, 'numerical-failure', stage, Math.max(0, iteration - 1));
    yield eventOf(report, last, stage, iteration);
    quiet = last !== null && Math.abs(last.loss - report.loss) < settings.tolerance ? quiet + 1 : 0;
    const isQuiet = t >= EARLIEST_END && quiet >= QUIET;
    const atLimit = done >= steps || iteration >= settings.maxIterations;
    const code = endOf(problem, report, loss, isQuiet, atLimit);
    if (code !== null) {
      const outcome = ended(report, code, stage, iteration);
      return loss.ofDensity || problem.noise.kind === 'fixed' ? outcome : yield* withNoise(problem, outcome, settings);
    }
    last = report;
    sigmas = report.nextSigmas;
    for (const end = Math.min(steps, done + reportSteps); done < end; done++) {
      const gradient = loss.gradient(inner, shape.unpack(point), batches.next(), rowWeight);
      const rate = cosineRate(learningRate, LAST_RATE * learningRate, done, steps);
      optimiser.step(point, shape.packGradient(gradient), rate);
    }
  }
}

/** Steps an iteration: a pass over the rows, or more where the curve would have too many points. */
const reportEvery = ({ train: { n } }: Problem, { batch, steps }: Pick<Descent, 'batch' | 'steps'>): number =>
  Math.max(Math.ceil(n / Math.min(batch, n)), Math.ceil(steps / MOST_REPORTS));

/** What a descent that does not converge before takes: the rows of its steps and of its reports. */
export function descentWork(
  problem: Problem,
  { maxIterations }: Settings,
  descent: Pick<Descent, 'batch' | 'steps'>,
): Work {
  const { n } = problem.train;
  const every = reportEvery(problem, descent);
  const reports = Math.min(maxIterations, Math.ceil(descent.steps / every));
  const steps = Math.min(descent.steps, reports * every);
  return { rows: steps * Math.min(descent.batch, n) + (reports + 1) * n, moments: false };
}

/** Figures of all training rows at some parameters. */
interface Report {
  readonly parameters: Parameters;
  readonly logLikelihood: number;
  readonly objective: number;
  readonly trainRmse: number;
  /** A row, in units that do not depend on the target's. */
  readonly loss: number;
  /** The sigmas one step of EM would take. */
  readonly nextSigmas: Float64Array;
  readonly sums: ReturnType<typeof expectation>;
}

function reportOn(problem: Problem, parameters: Parameters, { ofDensity }: Loss): Report {
  const { train, d, activation, cancel } = problem;
  const background = pseudoWeight(problem);
  const sums = expectation(train, d, { parameters, activation, moments: false, curvature: false, background }, cancel);
  const objective = objectiveOf(problem, parameters, sums);
  const next = copyParameters(parameters);
  noiseStep(problem, sums, sums.residuals, next);
  const { sd } = targetMoments(train, d);
  return {
    parameters,
    logLikelihood: sums.logLikelihood / sums.weight,
    objective,
    trainRmse: Math.sqrt(sums.squaredError / sums.weight),
    loss: ofDensity ? -objective / sums.weight : sums.squaredError / (2 * sums.weight * sd * sd),
    nextSigmas: next.sigmas,
    sums,
  };
}

const eventOf = (report: Report, last: Report | null, stage: string, iteration: number): FitEvent => ({
  type: 'iteration',
  stage,
  iteration,
  logLikelihood: report.logLikelihood,
  objective: report.objective,
  parameterChange: last ? largestChange(last.parameters, report.parameters) : Number.NaN,
  trainRmse: report.trainRmse,
  parameters: report.parameters,
});

/** A descent on the prediction may pass through a state in which an expert has no rows: it is judged where it stops. */
function endOf(
  problem: Problem,
  { parameters, sums }: Report,
  { ofDensity }: Loss,
  isQuiet: boolean,
  atLimit: boolean,
): TerminationCode | null {
  if (!ofDensity && !isQuiet && !atLimit) return null;
  return endingOf(problem, parameters, sums, isQuiet, atLimit);
}

const ended = (report: Report, termination: TerminationCode, stage: string, iterations: number): Outcome => ({
  parameters: report.parameters,
  termination,
  stage,
  iterations,
  logLikelihood: report.logLikelihood,
  objective: report.objective,
});

/** Iterations of the sigmas alone, which end long before. */
const NOISE_ITERATIONS = 200;

/** The sigmas under the noise model, experts and gate held. How the descent ended is how the fit did, unless this ends worse. */
function* withNoise(problem: Problem, outcome: Outcome, { tolerance }: Settings): Fit {
  yield { type: 'stage', stage: 'noise', label: 'Noise level estimated, experts and gate held' };
  const settled = yield* em(problem, outcome.parameters, {
    stage: 'noise',
    expertStep: frozen,
    gateStep: frozenGate,
    maxIterations: NOISE_ITERATIONS,
    tolerance,
    firstIteration: outcome.iterations + 1,
  });
  return settled.termination === 'converged' ? { ...settled, termination: outcome.termination } : settled;
}
