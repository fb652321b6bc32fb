import type { Rows } from '../model/problem';

/** Weighted mean and (maximum-likelihood) standard deviation of the target; NaN without rows. */
export function targetMoments({ n, y, weights }: Rows): { mean: number; sd: number; weight: number } {
  let weight = 0;
  let sum = 0;
  for (let r = 0; r < n; r++) {
    const w = weights === null ? 1 : weights[r];
    weight += w;
    sum += w * y[r];
  }
  const mean = sum / weight;
  let squares = 0;
  for (let r = 0; r < n; r++) squares += (weights === null ? 1 : weights[r]) * (y[r] - mean) ** 2;
  return { mean, sd: Math.sqrt(squares / weight), weight };
}
