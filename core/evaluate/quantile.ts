/**
 * The p-quantile of sorted values, linear between order statistics (type 7 of Hyndman & Fan 1996, the default of R and numpy).
 *
 * @param sorted  ascending, at least one value
 * @param p  in [0, 1]
 */
export function quantileSorted(sorted: ArrayLike<number>, p: number): number {
  const position = (sorted.length - 1) * p;
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}
