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

/**
 * Several quantiles of values in any order, as `quantileSorted` gives them. Selects instead of sorting: a tenth of the time at half
 * a million values.
 *
 * @param values  at least one, none NaN; reordered
 * @param shares  in [0, 1], ascending
 */
export function quantiles(values: Float64Array, shares: readonly number[]): number[] {
  let from = 0;
  return shares.map((p) => {
    const position = (values.length - 1) * p;
    const below = Math.floor(position);
    select(values, from, below);
    // What stands before a value in its place is no larger: the next quantile is not among it.
    from = below;
    const next = below + 1 < values.length ? smallest(values, below + 1) : values[below];
    return values[below] + (position - below) * (next - values[below]);
  });
}

function smallest(values: Float64Array, from: number): number {
  let least = values[from];
  for (let i = from + 1; i < values.length; i++) if (values[i] < least) least = values[i];
  return least;
}

/** Golden ratio's fraction: multiples of it spread evenly over [0, 1). */
const GOLDEN = 0.6180339887498949;

/** Hoare's selection from `low` on: puts the value of that rank in its place, no larger one before it and no smaller one behind. */
function select(values: Float64Array, low: number, rank: number): void {
  let high = values.length - 1;
  for (let step = 1; low < high; step++) {
    // A pivot from ever another place: sorted, reversed and wave-like columns are all met with, and none may take n² steps.
    const pivot = values[low + Math.floor((high - low + 1) * ((step * GOLDEN) % 1))];
    let left = low;
    let right = high;
    while (left <= right) {
      while (values[left] < pivot) left++;
      while (values[right] > pivot) right--;
      if (left > right) break;
      const held = values[left];
      values[left++] = values[right];
      values[right--] = held;
    }
    if (rank <= right) high = right;
    else if (rank >= left) low = left;
    else return;
  }
}
