import { momentAssumptions } from './directions/moment-assumptions';
import { fitAlong, notesBefore } from './directions/along-directions';
import type { Method } from './method';
import { refusalOf } from './refusal';
import { mixtureOptions } from './settings';
import { spectralCandidates } from './spectral/spectral-candidates';
import { fitGate } from './spectral/spectral-gating';
import { spectralOptions, spectralRefusal, spectralSettings } from './spectral/spectral-options';
import { momentsNote, signsNote, spectralChecks } from './spectral/spectral-report';

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
  fit: function* (problem, settings, _start, random) {
    const { bases, gating, ...moments } = spectralSettings(problem, settings);
    yield { type: 'stage', stage: 'moments', label: 'Moments of the rows' };
    const { candidates, whitened, components } = spectralCandidates(problem, bases, { ...moments, random });
    // A mixture of normals is fitted to whitened inputs whatever they are.
    yield* notesBefore(problem, settings, whitened && components === null);
    return yield* fitAlong(problem, settings, candidates, {
      gate: (at, candidate, options) => fitGate(at, candidate, gating, options),
      report: (found) => ({
        notes: [momentsNote(found, components), ...signsNote(found.turned)],
        checks: spectralChecks(found, problem.k),
      }),
    });
  },
};
