import { triangle, triangleIndex } from '../kernels/gram';
import type { ExpertStep } from './expert-step';

/**
 * Experts that may only move along a direction each: μ_i = (start) + b_i + c_i a_i·x, the slope c_i and, where experts have
 * intercepts, b_i by weighted least squares. 2k numbers instead of k (d + 1); the start may be 0 or a common line. The papers'
 * regressors have unit norm and no intercept, and tables have neither.
 *
 * @param directions  k × d; not written
 */
export function calibrated(directions: Float64Array): ExpertStep {
  return {
    moments: true,
    update({ intercept }, sums, current, next, residuals) {
      const { k, d } = current;
      for (let i = 0; i < k; i++) {
        const a = directions.subarray(i * d, (i + 1) * d);
        const gram = sums.moments.subarray(i * triangle(d + 1), (i + 1) * triangle(d + 1));
        const gradient = sums.slopes.subarray(i * (d + 1), (i + 1) * (d + 1));
        const move = moveAlong(a, gram, gradient, intercept);
        next.expertIntercepts[i] = current.expertIntercepts[i] + move.intercept;
        for (let j = 0; j < d; j++)
          next.expertWeights[i * d + j] = current.expertWeights[i * d + j] + move.slope * a[j];
        residuals[i] = Math.max(0, sums.residuals[i] - move.gain);
      }
      return null;
    },
  };
}

/** Share of its size that the spread of a.x must have to carry a slope: less is rounding. */
const CONSTANT = 1e-11;

/**
 * The least-squares change of (b, c) on the two lines 1 and s = a.x, from the present residuals e.
 *
 * @param gram      triangle of Σ v z z', z = (1, x)
 * @param gradient  Σ v e z
 * @returns the change, and how much Σ v e² falls by it
 */
function moveAlong(a: Float64Array, gram: Float64Array, gradient: Float64Array, intercept: boolean) {
  const p = a.length + 1;
  let pull = 0;
  let cross = 0;
  let size = 0;
  for (let i = 1; i < p; i++) {
    pull += a[i - 1] * gradient[i];
    cross += a[i - 1] * gram[i];
    for (let j = i; j < p; j++) size += (i === j ? 1 : 2) * a[i - 1] * a[j - 1] * gram[triangleIndex(p, i, j)];
  }
  const total = gram[0];
  const mean = intercept ? cross / total : 0;
  const spread = size - mean * cross;
  const centredPull = pull - mean * gradient[0];
  const slope = spread > CONSTANT * size ? centredPull / spread : 0;
  return {
    slope,
    intercept: intercept ? gradient[0] / total - mean * slope : 0,
    gain: slope * centredPull + (intercept ? (gradient[0] * gradient[0]) / total : 0),
  };
}
