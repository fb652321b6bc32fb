import type { Problem } from '../model/problem';
import { emptyParameters, type Parameters } from '../model/spec';
import { monomialCount } from '../moments/monomials';
import { MOST_MONOMIALS } from '../moments/label-tensor';
import type { MomentChoice } from '../moments/regressor-directions';
import { type AppError, fail } from '../result';
import { calibrated } from './calibrate';
import { em } from './em';
import { frozen, leastSquares } from './expert-step';
import type { Fit, FitEvent, Method, Outcome, Settings, TerminationCode } from './method';
import { momentAssumptions } from './moment-assumptions';
import { cautiousSigma } from './nearest-expert';
import { refusalOf } from './refusal';
import { mixtureOptions } from './settings';
import { type Base, type Candidate, spectralCandidates, unitNorm } from './spectral-candidates';
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
    'Experts are straight lines with slopes of similar size and different directions.',
    'There are at least as many features as experts.',
  ],
  restsOn: momentAssumptions,
  whenNot:
    'Features with a few values only, or strongly skewed ones: the directions are then no more than a starting point.',
  source:
    'Makkuva, Oh, Kannan and Viswanath, Breaking the gridlock in mixture-of-experts: consistent and efficient algorithms, ICML 2019',
  options: [
    {
      name: 'moments',
      label: 'Moments',
      meaning:
        'How the moments are estimated: by regression on all products of the features (needs three rows a product), by plain averages as published, or the better of what the rows allow.',
      type: 'choice',
      choices: [
        { value: 'auto', label: 'Best for the rows' },
        { value: 'regression', label: 'Regression' },
        { value: 'raw', label: 'Plain averages (published)' },
      ],
      default: 'auto',
    },
    {
      name: 'base',
      label: 'Base',
      meaning:
        'With intercepts: whether the directions are those of the target or of what a common least-squares line leaves of it; or both, and the higher training log-likelihood is kept.',
      advanced: true,
      type: 'choice',
      choices: [
        { value: 'auto', label: 'The better of both' },
        { value: 'none', label: 'The target' },
        { value: 'least-squares', label: 'Residuals of least squares' },
      ],
      default: 'auto',
    },
    ...mixtureOptions,
  ],
  refusal: (problem, settings) => refusalOf(problem) ?? spectralRefusal(problem, settings),
  starts: () => [{ label: 'spectral', method: 'spectral-em', stream: 0 }],
  fit,
};

function spectralRefusal({ train, k, activation, expertColumns }: Problem, { options }: Settings): AppError | null {
  if (activation.id !== 'linear') {
    return fail(
      'fit/activation',
      'spectral-em fits linear experts only: choose the linear activation or another method.',
    ).error;
  }
  const columns = expertColumns.reduce((count, flag) => count + flag, 0);
  if (k > columns) {
    return fail(
      'fit/more-experts-than-features',
      `spectral-em finds at most one expert a feature column and there are ${columns} for ${k} experts: use fewer experts, more features or another method.`,
      { experts: k, columns },
    ).error;
  }
  const products = Math.max(monomialCount(columns, 2), monomialCount(k, 3));
  const { weight } = targetMoments(train);
  if (options.moments === 'regression' && (products >= weight || products > MOST_MONOMIALS)) {
    return fail(
      'fit/regression-moments',
      `Regression moments of ${k} experts over ${columns} feature columns have ${products} coefficients, too many for ${train.n} rows or for the memory: use moments=auto.`,
      { columns, products, rows: train.n },
    ).error;
  }
  return null;
}

/** Iterations of the gate before a polish, which goes on from there: enough to settle, not to the last digit. */
const BEFORE_POLISH = 50;

const sound = (code: TerminationCode) => code === 'converged' || code === 'iteration-limit';

interface Fitted {
  readonly candidate: Candidate;
  readonly outcome: Outcome;
}

function* fit(problem: Problem, settings: Settings): Fit {
  const { intercept, k } = problem;
  const published = !intercept && !settings.polish;
  yield { type: 'stage', stage: 'moments', label: 'Moments of the rows' };
  const choice = settings.options.moments as MomentChoice;
  const { candidates, whitened } = spectralCandidates(problem, basesOf(settings, intercept), choice);
  if (!intercept && whitened) {
    yield {
      type: 'note',
      sentence: 'The inputs are not standard normal, so the moments were taken in whitened inputs.',
    };
  }
  if (published) {
    yield {
      type: 'note',
      sentence: 'Without intercepts and polish every regressor has unit norm, as published: polish frees them.',
    };
  }
  if (candidates.length === 0) return yield* notIdentified(problem);

  const fits: Fitted[] = [];
  for (const candidate of candidates) {
    const outcome: Outcome = yield* fitGate(problem, settings, candidate, published, fits.at(-1)?.outcome);
    fits.push({ candidate, outcome });
    if (outcome.iterations >= settings.maxIterations) break;
  }
  const best = fits.reduce((a, b) => (isBetter(b.outcome, a.outcome) ? b : a));
  yield { type: 'note', sentence: momentsNote(best.candidate.found) };
  yield* spectralChecks(best.candidate.found, k).map((check): FitEvent => ({ type: 'check', check }));

  const last = fits[fits.length - 1].outcome;
  if (last.iterations >= settings.maxIterations) return last;
  return yield* settings.polish ? polish(problem, settings, best, last) : settle(problem, best.outcome, last);
}

function basesOf({ options }: Settings, intercept: boolean): readonly Base[] {
  if (!intercept) return ['none'];
  return options.base === 'auto' ? ['none', 'least-squares'] : [options.base as Base];
}

/** A sound ending first, then the likelihood. */
const isBetter = (a: Outcome, b: Outcome): boolean =>
  sound(a.termination) === sound(b.termination) ? a.logLikelihood > b.logLikelihood : sound(a.termination);

/** The gate, and with it what of the experts is not held. Sigma is estimated here even where it is given: see cautiousSigma. */
function* fitGate(
  problem: Problem,
  settings: Settings,
  { base, found, start }: Candidate,
  published: boolean,
  before: Outcome | undefined,
): Fit {
  const first = before ? before.iterations + 1 : 0;
  const left = settings.maxIterations - first;
  const kind = problem.noise.kind === 'per-expert' && !settings.polish ? 'per-expert' : 'shared';
  const stage = published ? 'gate' : 'calibrate';
  const label = base === 'none' ? 'Directions found' : 'Directions of the least-squares residual found';
  yield { type: 'stage', stage, label };
  return yield* em({ ...problem, noise: { kind } }, published ? unitNorm(problem, start) : start, {
    stage,
    expertStep: published ? frozen : calibrated(found.weights),
    maxIterations: settings.polish ? Math.min(BEFORE_POLISH, left) : left,
    tolerance: settings.tolerance,
    firstIteration: first,
  });
}

function* polish(problem: Problem, settings: Settings, { candidate, outcome }: Fitted, last: Outcome): Fit {
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
