import { dot } from '../kernels/dot';
import { neverCancelled, pass } from '../kernels/pass';
import { triangle, triangleIndex } from '../kernels/triangle';
import type { FormValues, MomentForms } from './l4';
import { l4AveragesKernel, l4PullKernel, type PullRequest } from './l4-kernels';

/** Rows as L4 sees them. */
export interface LabelledSample {
  readonly n: number;
  readonly q: number;
  /** n × q, row-major: inputs in coordinates where they are N(0, I). */
  readonly z: Float64Array;
  /** n: Q4(y) / c4 less its mean, times the row's weight over the mean weight. */
  readonly quartic: Float64Array;
  /** n: Q2(y) / c2, likewise. */
  readonly quadratic: Float64Array;
}

/**
 * The forms of a sample of rows, with P = Z B', C = B B', r = diag C, q and v the labels:
 *
 *   T4(b_i,b_i,b_j,b_j) = E[q P_i² P_j²] − r_i E[q P_j²] − r_j E[q P_i²] − 4 C_ij E[q P_i P_j] + (r_i r_j + 2 C_ij²) E[q]
 *   T2(b_i,b_i)         = E[v P_i²] − r_i E[v]
 *
 * from S4's six pairs and three double pairs. The diagonal i = j is the same formula.
 */
export function sampleForms(sample: LabelledSample, k: number): MomentForms {
  return { k, q: sample.q, at: (directions) => formsAt(sample, k, directions) };
}

/** The sample as passes take it. */
const rowsOf = ({ n, z, quartic, quadratic }: LabelledSample) => ({ n, x: z, y: quartic, weights: quadratic });

/** Averages over the sample, with q and v the labels. */
interface Averages {
  /** k × k: C = B B'. */
  readonly products: Float64Array;
  /** k × k: E[q P_i P_j]. */
  readonly cross: Float64Array;
  /** k × k: E[q P_i² P_j²]. */
  readonly squares: Float64Array;
  /** k: E[v P_i²]. */
  readonly lengths: Float64Array;
  /** E[q], E[v]: 0 up to rounding where the labels were centred on these rows. */
  readonly means: readonly [number, number];
}

function formsAt(sample: LabelledSample, k: number, directions: Float64Array): FormValues {
  const averages = averagesAt(sample, k, directions);
  const { products: c, cross, squares, lengths, means } = averages;
  const quartic = new Float64Array(k * k);
  for (let i = 0; i < k; i++) {
    const ri = c[i * k + i];
    for (let j = 0; j < k; j++) {
      const at = i * k + j;
      const rj = c[j * k + j];
      quartic[at] =
        squares[at] -
        ri * cross[j * k + j] -
        rj * cross[i * k + i] -
        4 * c[at] * cross[at] +
        means[0] * (ri * rj + 2 * c[at] * c[at]);
    }
  }
  const quadratic = lengths.map((length, i) => length - c[i * k + i] * means[1]);
  return {
    quartic,
    quadratic,
    pull: (quarticWeights, quadraticWeights) => pull(sample, k, directions, averages, quarticWeights, quadraticWeights),
  };
}

function averagesAt(sample: LabelledSample, k: number, b: Float64Array): Averages {
  const { n, q } = sample;
  const sums = pass(l4AveragesKernel, rowsOf(sample), q, { k, directions: b }, neverCancelled());
  const matrix = (entry: (i: number, j: number) => number) =>
    Float64Array.from({ length: k * k }, (_, at) => entry(Math.floor(at / k), at % k));
  const fromTriangle = (first: number) =>
    matrix((i, j) => sums[first + triangleIndex(k, Math.min(i, j), Math.max(i, j))] / n);
  return {
    products: matrix((i, j) => dot(b.subarray(i * q, (i + 1) * q), b.subarray(j * q, (j + 1) * q))),
    cross: fromTriangle(2 + k),
    squares: fromTriangle(2 + k + triangle(k)),
    lengths: sums.subarray(2, 2 + k).map((sum) => sum / n),
    means: [sums[0] / n, sums[1] / n],
  };
}

/** The chain rule through P (a second look at the rows) and through C. */
function pull(
  sample: LabelledSample,
  k: number,
  directions: Float64Array,
  { products: c, cross, means }: Averages,
  weights: Float64Array,
  quadraticWeights: Float64Array,
): Float64Array {
  const { n, q: size } = sample;
  // Coefficients of P_i and P_i P_j² in the slope along P_i, and the slope along C.
  const linear = new Float64Array(k * k);
  const alongProducts = new Float64Array(k * k);
  for (let i = 0; i < k; i++) {
    let alongLength = -quadraticWeights[i] * means[1];
    for (let j = 0; j < k; j++) {
      const at = i * k + j;
      const w = weights[at];
      linear[at] -= 8 * w * c[at];
      linear[i * k + i] -= 4 * w * c[j * k + j];
      alongProducts[at] += 4 * w * (means[0] * c[at] - cross[at]);
      alongLength += 2 * w * (means[0] * c[j * k + j] - cross[j * k + j]);
    }
    alongProducts[i * k + i] += alongLength;
  }
  const request: PullRequest = { k, directions, lengths: quadraticWeights, linear, weights };
  const sums = pass(l4PullKernel, rowsOf(sample), size, request, neverCancelled());
  const gradient = Float64Array.from(
    { length: k * size },
    (_, at) => sums[Math.floor(at / size) * (size + 1) + 1 + (at % size)] / n,
  );
  // C is symmetric in B: its slope counts twice.
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) {
      for (let a = 0; a < size; a++) gradient[i * size + a] += 2 * alongProducts[i * k + j] * directions[j * size + a];
    }
  }
  return gradient;
}
