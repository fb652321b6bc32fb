import type { Expectation } from '../../kernels/expectation';
import type { Moments } from '../../kernels/expert-moments';
import type { Problem } from '../../model/problem';
import type { Parameters } from '../../model/spec';
import { moveExperts } from './move-experts';
import { solveNormal } from './normal-system';

/** How an EM updates its experts. The gate and the sigmas are EM's own business. */
export interface ExpertStep {
  /** What sums.moments must hold for `update`. */
  readonly moments: Moments;
  /**
   * One M-step of the experts.
   *
   * @param next       a copy of current; its expert weights and intercepts are overwritten
   * @param residuals  k, overwritten: `sums.residuals` at the new experts
   * @returns a sentence for the user about what had to be done to solve the step, or null
   */
  update(
    problem: Problem,
    sums: Expectation,
    current: Parameters,
    next: Parameters,
    residuals: Float64Array,
  ): string | null;
}

/** Experts stay as they are; only gate and sigmas move (the second stage of Gridlock's Algorithm 2). */
export const frozen: ExpertStep = {
  moments: false,
  update: (_problem, sums, _current, _next, residuals) => {
    residuals.set(sums.residuals);
    return null;
  },
};

/**
 * Every expert by weighted least squares over the columns it may use: solved exactly where experts are linear, by damped
 * Gauss-Newton steps where they are not.
 */
export const leastSquares: ExpertStep = {
  moments: true,
  update(problem, sums, current, next, residuals) {
    const p = current.d + 1;
    const active = activeLines(problem.expertColumns, problem.intercept);
    let ridge = 0;
    moveExperts(problem, sums, current, next, residuals, (_expert, gram, gradient) => {
      const move = solveNormal(gram, gradient, p, active);
      ridge = Math.max(ridge, move.ridge);
      return move;
    });
    if (ridge === 0) return null;
    return problem.activation.id === 'linear'
      ? 'Some columns repeat what others say in an expert’s rows; their weights were held together by a tiny ridge.'
      : 'Some columns repeat what others say in the rows where an expert’s response is not flat; their weights were held together by a tiny ridge.';
  },
};

/** The lines of z = (1, x) that may have a coefficient: the intercept where there is one, then the flagged columns. */
export function activeLines(columns: Uint8Array, intercept: boolean): number[] {
  const flagged = Array.from(columns, (flag, j) => (flag ? j + 1 : 0)).filter((line) => line > 0);
  return intercept ? [0, ...flagged] : flagged;
}
