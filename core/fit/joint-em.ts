import type { Problem } from '../model/problem';
import { emptyParameters, type Parameters } from '../model/spec';
import type { Random } from '../random';
import { em } from './em';
import { leastSquares } from './expert-step';
import { setFirstExperts } from './first-experts';
import type { Fit, Method, Settings, Start } from './method';
import { firstSigma } from './noise-step';
import { refusalOf } from './refusal';
import { mixtureOptions } from './settings';
import { targetMoments } from './target';

/** EM over experts and gate together from random starts: the baseline every other method is compared with. */
export const jointEm: Method = {
  id: 'joint-em',
  name: 'EM from random starts',
  summary:
    'Splits the rows at random, fits a line to each part, and lets rows and lines find each other by expectation maximisation.',
  promise:
    'Every iteration fits the training rows better than the one before; several starts guard against a poor one.',
  assumes: [],
  whenNot: 'Few rows and many features: starts that are far from the truth may then all end in poor fits.',
  source: 'Jordan and Jacobs, Hierarchical mixtures of experts and the EM algorithm, Neural Computation 6, 1994',
  options: mixtureOptions,
  refusal: refusalOf,
  starts: (_problem, { restarts }: Settings): Start[] =>
    Array.from({ length: restarts }, (_, i) => ({ label: `random ${i + 1}`, method: 'joint-em', stream: i })),
  fit: function* (problem, settings, _start, random): Fit {
    yield { type: 'stage', stage: 'em', label: 'EM from a random split of the rows' };
    const { maxIterations, tolerance } = settings;
    return yield* em(problem, randomStart(problem, random), {
      stage: 'em',
      expertStep: leastSquares,
      maxIterations,
      tolerance,
    });
  },
};

/**
 * Spread of the random gate scores over the rows: parts with soft borders, none of them empty. On Concrete and Airfoil spreads of 1
 * and 3 end alike; 10 ends lower.
 */
const GATE_SPREAD = 3;

/** The first experts, with the standard deviation of the target as sigma, under a random gate. */
export function randomStart(problem: Problem, random: Random): Parameters {
  const { k, d, gateColumns, gateScale } = problem;
  const parameters = emptyParameters(k, d);
  parameters.sigmas.fill(firstSigma(problem, targetMoments(problem.train).sd));
  const used = gateColumns.reduce((count, flag) => count + flag, 0);
  for (let i = 0; i < k; i++)
    for (let j = 0; j < d; j++)
      parameters.gateWeights[i * d + j] = gateColumns[j]
        ? ((GATE_SPREAD / Math.sqrt(used)) * random.normal()) / gateScale[j]
        : 0;
  setFirstExperts(problem, parameters, random);
  return parameters;
}
