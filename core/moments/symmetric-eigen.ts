import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

/** Eigenpairs of a symmetric matrix, largest eigenvalue first. */
export interface SymmetricEigen {
  readonly values: Float64Array;
  /** One unit eigenvector a row, in the order of the values; its largest entry is positive. */
  readonly vectors: readonly Float64Array[];
}

/**
 * Eigenpairs of the symmetric d × d matrix a (row-major; not written).
 *
 * @returns null when an entry is not finite: the decomposition underneath does not return on NaN
 */
export function symmetricEigen(a: Float64Array, d: number): SymmetricEigen | null {
  if (!a.every(Number.isFinite)) return null;
  const matrix = new Matrix(d, d);
  for (let i = 0; i < d; i++) for (let j = 0; j < d; j++) matrix.set(i, j, (a[i * d + j] + a[j * d + i]) / 2);
  const decomposition = new EigenvalueDecomposition(matrix, { assumeSymmetric: true });
  const values = decomposition.realEigenvalues;
  const order = Array.from({ length: d }, (_, i) => i).sort((i, j) => values[j] - values[i]);
  return {
    values: Float64Array.from(order, (i) => values[i]),
    vectors: order.map((i) => signed(Float64Array.from(decomposition.eigenvectorMatrix.getColumn(i)))),
  };
}

/** An eigenvector is known up to sign: fix it, so that digits do not depend on the decomposition's path. */
function signed(vector: Float64Array): Float64Array {
  let top = 0;
  for (let j = 1; j < vector.length; j++) if (Math.abs(vector[j]) > Math.abs(vector[top])) top = j;
  return vector[top] < 0 ? vector.map((v) => -v) : vector;
}
