import type { ExpertStep } from './expert-step';
import { type ExpertMove, moveExperts, type SolveMove } from './move-experts';

/**
 * Experts that may only move along a direction each: μ_i = g(start + b_i + c_i a_i·x), the slope c_i and, where experts have
 * intercepts, b_i by weighted least squares (damped Gauss-Newton where g is not linear). 2k numbers instead of k (d + 1); the start
 * may be 0 or a common line. The papers' regressors have unit norm and no intercept, and tables have neither.
 *
 * @param directions  k × d; not written
 */
export function calibrated(directions: Float64Array): ExpertStep {
  const moments = { along: directions };
  return {
    moments,
    update(problem, sums, current, next, residuals) {
      const { d } = current;
      const solve: SolveMove = (i, gram, gradient) =>
        moveAlong(directions.subarray(i * d, (i + 1) * d), gram, gradient, problem.intercept);
      moveExperts(problem, sums, current, next, residuals, solve, { moments });
      return null;
    },
  };
}

/** Share of its size that the spread of a.x must have to carry a slope: less is rounding. */
const CONSTANT = 1e-11;

/**
 * The least-squares change of (b, c) on the two lines 1 and s = a.x, from the present residuals e.
 *
 * @param gram      triangle of Σ v z z', z = (1, s)
 * @param gradient  Σ v e (1, x)
 * @returns the change, and how much Σ v e² falls by it
 */
function moveAlong(
  a: Float64Array,
  [total, cross, size]: Float64Array,
  gradient: Float64Array,
  intercept: boolean,
): ExpertMove {
  const p = a.length + 1;
  let pull = 0;
  for (let j = 1; j < p; j++) pull += a[j - 1] * gradient[j];
  // Without any weight (a response that is flat in every row) nothing moves.
  const constant = intercept && total > 0;
  const mean = constant ? cross / total : 0;
  const spread = size - mean * cross;
  const centredPull = pull - mean * gradient[0];
  const slope = spread > CONSTANT * size ? centredPull / spread : 0;
  const delta = new Float64Array(p);
  if (constant) delta[0] = gradient[0] / total - mean * slope;
  for (let j = 1; j < p; j++) delta[j] = slope * a[j - 1];
  return { delta, gain: slope * centredPull + (constant ? (gradient[0] * gradient[0]) / total : 0) };
}
