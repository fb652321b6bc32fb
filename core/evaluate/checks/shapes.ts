import { inBlocks, type Steps } from '../../turns';
import type { Part } from '../part';

/** A column of the encoded training rows, by its first four moments (population form, weighted) and its values. */
export interface ColumnShape {
  readonly mean: number;
  readonly sd: number;
  readonly skewness: number;
  /** 0 for a normal distribution. */
  readonly excessKurtosis: number;
  /** Different values, counted up to `MANY_VALUES`. */
  readonly values: number;
}

/** A column of fewer different values is a count or a code, whatever its moments: no bell has steps so wide. */
export const MANY_VALUES = 10;

/** Two passes: about the mean, so that a column far from zero keeps its digits. In the order of the rows, as they lie in memory. In turns. */
export function* columnShapes({ z, actual, weights }: Part, d: number): Steps<ColumnShape[]> {
  const n = actual.length;
  const means = new Float64Array(d);
  let total = 0;
  yield* inBlocks(n, d, (from, to) => {
    for (let i = from; i < to; i++) {
      const w = weights === null ? 1 : weights[i];
      total += w;
      for (let j = 0; j < d; j++) means[j] += w * z[i * d + j];
    }
  });
  for (let j = 0; j < d; j++) means[j] /= total;
  const powers = new Float64Array(3 * d);
  yield* inBlocks(n, 2 * d, (from, to) => {
    for (let i = from; i < to; i++) {
      const w = weights === null ? 1 : weights[i];
      for (let j = 0; j < d; j++) {
        const u = z[i * d + j] - means[j];
        const square = u * u;
        powers[3 * j] += w * square;
        powers[3 * j + 1] += w * square * u;
        powers[3 * j + 2] += w * square * square;
      }
    }
  });
  const values = new Uint8Array(d);
  for (let j = 0; j < d; j++) {
    values[j] = distinctValues(z, n, d, j);
    yield;
  }
  return Array.from(means, (mean, j) => {
    const [m2, m3, m4] = [0, 1, 2].map((power) => powers[3 * j + power] / total);
    return {
      mean,
      sd: Math.sqrt(m2),
      skewness: m2 > 0 ? m3 / m2 ** 1.5 : 0,
      excessKurtosis: m2 > 0 ? m4 / (m2 * m2) - 3 : 0,
      values: values[j],
    };
  });
}

/** How many different values column j has, counted until there are `MANY_VALUES`. */
function distinctValues(z: Float64Array, n: number, d: number, j: number): number {
  const seen = new Float64Array(MANY_VALUES);
  let count = 0;
  for (let i = 0; i < n && count < MANY_VALUES; i++) {
    const value = z[i * d + j];
    let at = 0;
    while (at < count && seen[at] !== value) at++;
    if (at === count) seen[count++] = value;
  }
  return count;
}
