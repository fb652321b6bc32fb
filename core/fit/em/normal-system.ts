import { factor, solveFactored } from '../../kernels/cholesky';
import { triangleIndex } from '../../kernels/triangle';

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
  const delta = new Float64Array(p);
  const centred = active[0] === 0;
  const total = gram[0];
  // The first row of the triangle is the lines' sums, where line 0 is the intercept.
  const means = new Float64Array(p);
  if (centred) for (const a of active) means[a] = gram[a] / total;
  const lines = active.filter((a) => {
    const size = gram[triangleIndex(p, a, a)];
    return !(centred && a === 0) && size - means[a] * means[a] * total > CONSTANT * size;
  });
  const m = lines.length;
  const normal = new Float64Array(m * m);
  for (let j = 0; j < m; j++) {
    const a = lines[j];
    const row = triangleIndex(p, a, a) - a;
    for (let i = j; i < m; i++) normal[i * m + j] = gram[row + lines[i]] - (centred ? means[a] * gram[lines[i]] : 0);
  }
  const scale = new Float64Array(m);
  for (let i = 0; i < m; i++) scale[i] = 1 / Math.sqrt(normal[i * m + i]);
  const pull = new Float64Array(m);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j <= i; j++) normal[i * m + j] = normal[i * m + j] * scale[i] * scale[j];
    pull[i] = (gradient[lines[i]] - (centred ? means[lines[i]] * gradient[0] : 0)) * scale[i];
  }
  const { solution, ridge } = solveRanked(normal, pull, m);
  let gain = 0;
  for (let i = 0; i < m; i++) {
    delta[lines[i]] = solution[i] * scale[i];
    for (let j = 0; j <= i; j++) gain -= (i === j ? 1 : 2) * solution[i] * normal[i * m + j] * solution[j];
    gain += 2 * solution[i] * pull[i];
  }
  // Without any weight (a response that is flat in every row) nothing moves.
  if (centred && total > 0) {
    delta[0] = gradient[0] / total;
    for (const a of lines) delta[0] -= means[a] * delta[a];
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
