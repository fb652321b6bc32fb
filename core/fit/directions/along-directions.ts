import { activationWords } from '../../model/activations';
import type { Problem } from '../../model/problem';
import { emptyParameters, type Parameters } from '../../model/spec';
import { type Candidate, type Directions, guessesNoise, NOISE_SHARE } from './direction-candidates';
import type { Base } from './direction-options';
import { em, type EmOptions } from '../em/em';
import { frozen, leastSquares } from '../em/expert-step';
import type { Check, Fit, FitEvent, Outcome, Settings, TerminationCode } from '../method';
import { cautiousSigma } from './nearest-expert';
import { targetMoments } from '../target';

/** Iterations of the gate before a polish, which goes on from there: enough to settle, not to the last digit. */
const BEFORE_POLISH = 50;

const sound = (code: TerminationCode) => code === 'converged' || code === 'iteration-limit';

interface Fitted<F extends Directions> {
  readonly candidate: Candidate<F>;
  readonly outcome: Outcome;
}

/** Whether the experts keep unit norm, as published, and how far the fit may go. */
export interface GatingOptions extends Pick<EmOptions, 'maxIterations' | 'tolerance' | 'firstIteration'> {
  readonly published: boolean;
}

/** How a method finds the gate between its directions, and what it says about them. */
export interface AlongOptions<F extends Directions> {
  /** Noise of the problem is what is to be estimated here. */
  gate(problem: Problem, candidate: Candidate<F>, options: GatingOptions): Fit;
  report(found: F): { readonly notes: readonly string[]; readonly checks: readonly Check[] };
}

/**
 * From directions to a fit, the same for every method that finds directions first: the gate between the experts of each candidate, the
 * candidate of the higher likelihood, and from there joint EM where a polish is asked for. With intercepts and polish off the experts
 * keep unit norm, as published.
 */
export function* fitAlong<F extends Directions>(
  problem: Problem,
  settings: Settings,
  candidates: readonly Candidate<F>[],
  { gate, report }: AlongOptions<F>,
): Fit {
  const { polish, maxIterations, tolerance } = settings;
  const published = isPublished(problem, settings);
  if (candidates.length === 0) return yield* notIdentified(problem);

  const fits: Fitted<F>[] = [];
  for (const candidate of candidates) {
    const first = (fits.at(-1)?.outcome.iterations ?? -1) + 1;
    const left = maxIterations - first;
    const stage = published ? 'gate' : 'calibrate';
    yield { type: 'stage', stage, label: labels[candidate.base] };
    // Sigma is estimated here even where it is given: see cautiousSigma.
    const kind = problem.noise.kind === 'per-expert' && !polish ? 'per-expert' : 'shared';
    const outcome: Outcome = yield* gate({ ...problem, noise: { kind } }, candidate, {
      published,
      maxIterations: polish ? Math.min(BEFORE_POLISH, left) : left,
      tolerance,
      firstIteration: first,
    });
    fits.push({ candidate, outcome });
    if (outcome.iterations >= maxIterations) break;
  }
  const best = fits.reduce((a, b) => (isBetter(b.outcome, a.outcome) ? b : a));
  const { notes, checks } = report(best.candidate.found);
  for (const sentence of notes) yield { type: 'note', sentence };
  for (const check of checks) yield { type: 'check', check };

  const last = fits[fits.length - 1].outcome;
  if (last.iterations >= maxIterations) return last;
  return yield* polish ? finish(problem, settings, best, last) : settle(problem, best.outcome, last);
}

const labels: Record<Base, string> = {
  none: 'Directions found',
  'least-squares': 'Directions of the least-squares residual found',
};

const isPublished = ({ intercept }: Problem, { polish }: Settings): boolean => !intercept && !polish;

/** What the user may not expect of the moments. */
export function* notesBefore(problem: Problem, settings: Settings, whitened: boolean): Generator<FitEvent, void, void> {
  const { intercept, activation } = problem;
  const sentences = [
    !intercept && whitened ? 'The inputs are not standard normal, so the moments were taken in whitened inputs.' : null,
    isPublished(problem, settings)
      ? 'Without intercepts and polish every regressor has unit norm, as published: polish frees them.'
      : null,
    guessesNoise(problem)
      ? `The moments behind a ${activationWords[activation.id]} response need a noise level: ${NOISE_SHARE} of the target’s spread was taken, in place of which a noise level can be given.`
      : null,
  ];
  for (const sentence of sentences) if (sentence !== null) yield { type: 'note', sentence };
}

/** A sound ending first, then the likelihood. */
const isBetter = (a: Outcome, b: Outcome): boolean =>
  sound(a.termination) === sound(b.termination) ? a.logLikelihood > b.logLikelihood : sound(a.termination);

function* finish(problem: Problem, settings: Settings, { candidate, outcome }: Fitted<Directions>, last: Outcome): Fit {
  // A gate fit that lost an expert is not gone on from: the directions themselves still are a start.
  const from = sound(outcome.termination) ? outcome.parameters : candidate.start;
  const { noise } = problem;
  const sigma = noise.kind === 'fixed' ? noise.sigma : cautiousSigma(problem, from);
  const start = { ...from, sigmas: from.sigmas.slice().fill(sigma) };
  const first = last.iterations + 1;
  yield { type: 'stage', stage: 'polish', label: 'Gate fitted, polish begins' };
  return yield* em(problem, start, {
    stage: 'polish',
    expertStep: leastSquares,
    maxIterations: settings.maxIterations - first,
    tolerance: settings.tolerance,
    firstIteration: first,
  });
}

/** The result without a polish: with the given sigma where there is one, and shown as the last point of the curve. */
function* settle(problem: Problem, best: Outcome, last: Outcome): Fit {
  const { noise } = problem;
  if (best === last && noise.kind !== 'fixed') return best;
  const { parameters, stage, termination } = best;
  const final =
    noise.kind === 'fixed' ? { ...parameters, sigmas: parameters.sigmas.slice().fill(noise.sigma) } : parameters;
  return { ...(yield* evaluate(problem, final, stage, last.iterations + 1)), termination };
}

/** The moments say nothing: every expert is the mean of the target, and the ending says why. */
function* notIdentified(problem: Problem): Fit {
  const { k, d, noise, train, intercept, sigmaFloor } = problem;
  const { mean, sd } = targetMoments(train, d);
  const parameters = emptyParameters(k, d);
  if (intercept) parameters.expertIntercepts.fill(mean);
  parameters.sigmas.fill(noise.kind === 'fixed' ? noise.sigma : Math.max(sd, sigmaFloor));
  yield {
    type: 'check',
    check: {
      id: 'spectral-subspace',
      light: 'red',
      sentence:
        'The second moments of the target show no direction for an expert: the features depend on each other or the target does not vary with them as a mixture would, so use another method.',
    },
  };
  return { ...(yield* evaluate(problem, parameters, 'moments', 0)), termination: 'not-identified' };
}

/** One event with the figures of these parameters. */
const evaluate = (problem: Problem, parameters: Parameters, stage: string, iteration: number): Fit =>
  em(problem, parameters, { stage, expertStep: frozen, maxIterations: 0, tolerance: 1, firstIteration: iteration });
