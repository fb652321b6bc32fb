import type { Rows } from '../model/problem';
import { isInMemory, windows } from '../model/row-windows';

/** Weighted mean and (maximum-likelihood) standard deviation of the target; NaN without rows. */
export function targetMoments(rows: Rows, d: number): { mean: number; sd: number; weight: number } {
  if (!isInMemory(rows) && rows.facts !== null) return rows.facts;
  let weight = 0;
  let sum = 0;
  for (const { first, from, to, y, weights } of windows(rows, d))
    for (let r = from - first; r < to - first; r++) {
      const w = weights === null ? 1 : weights[r];
      weight += w;
      sum += w * y[r];
    }
  const mean = sum / weight;
  let squares = 0;
  for (const { first, from, to, y, weights } of windows(rows, d))
    for (let r = from - first; r < to - first; r++) squares += (weights === null ? 1 : weights[r]) * (y[r] - mean) ** 2;
  return { mean, sd: Math.sqrt(squares / weight), weight };
}
