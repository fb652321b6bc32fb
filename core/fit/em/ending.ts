import type { Expectation } from '../../kernels/expectation';
import type { Problem } from '../../model/problem';
import type { Parameters } from '../../model/spec';
import type { TerminationCode } from '../method';
import { atFloor } from './noise-step';

/** An expert with less than this much of one row has no data to be estimated from. */
const EMPTY = 0.01;

/** Experts closer than this share of their sigma are one expert. */
const COINCIDENT = 1e-3;

/** Why an EM that has just evaluated these parameters stops here, or null. */
export function endingOf(
  problem: Problem,
  parameters: Parameters,
  sums: Expectation,
  quiet: boolean,
  atLimit: boolean,
): TerminationCode | null {
  const floored = atFloor(problem, parameters);
  // A sigma of its own runs to the floor because the likelihood is unbounded there: nothing better follows. A shared sigma gets
  // there on noiseless data, where the fit is worth finishing.
  if (floored && problem.noise.kind === 'per-expert' && parameters.k > 1) return 'sigma-floor';
  for (let i = 0; i < parameters.k; i++)
    if (!(sums.responsibilities[i * (problem.d + 1)] >= EMPTY)) return 'expert-emptied';
  if (quiet) return expertsCoincide(problem, parameters) ? 'experts-coincide' : floored ? 'sigma-floor' : 'converged';
  return atLimit ? 'iteration-limit' : null;
}

/**
 * Whether two experts say the same: their lines differ by less than a thousandth of sigma where the data are, their sigmas by
 * less than a thousandth.
 */
function expertsCoincide(
  { gateScale }: Problem,
  { k, d, expertWeights, expertIntercepts, sigmas }: Parameters,
): boolean {
  for (let i = 0; i < k; i++) {
    for (let j = i + 1; j < k; j++) {
      let square = (expertIntercepts[i] - expertIntercepts[j]) ** 2;
      for (let a = 0; a < d; a++) square += ((expertWeights[i * d + a] - expertWeights[j * d + a]) * gateScale[a]) ** 2;
      const sigma = Math.min(sigmas[i], sigmas[j]);
      if (Math.sqrt(square) < COINCIDENT * sigma && Math.abs(sigmas[i] - sigmas[j]) < COINCIDENT * sigma) return true;
    }
  }
  return false;
}
