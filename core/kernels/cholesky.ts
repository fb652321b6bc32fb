/**
 * Cholesky factor L of a symmetric positive definite m × m matrix, A = L L', written over its lower triangle.
 *
 * @param a          row-major; the upper triangle is not read
 * @param tolerance  a pivot below tolerance × its diagonal entry counts as 0
 * @param poll       called once a column, so that a large factorisation can be stopped by throwing
 * @returns the smallest pivot over its diagonal entry; at or below the tolerance the factor is not complete
 */
export function factor(a: Float64Array, m: number, tolerance: number, poll: () => void = () => undefined): number {
  let smallest = 1;
  for (let j = 0; j < m; j++) {
    poll();
    const rowJ = j * m;
    const diagonal = a[rowJ + j];
    let pivot = diagonal;
    for (let c = 0; c < j; c++) pivot -= a[rowJ + c] * a[rowJ + c];
    const share = diagonal > 0 ? pivot / diagonal : 0;
    // Not "share <= tolerance": a NaN must end here too.
    if (!(share > tolerance)) return Number.isNaN(share) ? 0 : Math.min(share, tolerance);
    smallest = Math.min(smallest, share);
    const root = Math.sqrt(pivot);
    a[rowJ + j] = root;
    for (let i = j + 1; i < m; i++) {
      const rowI = i * m;
      let sum = a[rowI + j];
      for (let c = 0; c < j; c++) sum -= a[rowI + c] * a[rowJ + c];
      a[rowI + j] = sum / root;
    }
  }
  return smallest;
}

/** Overwrites b by the solution of L L' x = b. */
export function solveFactored(l: Float64Array, m: number, b: Float64Array): void {
  solveLower(l, m, b);
  solveUpper(l, m, b);
}

/** Overwrites b by the solution of L x = b. */
export function solveLower(l: Float64Array, m: number, b: Float64Array): void {
  for (let i = 0; i < m; i++) {
    let sum = b[i];
    for (let c = 0; c < i; c++) sum -= l[i * m + c] * b[c];
    b[i] = sum / l[i * m + i];
  }
}

/** Overwrites b by the solution of L' x = b. */
export function solveUpper(l: Float64Array, m: number, b: Float64Array): void {
  for (let i = m - 1; i >= 0; i--) {
    let sum = b[i];
    for (let c = i + 1; c < m; c++) sum -= l[c * m + i] * b[c];
    b[i] = sum / l[i * m + i];
  }
}
