import type { Random } from '../random';
import type { SampleData } from './gaussian-mixture';
import type { LogOdds } from './mixture-assignment';

/**
 * Components to begin an EM with: rows drawn as k-means++ does (Arthur & Vassilvitskii 2007), each next one with a probability in
 * proportion to its squared distance from the nearest so far, columns in units of their spread. In white coordinates the
 * direction in which components lie apart would be no longer than any other.
 */
export function mixtureSeeds({ rows, d, usable, moments }: SampleData, components: number, random: Random): LogOdds {
  const variance = (j: number) => moments.covariance[j * (d + 1) + j];
  const columns = Array.from(usable.keys()).filter((j) => usable[j] && variance(j) > 0);
  const chances = Float64Array.from({ length: rows.n }, (_, r) => rows.weights?.[r] ?? 1);
  const distances = new Float64Array(rows.n).fill(Infinity);
  const affine = new Float64Array(components * (d + 1));
  for (let j = 0; j < components; j++) {
    const seed = draw(j === 0 ? chances : chances.map((w, r) => w * distances[r]), random) * d;
    const line = affine.subarray(j * (d + 1), (j + 1) * (d + 1));
    // The log-density of a normal around the row, up to what does not depend on the row.
    for (const a of columns) {
      const value = rows.x[seed + a] - moments.mean[a];
      line[a + 1] = value / variance(a);
      line[0] -= (value * (0.5 * value + moments.mean[a])) / variance(a);
    }
    for (let r = 0; r < rows.n; r++) {
      let distance = 0;
      for (const a of columns) distance += (rows.x[r * d + a] - rows.x[seed + a]) ** 2 / variance(a);
      distances[r] = Math.min(distances[r], distance);
    }
  }
  return { components, affine };
}

/** A row drawn with probability in proportion to its chance; the last one with a chance where they are all 0. */
function draw(chances: Float64Array, random: Random): number {
  let left = random.uniform() * chances.reduce((sum, chance) => sum + chance, 0);
  for (let r = 0; r < chances.length - 1; r++) {
    left -= chances[r];
    if (left < 0) return r;
  }
  return chances.length - 1;
}
