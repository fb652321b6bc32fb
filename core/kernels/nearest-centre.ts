import type { Rows } from '../model/problem';
import { type Kernel, pass } from './pass';

/** Centres in the space of some columns and the target, each scaled. */
export interface CentresRequest {
  /** Number of centres. */
  readonly k: number;
  /** d + 1: what each column, and last the target, is multiplied by; 0 leaves it out. */
  readonly scale: Float64Array;
  /** k × (d + 1), scaled. */
  readonly centres: Float64Array;
  /** n each, written where given: the nearest centre of each row and the squared distance to it. */
  readonly out: { readonly labels: Int32Array; readonly squares: Float64Array } | null;
}

/** What the nearest centres say of the rows. */
export interface CentreSums {
  /** Σ w |z − centre|², z the scaled row. */
  readonly inertia: number;
  /** k: Σ w of the rows that are nearest to each centre. */
  readonly weights: Float64Array;
  /** k × (d + 1): Σ w z of these rows. */
  readonly sums: Float64Array;
}

export const nearestCentreKernel: Kernel<CentresRequest, Float64Array> = {
  name: 'nearest-centre',
  length: ({ k }, d) => 1 + k * (d + 2),
  writes: ({ out }) => out !== null,
  work: ({ k }, d) => k * (3 * d + 10),
  scratch: (_lines, _request, d) => new Float64Array(d + 1),
  block(_lines, rows, d, from, to, { k, scale, centres, out }, z, sums) {
    const p = d + 1;
    for (let row = from; row < to; row++) {
      const at = row - rows.first;
      for (let j = 0; j < d; j++) z[j] = scale[j] * rows.x[at * d + j];
      z[d] = scale[d] * rows.y[at];
      let label = 0;
      let least = Infinity;
      for (let i = 0; i < k; i++) {
        let square = 0;
        for (let j = 0; j < p; j++) square += (z[j] - centres[i * p + j]) ** 2;
        if (square < least) [label, least] = [i, square];
      }
      const weight = rows.weights === null ? 1 : rows.weights[at];
      sums[0] += weight * least;
      sums[1 + label] += weight;
      const first = 1 + k + label * p;
      for (let j = 0; j < p; j++) sums[first + j] += weight * z[j];
      if (out === null) continue;
      out.labels[row] = label;
      out.squares[row] = least;
    }
  },
};

/** One pass that finds every row's nearest centre. */
export function nearestCentres(rows: Rows, d: number, request: CentresRequest, cancel: Int32Array): CentreSums {
  const sums = pass(nearestCentreKernel, rows, d, request, cancel);
  return { inertia: sums[0], weights: sums.subarray(1, 1 + request.k), sums: sums.subarray(1 + request.k) };
}
