import type { Problem } from '../model/problem';
import { emptyParameters, type Parameters } from '../model/spec';
import type { Random } from '../random';
import { em } from './em';
import { frozen, leastSquares } from './expert-step';
import type { Fit, FitEvent, Method, Outcome, Settings, Start, TerminationCode } from './method';
import { momentAssumptions } from './moment-assumptions';
import { cautiousSigma } from './nearest-expert';
import { refusalOf } from './refusal';
import { mixtureOptions } from './settings';
import { type Base, type Candidate, guessesNoise, NOISE_SHARE, spectralCandidates } from './spectral-candidates';
import { fitGate } from './spectral-gating';
import { spectralOptions, spectralRefusal, spectralSettings } from './spectral-options';
import { momentsNote, spectralChecks } from './spectral-report';
import { targetMoments } from './target';

/**
 * Gridlock's Algorithms 1 and 2. Directions of the experts from second and third moments, no starting point needed; then the gate by
 * EM. With intercepts on, each expert's slope, intercept and sigma are estimated with the gate, its direction held. With intercepts
 * and polish off it is the published algorithm: unit-norm regressors held, the gate alone estimated.
 */
export const spectralEm: Method = {
  id: 'spectral-em',
  name: 'Directions from moments, then EM',
  summary:
    'Finds the direction of every expert from how the target’s square and cube vary with the features, without a starting point, and fits the gate around them.',
  promise:
    'Where its assumptions hold, the error of the directions shrinks to nothing as rows are added, whatever the start would have been.',
  assumes: [
    'Features are bell-shaped together, as from a normal distribution.',
    'Experts have slopes of similar size in different directions.',
    'There are at least as many features as experts.',
  ],
  restsOn: momentAssumptions,
  whenNot:
    'Features with a few values only, or strongly skewed ones: the directions are then no more than a starting point.',
  source:
    'Makkuva, Oh, Kannan and Viswanath, Breaking the gridlock in mixture-of-experts: consistent and efficient algorithms, ICML 2019',
  options: [...spectralOptions, ...mixtureOptions],
  refusal: (problem, settings) => refusalOf(problem) ?? spectralRefusal(problem, settings),
  starts: () => [{ label: 'spectral', method: 'spectral-em', stream: 0 }],
  fit,
};

/** Iterations of the gate before a polish, which goes on from there: enough to settle, not to the last digit. */
const BEFORE_POLISH = 50;

const sound = (code: TerminationCode) => code === 'converged' || code === 'iteration-limit';

interface Fitted {
  readonly candidate: Candidate;
  readonly outcome: Outcome;
}

function* fit(problem: Problem, settings: Settings, _start: Start, random: Random): Fit {
  const { intercept, k } = problem;
  const { polish, maxIterations, tolerance } = settings;
  const published = !intercept && !polish;
  const { bases, gating, ...moments } = spectralSettings(problem, settings);
  yield { type: 'stage', stage: 'moments', label: 'Moments of the rows' };
  const { candidates, whitened, components } = spectralCandidates(problem, bases, { ...moments, random });
  yield* notesBefore(problem, published, whitened);
  if (candidates.length === 0) return yield* notIdentified(problem);

  const fits: Fitted[] = [];
  for (const candidate of candidates) {
    const first = (fits.at(-1)?.outcome.iterations ?? -1) + 1;
    const left = maxIterations - first;
    const stage = published ? 'gate' : 'calibrate';
    yield { type: 'stage', stage, label: labels[candidate.base] };
    // Sigma is estimated here even where it is given: see cautiousSigma.
    const kind = problem.noise.kind === 'per-expert' && !polish ? 'per-expert' : 'shared';
    const outcome: Outcome = yield* fitGate({ ...problem, noise: { kind } }, candidate, gating, {
      published,
      maxIterations: polish ? Math.min(BEFORE_POLISH, left) : left,
      tolerance,
      firstIteration: first,
    });
    fits.push({ candidate, outcome });
    if (outcome.iterations >= maxIterations) break;
  }
  const best = fits.reduce((a, b) => (isBetter(b.outcome, a.outcome) ? b : a));
  yield { type: 'note', sentence: momentsNote(best.candidate.found, components) };
  yield* spectralChecks(best.candidate.found, k).map((check): FitEvent => ({ type: 'check', check }));

  const last = fits[fits.length - 1].outcome;
  if (last.iterations >= maxIterations) return last;
  return yield* polish ? finish(problem, settings, best, last) : settle(problem, best.outcome, last);
}

const labels: Record<Base, string> = {
  none: 'Directions found',
  'least-squares': 'Directions of the least-squares residual found',
};

/** What the user may not expect of the moments. */
function* notesBefore(problem: Problem, published: boolean, whitened: boolean): Generator<FitEvent, void, void> {
  const { intercept, activation } = problem;
  const sentences = [
    !intercept && whitened ? 'The inputs are not standard normal, so the moments were taken in whitened inputs.' : null,
    published ? 'Without intercepts and polish every regressor has unit norm, as published: polish frees them.' : null,
    guessesNoise(problem)
      ? `The moments behind a ${activation.id} response need a noise level, taken as ${NOISE_SHARE} of the target’s spread: a given sigma is used instead.`
      : null,
  ];
  for (const sentence of sentences) if (sentence !== null) yield { type: 'note', sentence };
}

/** A sound ending first, then the likelihood. */
const isBetter = (a: Outcome, b: Outcome): boolean =>
  sound(a.termination) === sound(b.termination) ? a.logLikelihood > b.logLikelihood : sound(a.termination);

function* finish(problem: Problem, settings: Settings, { candidate, outcome }: Fitted, last: Outcome): Fit {
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
  const { mean, sd } = targetMoments(train);
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
