import { factor, solveFactored } from '../kernels/cholesky';
import type { Expectation } from '../kernels/expectation';
import { triangle, triangleIndex } from '../kernels/gram';
import type { Problem } from '../model/problem';
import type { Parameters } from '../model/spec';

/** How an EM updates its experts. The gate and the sigmas are EM's own business. */
export interface ExpertStep {
  /** Whether `update` reads sums.moments. */
  readonly moments: boolean;
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

/** Every expert by weighted least squares over the columns it may use. */
export const leastSquares: ExpertStep = {
  moments: true,
  update(problem, sums, current, next, residuals) {
    const { k, d } = current;
    const p = d + 1;
    const active = activeLines(problem.expertColumns, problem.intercept);
    let ridge = 0;
    for (let i = 0; i < k; i++) {
      const gram = sums.moments.subarray(i * triangle(p), (i + 1) * triangle(p));
      const gradient = sums.slopes.subarray(i * p, (i + 1) * p);
      const move = solveNormal(gram, gradient, p, active);
      next.expertIntercepts[i] = current.expertIntercepts[i] + move.delta[0];
      for (let j = 0; j < d; j++) next.expertWeights[i * d + j] = current.expertWeights[i * d + j] + move.delta[j + 1];
      residuals[i] = Math.max(0, sums.residuals[i] - move.gain);
      ridge = Math.max(ridge, move.ridge);
    }
    return ridge === 0
      ? null
      : 'Some columns repeat what others say in an expert’s rows; their weights were held together by a tiny ridge.';
  },
};

/** The lines of z = (1, x) that may have a coefficient: the intercept where there is one, then the flagged columns. */
export function activeLines(columns: Uint8Array, intercept: boolean): number[] {
  const flagged = Array.from(columns, (flag, j) => (flag ? j + 1 : 0)).filter((line) => line > 0);
  return intercept ? [0, ...flagged] : flagged;
}

/** A column whose spread is below this share of its size is constant: what is left of its variance is rounding. */
const CONSTANT = 1e-11;
/** Smallest pivot of the scaled normal matrix that is solved as it stands. */
const DEFICIENT = 1e-10;

/** The solution of one normal system, and what it gains. */
export interface NormalSolution {
  /** p: the change of the coefficients; 0 on lines that are not active. */
  readonly delta: Float64Array;
  /** How much the weighted sum of squares falls: 2 δ·g − δ'Gδ. */
  readonly gain: number;
  /** The ridge on scaled columns that was needed; 0 where the columns are independent. */
  readonly ridge: number;
}

/**
 * The least-squares move δ of the lines `active` from the present coefficients: G δ = g, G = Σ v z z', g = Σ v e z, e the present
 * residuals. Columns are centred (where line 0 is active and is the intercept) and scaled to unit length first. Where they are
 * dependent, the smallest ridge that works holds δ, not the coefficients: the step then still cannot raise the sum of squares, so
 * EM stays monotone, and coefficients that started at 0 share dependent columns evenly.
 *
 * @param gram      triangle over p lines
 * @param gradient  p
 * @param active    increasing line numbers
 */
export function solveNormal(
  gram: Float64Array,
  gradient: Float64Array,
  p: number,
  active: readonly number[],
): NormalSolution {
  const entry = (a: number, b: number) => gram[triangleIndex(p, Math.min(a, b), Math.max(a, b))];
  const delta = new Float64Array(p);
  const centred = active[0] === 0;
  const total = entry(0, 0);
  const mean = (a: number) => (centred ? entry(0, a) / total : 0);
  const lines = active.filter((a) => {
    const size = entry(a, a);
    return !(centred && a === 0) && size - mean(a) * mean(a) * total > CONSTANT * size;
  });
  const m = lines.length;
  const centredEntry = (a: number, b: number) => entry(a, b) - mean(a) * entry(0, b) * (centred ? 1 : 0);
  const scale = Float64Array.from(lines, (a) => 1 / Math.sqrt(centredEntry(a, a)));
  const normal = new Float64Array(m * m);
  for (let i = 0; i < m; i++)
    for (let j = 0; j <= i; j++) normal[i * m + j] = centredEntry(lines[j], lines[i]) * scale[i] * scale[j];
  const pull = Float64Array.from(lines, (a, i) => (gradient[a] - mean(a) * gradient[0] * (centred ? 1 : 0)) * scale[i]);
  const { solution, ridge } = solveRanked(normal, pull, m);
  let gain = 0;
  for (let i = 0; i < m; i++) {
    delta[lines[i]] = solution[i] * scale[i];
    for (let j = 0; j <= i; j++) gain -= (i === j ? 1 : 2) * solution[i] * normal[i * m + j] * solution[j];
    gain += 2 * solution[i] * pull[i];
  }
  if (centred) {
    delta[0] = gradient[0] / total;
    for (const a of lines) delta[0] -= mean(a) * delta[a];
    gain += (gradient[0] * gradient[0]) / total;
  }
  return { delta, gain, ridge };
}

/** Solves a scaled positive semidefinite system (unit diagonal, lower triangle) with the smallest ridge that makes it regular. */
function solveRanked(a: Float64Array, b: Float64Array, m: number): { solution: Float64Array; ridge: number } {
  for (let ridge = 0; ; ridge = ridge === 0 ? 10 * DEFICIENT : 10 * ridge) {
    const l = a.slice();
    for (let i = 0; i < m; i++) l[i * m + i] += ridge;
    // Beyond a ridge of 1 the matrix is not a matrix of numbers: let the caller's check of the result speak.
    if (factor(l, m, DEFICIENT) > DEFICIENT || ridge > 1) {
      const solution = b.slice();
      solveFactored(l, m, solution);
      return { solution, ridge };
    }
  }
}
