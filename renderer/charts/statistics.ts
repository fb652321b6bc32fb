/** Mean, standard deviation (n − 1) and excess kurtosis of some numbers. */
export interface Moments {
  readonly n: number;
  readonly mean: number;
  readonly sd: number;
  readonly excessKurtosis: number;
}

export function momentsOf(values: readonly number[]): Moments {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  let m2 = 0;
  let m4 = 0;
  for (const value of values) {
    const square = (value - mean) ** 2;
    m2 += square;
    m4 += square * square;
  }
  return {
    n,
    mean,
    sd: n > 1 ? Math.sqrt(m2 / (n - 1)) : 0,
    excessKurtosis: m2 > 0 ? (n * m4) / (m2 * m2) - 3 : 0,
  };
}

/**
 * Whether the second sample spreads more widely than the first: +1 yes, −1 less, 0 undecided. Compares mean absolute values, on
 * which a single far point weighs little; the logarithm of their ratio has standard error sqrt(c₁²/n₁ + c₂²/n₂), c the coefficient
 * of variation. Two standard errors, and at least a quarter more spread, since a smaller difference is of no use to a reader.
 */
export function compareSpread(first: readonly number[], second: readonly number[]): -1 | 0 | 1 {
  const a = momentsOf(first.map(Math.abs));
  const b = momentsOf(second.map(Math.abs));
  if (a.n < 10 || b.n < 10 || !(a.mean > 0) || !(b.mean > 0)) return 0;
  const difference = Math.log(b.mean / a.mean);
  const error = Math.hypot(a.sd / a.mean / Math.sqrt(a.n), b.sd / b.mean / Math.sqrt(b.n));
  if (Math.abs(difference) < Math.max(2 * error, Math.log(1.25))) return 0;
  return difference > 0 ? 1 : -1;
}
