import { symmetricEigen } from '../../moments/symmetric-eigen';
import type { Part } from '../part';
import type { ColumnShape } from './shapes';

/** Rows that suffice to see how columns go together; every s-th row is taken of more. */
export const ROWS = 20_000;

/** Which rows to look at: every `step`-th. */
export const stepFor = (n: number, rows: number): number => Math.max(1, Math.ceil(n / rows));

/** How the columns that vary go together: the eigenpairs of their correlation matrix. */
export interface Correlation {
  /** Numbers of the m columns that vary. */
  readonly columns: readonly number[];
  /** m eigenvalues, largest first; they sum to m. */
  readonly values: Float64Array;
  /** Their unit eigenvectors, m entries each. */
  readonly vectors: readonly Float64Array[];
}

/**
 * Of the training columns, over at most 20,000 rows.
 *
 * @returns null where the numbers are too large to multiply
 */
export function correlationOf(part: Part, shapes: readonly ColumnShape[]): Correlation | null {
  const d = shapes.length;
  const columns = shapes.map((_, j) => j).filter((j) => shapes[j].sd > 0);
  const m = columns.length;
  if (m === 0) return { columns, values: new Float64Array(0), vectors: [] };
  const n = part.actual.length;
  const step = stepFor(n, ROWS);
  const products = new Float64Array(m * m);
  const row = new Float64Array(m);
  for (let i = 0; i < n; i += step) {
    const w = part.weights === null ? 1 : part.weights[i];
    for (let a = 0; a < m; a++) row[a] = (part.z[i * d + columns[a]] - shapes[columns[a]].mean) / shapes[columns[a]].sd;
    for (let a = 0; a < m; a++) {
      const scaled = w * row[a];
      for (let b = 0; b <= a; b++) products[a * m + b] += scaled * row[b];
    }
  }
  const matrix = new Float64Array(m * m);
  for (let a = 0; a < m; a++) {
    for (let b = 0; b <= a; b++) {
      // A subsample can hold a column still; its correlation with others is then unknown, called 0.
      const value = a === b ? 1 : products[a * m + b] / Math.sqrt(products[a * m + a] * products[b * m + b]) || 0;
      matrix[a * m + b] = value;
      matrix[b * m + a] = value;
    }
  }
  const eigen = symmetricEigen(matrix, m);
  return eigen && { columns, ...eigen };
}
