import type { Part } from '../part';

/** A column of the encoded training rows, by its first four moments (population form, weighted). */
export interface ColumnMoments {
  readonly mean: number;
  readonly sd: number;
  readonly skewness: number;
  /** 0 for a normal distribution. */
  readonly excessKurtosis: number;
}

/** Two passes: about the mean, so that a column far from zero keeps its digits. */
export function columnMoments(part: Part, d: number): ColumnMoments[] {
  const n = part.actual.length;
  return Array.from({ length: d }, (_, j) => {
    let total = 0;
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const w = part.weights === null ? 1 : part.weights[i];
      total += w;
      sum += w * part.z[i * d + j];
    }
    const mean = sum / total;
    let [m2, m3, m4] = [0, 0, 0];
    for (let i = 0; i < n; i++) {
      const w = part.weights === null ? 1 : part.weights[i];
      const u = part.z[i * d + j] - mean;
      const square = u * u;
      m2 += w * square;
      m3 += w * square * u;
      m4 += w * square * square;
    }
    [m2, m3, m4] = [m2 / total, m3 / total, m4 / total];
    return {
      mean,
      sd: Math.sqrt(m2),
      skewness: m2 > 0 ? m3 / m2 ** 1.5 : 0,
      excessKurtosis: m2 > 0 ? m4 / (m2 * m2) - 3 : 0,
    };
  });
}
