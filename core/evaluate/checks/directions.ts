import { ROWS, stepFor } from './correlation';
import type { FittedMixture } from './fitted-mixture';

/**
 * Angles between the linear scores of a fitted mixture, experts a_i·x and gates w_i·x. Over the rows their covariance a'Σw is the inner
 * product of the two directions in whitened inputs, where the papers' assumptions about them are made.
 */
export interface Directions {
  /** k × k cosines between experts' slopes; NaN where an expert has none. */
  readonly experts: Float64Array;
  /** One entry a border between two experts, the direction w_i − w_j: its cosine with every expert's slope. */
  readonly borders: readonly { readonly between: readonly [number, number]; readonly cosines: Float64Array }[];
}

/** A score that varies less than this share of the largest of its kind is flat; rounding of squares leaves 1e-8. */
const FLAT = 1e-6;

/** Over at most 20,000 rows. */
export function directionsOf({ part, model }: FittedMixture): Directions {
  const k = model.experts.length;
  const covariance = scoreCovariance(part, model);
  const size = 2 * k;
  const inner = (a: number, b: number) => covariance[a * size + b];
  const spread = Array.from({ length: size }, (_, a) => Math.sqrt(Math.max(0, inner(a, a))));
  const slope = spread.slice(0, k);
  const flatSlope = FLAT * Math.max(...slope);
  const flatBorder = FLAT * Math.max(...spread.slice(k));
  const experts = Float64Array.from({ length: k * k }, (_, at) => {
    const [i, j] = [Math.floor(at / k), at % k];
    return Math.min(slope[i], slope[j]) > flatSlope ? inner(i, j) / (slope[i] * slope[j]) : NaN;
  });
  const borders: Directions['borders'][number][] = [];
  for (let i = 0; i < k; i++) {
    for (let j = i + 1; j < k; j++) {
      const [g, h] = [k + i, k + j];
      const steepness = Math.sqrt(Math.max(0, inner(g, g) - 2 * inner(g, h) + inner(h, h)));
      const cosines = Float64Array.from(slope, (norm, e) =>
        norm > flatSlope && steepness > flatBorder ? (inner(e, g) - inner(e, h)) / (norm * steepness) : NaN,
      );
      borders.push({ between: [i, j], cosines });
    }
  }
  return { experts, borders };
}

/** Covariance over the rows of the k experts' and the k gates' linear scores, 2k × 2k. */
function scoreCovariance(
  part: FittedMixture['part'],
  { columns, experts, gates }: FittedMixture['model'],
): Float64Array {
  const d = columns.length;
  const lines = [...experts, ...gates].map(({ weights }) => Float64Array.from(weights));
  const size = lines.length;
  const scores = new Float64Array(size);
  const sums = new Float64Array(size);
  const products = new Float64Array(size * size);
  const step = stepFor(part.actual.length, ROWS);
  let total = 0;
  for (let row = 0; row < part.actual.length; row += step) {
    const w = part.weights === null ? 1 : part.weights[row];
    total += w;
    for (let a = 0; a < size; a++) {
      let score = 0;
      for (let j = 0; j < d; j++) score += lines[a][j] * (part.z[row * d + j] - columns[j].center);
      scores[a] = score;
      sums[a] += w * score;
      for (let b = 0; b <= a; b++) products[a * size + b] += w * score * scores[b];
    }
  }
  return Float64Array.from(products, (_, at) => {
    const [a, b] = [Math.floor(at / size), at % size];
    return products[Math.max(a, b) * size + Math.min(a, b)] / total - (sums[a] / total) * (sums[b] / total);
  });
}
