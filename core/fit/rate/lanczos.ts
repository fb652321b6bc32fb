import { dot } from '../../kernels/dot';
import { symmetricEigen } from '../../moments/symmetric-eigen';

/** A symmetric operator on vectors of `size` numbers; it may be stopped between products. */
export type Operator = (x: Float64Array) => Float64Array;

/** The largest eigenvalue of a symmetric operator and its unit eigenvector. */
export interface Eigenpair {
  readonly value: number;
  readonly vector: Float64Array;
  /** |A v − value v|: the value is within this of an eigenvalue. */
  readonly residual: number;
}

/** How often the small eigenproblem is looked at: it costs less than the product with the operator. */
const LOOK_EVERY = 5;

/**
 * The largest eigenvalue by Lanczos' method with full reorthogonalisation (Golub & Van Loan 2013, 10.3): the extreme eigenvalues of
 * the operator in the space of b, A b, A² b, … Yields after every product, so that others may run. Eigenvalues that stand close
 * together cost steps, not accuracy, and after `size` steps the answer is exact.
 *
 * @param first      not 0; one that has something of every eigenvector
 * @param tolerance  residual to reach; the eigenvalue itself is then good to its square over the gap
 */
export function* largestEigenpair(
  apply: Operator,
  first: Float64Array,
  steps: number,
  tolerance: number,
): Generator<void, Eigenpair> {
  const size = first.length;
  const basis: Float64Array[] = [scaled(first, 1 / norm(first))];
  const diagonal: number[] = [];
  const off: number[] = [];
  for (let j = 0; ; j++) {
    const next = apply(basis[j]);
    yield;
    diagonal.push(dot(next, basis[j]));
    // Twice is enough: what rounding leaves of the first pass, the second takes.
    for (let round = 0; round < 2; round++) for (const vector of basis) subtract(next, vector, dot(next, vector));
    const beta = norm(next);
    const last = j + 1 >= Math.min(size, steps) || beta < 1e-14;
    if (last || (j + 1) % LOOK_EVERY === 0) {
      const top = topOfTridiagonal(diagonal, off);
      const residual = beta * Math.abs(top.vector[j]);
      if (last || residual < tolerance) return { value: top.value, vector: combine(basis, top.vector), residual };
    }
    off.push(beta);
    basis.push(scaled(next, 1 / beta));
  }
}

function topOfTridiagonal(diagonal: readonly number[], off: readonly number[]) {
  const m = diagonal.length;
  const matrix = new Float64Array(m * m);
  diagonal.forEach((value, i) => (matrix[i * m + i] = value));
  off.forEach((value, i) => (matrix[i * m + i + 1] = matrix[(i + 1) * m + i] = value));
  const eigen = symmetricEigen(matrix, m);
  return eigen === null
    ? { value: Number.NaN, vector: new Float64Array(m) }
    : { value: eigen.values[0], vector: eigen.vectors[0] };
}

function combine(basis: readonly Float64Array[], shares: Float64Array): Float64Array {
  const sum = new Float64Array(basis[0].length);
  shares.forEach((share, i) => subtract(sum, basis[i], -share));
  return sum;
}

/** a −= share · b. */
function subtract(a: Float64Array, b: Float64Array, share: number): void {
  for (let j = 0; j < a.length; j++) a[j] -= share * b[j];
}

const scaled = (a: Float64Array, factor: number) => a.map((value) => value * factor);
const norm = (a: Float64Array) => Math.sqrt(dot(a, a));
