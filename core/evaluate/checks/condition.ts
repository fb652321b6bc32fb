import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { Part } from '../part';
import type { EncodedColumn } from '../../data/encode';
import type { Check } from '../types';
import { plainNumber } from '../words';
import type { ColumnShape } from './shapes';

/** Rows that suffice to see collinearity; every s-th row is taken of more. */
const ROWS = 20_000;

/**
 * Whether the columns say different things: the condition number of their correlation matrix's square root (Belsley, Kuh & Welsch
 * 1980: above 30 the slopes of the columns involved cannot be told apart).
 */
export function condition(part: Part, shapes: readonly ColumnShape[], encoded: readonly EncodedColumn[]): Check {
  const id = 'condition';
  const used = encoded.map((_, j) => j).filter((j) => shapes[j].sd > 0);
  if (used.length < 2) return { id, light: 'green', sentence: 'One input: its slope has nothing to be confused with.' };
  const correlations = correlationMatrix(part, shapes, encoded.length, used);
  // The eigenvalue routine does not return on NaN.
  if (correlations.to1DArray().some((value) => !Number.isFinite(value))) {
    return { id, light: 'red', sentence: 'Some inputs are too large to compare; leave them out or rescale them.' };
  }
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(correlations, { assumeSymmetric: true });
  const smallest = realEigenvalues.indexOf(Math.min(...realEigenvalues));
  const number = Math.sqrt(Math.max(...realEigenvalues) / Math.max(realEigenvalues[smallest], Number.EPSILON));
  if (number < 30)
    return {
      id,
      light: 'green',
      sentence: `The inputs say different things (condition number ${plainNumber(number, 2)}).`,
    };
  const involved = eigenvectorMatrix
    .getColumn(smallest)
    .map((value, position) => ({ name: encoded[used[position]].name, size: Math.abs(value) }))
    .sort((a, b) => b.size - a.size);
  const names = `${involved[0].name} and ${involved[1].name}`;
  return number < 1e4
    ? {
        id,
        light: 'amber',
        sentence: `The inputs overlap (condition number ${plainNumber(number, 2)}), most of all ${names}: read their slopes together, or leave one out.`,
      }
    : { id, light: 'red', sentence: `One input repeats others exactly, most likely ${names}; leave one out.` };
}

function correlationMatrix(part: Part, shapes: readonly ColumnShape[], d: number, used: readonly number[]): Matrix {
  const n = part.actual.length;
  const step = Math.max(1, Math.floor(n / ROWS));
  const p = used.length;
  const products = new Float64Array(p * p);
  const row = new Float64Array(p);
  for (let i = 0; i < n; i += step) {
    const w = part.weights === null ? 1 : part.weights[i];
    for (let a = 0; a < p; a++) row[a] = (part.z[i * d + used[a]] - shapes[used[a]].mean) / shapes[used[a]].sd;
    for (let a = 0; a < p; a++) for (let b = 0; b <= a; b++) products[a * p + b] += w * row[a] * row[b];
  }
  const matrix = Matrix.zeros(p, p);
  for (let a = 0; a < p; a++) {
    for (let b = 0; b <= a; b++) {
      // A subsample can hold a column still; its correlation with others is then unknown, called 0.
      const value = products[a * p + b] / Math.sqrt(products[a * p + a] * products[b * p + b]) || 0;
      matrix.set(a, b, a === b ? 1 : value);
      matrix.set(b, a, a === b ? 1 : value);
    }
  }
  return matrix;
}
