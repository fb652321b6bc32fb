import type { Rows } from '../../model/problem';
import { weightOf, windows } from '../../model/row-windows';
import { inBlocks, type Steps } from '../../turns';
import { degrees, type Moments } from './moments';

/** A column whose square of the multiple correlation with those before it is nearer to 1 than this is taken for a combination of them. */
const COLLINEAR = 1e-8;

/** How columns become white: u = factor · x, u the columns about their means. */
export interface Whitening {
  /** d × d, lower triangular, row-major; no zero on the diagonal. */
  readonly factor: Float64Array;
  /** Columns that are combinations of those before them; they are scaled by their standard deviation alone. */
  readonly collinear: readonly number[];
}

/**
 * The Cholesky factor of the covariance of the training rows. Columns of different classes are not mixed, so that what the experts may
 * not use stays apart from what they may. A column that is a combination of those before it has no direction of its own: it is
 * left as it is but for its scale, and no other is mixed with it, so the factor can be inverted as well as the other columns allow.
 *
 * @param data  their x are the d columns
 * @param scales  d, above 0
 * @param classes  d: columns are whitened together with those of the same class
 */
export function* whiteningInSteps(
  data: Rows,
  { means }: Moments,
  scales: Float64Array,
  classes: ArrayLike<number>,
): Steps<Whitening> {
  const d = means.length;
  const correlation = new Float64Array(d * d);
  const u = new Float64Array(d);
  for (const { x, weights, ...window } of windows(data, d))
    yield* inBlocks(window.to - window.from, (d * d) / 2 + d, (from, to) => {
      for (let r = from; r < to; r++) {
        const w = weights === null ? 1 : weights[r];
        for (let j = 0; j < d; j++) u[j] = (x[r * d + j] - means[j]) / scales[j];
        for (let i = 0; i < d; i++) {
          const weighted = w * u[i];
          for (let j = 0; j <= i; j++) correlation[i * d + j] += weighted * u[j];
        }
      }
    });
  const rows = degrees(weightOf(data, d));
  for (let at = 0; at < d * d; at++) correlation[at] /= rows;

  const factor = new Float64Array(d * d);
  const collinear: number[] = [];
  // x_j goes with the column itself where it is a combination: nothing after it may be told of it again.
  const alone = new Uint8Array(d);
  for (let i = 0; i < d; i++) {
    const mixes = (j: number) => classes[j] === classes[i] && !alone[j];
    let rest = correlation[i * d + i];
    for (let j = 0; j < i; j++) {
      if (!mixes(j)) continue;
      let sum = correlation[i * d + j];
      for (let a = 0; a < j; a++) if (mixes(a)) sum -= factor[i * d + a] * factor[j * d + a];
      factor[i * d + j] = sum / factor[j * d + j];
      rest -= factor[i * d + j] ** 2;
    }
    if (rest > COLLINEAR * correlation[i * d + i]) factor[i * d + i] = Math.sqrt(rest);
    else {
      factor.fill(0, i * d, i * d + i);
      factor[i * d + i] = 1;
      alone[i] = 1;
      collinear.push(i);
    }
    if (i % 50 === 49) yield;
  }
  for (let i = 0; i < d; i++) for (let j = 0; j <= i; j++) factor[i * d + j] *= scales[i];
  return { factor, collinear };
}
