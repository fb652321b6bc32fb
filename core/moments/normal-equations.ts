import { factor, solveFactored } from '../kernels/cholesky';
import { triangleIndex } from '../kernels/triangle';
import { Cancelled } from '../kernels/pass';

/**
 * Relative ridge on the unit diagonal. Without it an indicator column, whose square is itself, leaves the quadratic fit without a
 * solution; with it the smallest solution is taken. Far above rounding (1e-13), far below what a sample can tell.
 */
const RIDGE = 1e-9;

/**
 * Least-squares coefficients c from the normal equations G c = g, columns scaled to unit diagonal first.
 *
 * @param gram    upper triangle of G, p × p; not written
 * @param right   g; not written
 * @param cancel  looked at once a column of the factorisation
 * @returns null where the equations hold something that is not a number
 */
export function solveNormalEquations(
  gram: Float64Array,
  right: Float64Array,
  p: number,
  cancel: Int32Array,
): Float64Array | null {
  const scale = Float64Array.from({ length: p }, (_, a) => 1 / (Math.sqrt(gram[triangleIndex(p, a, a)]) || 1));
  const matrix = new Float64Array(p * p);
  for (let a = 0; a < p; a++) {
    for (let b = a; b < p; b++) matrix[b * p + a] = gram[triangleIndex(p, a, b)] * scale[a] * scale[b];
    matrix[a * p + a] += RIDGE;
  }
  const poll = () => {
    if (Atomics.load(cancel, 0) !== 0) throw new Cancelled();
  };
  if (!right.every(Number.isFinite) || factor(matrix, p, 0, poll) <= 0) return null;
  const solution = Float64Array.from({ length: p }, (_, a) => right[a] * scale[a]);
  solveFactored(matrix, p, solution);
  return solution.map((value, a) => value * scale[a]);
}
