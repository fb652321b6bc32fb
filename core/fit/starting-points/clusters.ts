import { nearestCentres } from '../../kernels/nearest-centre';
import type { Problem } from '../../model/problem';
import { takenRows, weightsOf } from '../../model/row-windows';
import type { Random } from '../../random';
import { secondMoments } from '../../moments/second-moments';

/** Rows in k groups. */
export interface Clusters {
  /** n: the group of each row. */
  readonly labels: Int32Array;
  /** Σ w of the squared distances to the groups' centres, in standard deviations. */
  readonly inertia: number;
}

const MOST_ROUNDS = 50;

/**
 * k-means (Lloyd 1982) from k-means++ centres (Arthur & Vassilvitskii 2007) on the columns that the gate or the experts may use and
 * the target, each in standard deviations.
 */
export function kMeans(problem: Problem, random: Random): Clusters {
  const { train, d, k, cancel } = problem;
  const p = d + 1;
  const scale = scalesOf(problem);
  const labels = new Int32Array(train.n);
  const squares = new Float64Array(train.n);
  const out = { labels, squares };
  let centres = firstCentres(problem, scale, random);
  let inertia = Infinity;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const found = nearestCentres(train, d, { k, scale, centres, out }, cancel);
    if (!(found.inertia < inertia)) break;
    inertia = found.inertia;
    // A centre without rows stays where it is.
    centres = centres.map((value, at) => {
      const weight = found.weights[Math.floor(at / p)];
      return weight > 0 ? found.sums[at] / weight : value;
    });
  }
  return { labels, inertia };
}

/** d + 1: one over the standard deviation of each column and of the target; 0 for constants and columns nobody uses. */
function scalesOf({ train, d, expertColumns, gateColumns, cancel }: Problem): Float64Array {
  const { mean, covariance } = secondMoments(train, d, cancel);
  return Float64Array.from({ length: d + 1 }, (_, j) => {
    const isUsed = j === d || expertColumns[j] === 1 || gateColumns[j] === 1;
    const variance = covariance[j * (d + 1) + j];
    return isUsed && variance > 1e-12 * mean[j] ** 2 ? 1 / Math.sqrt(variance) : 0;
  });
}

/** k-means++: the first centre is any row, each next one a row drawn by its squared distance to the centres so far. */
function firstCentres({ train, d, k, cancel }: Problem, scale: Float64Array, random: Random): Float64Array {
  const { n } = train;
  const weights = weightsOf(train, d);
  const p = d + 1;
  const centres = new Float64Array(k * p);
  const squares = new Float64Array(n).fill(1);
  const out = { labels: new Int32Array(n), squares };
  for (let i = 0; i < k; i++) {
    const row = drawn(squares, weights, random.uniform());
    const { x, y } = takenRows(train, d, [row]);
    for (let j = 0; j < d; j++) centres[i * p + j] = scale[j] * x[j];
    centres[i * p + d] = scale[d] * y[0];
    nearestCentres(train, d, { k: i + 1, scale, centres, out }, cancel);
  }
  return centres;
}

/** The row in which the running sum of weight times square passes the share of its total. */
function drawn(squares: Float64Array, weights: Float64Array | null, share: number): number {
  const mass = (row: number) => squares[row] * (weights === null ? 1 : weights[row]);
  let total = 0;
  for (let row = 0; row < squares.length; row++) total += mass(row);
  let left = share * total;
  for (let row = 0; row < squares.length; row++) {
    left -= mass(row);
    if (left < 0) return row;
  }
  return squares.length - 1;
}
