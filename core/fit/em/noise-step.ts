import type { Expectation } from '../../kernels/expectation';
import type { Problem } from '../../model/problem';
import type { Parameters } from '../../model/spec';

/**
 * The M-step of the sigmas: weighted mean square of the residuals, pseudo-rows included, of each expert or of all, not below the
 * floor.
 */
export function noiseStep(problem: Problem, sums: Expectation, residuals: Float64Array, next: Parameters): void {
  const { noise, sigmaFloor, pseudoRows, d } = problem;
  const floored = (square: number) => Math.max(sigmaFloor, Math.sqrt(square));
  if (noise.kind === 'fixed') return void next.sigmas.fill(noise.sigma);
  if (noise.kind === 'shared') {
    const total = residuals.reduce((sum, value) => sum + value, 0);
    return void next.sigmas.fill(floored(total / (sums.weight + next.k * pseudoRows)));
  }
  for (let i = 0; i < next.k; i++)
    next.sigmas[i] = floored(residuals[i] / (sums.responsibilities[i * (d + 1)] + pseudoRows));
}

/** Whether an estimated sigma rests on the floor: the likelihood is then unbounded but for it. */
export const atFloor = ({ noise, sigmaFloor }: Problem, { sigmas }: Parameters): boolean =>
  noise.kind !== 'fixed' && sigmas.some((sigma) => sigma <= sigmaFloor);

/** The sigmas a start begins with: the given one, or the same large one for every expert. */
export const firstSigma = ({ noise, sigmaFloor }: Problem, guess: number): number =>
  noise.kind === 'fixed' ? noise.sigma : Math.max(sigmaFloor, guess);
