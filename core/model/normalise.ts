import type { Problem, Rows } from './problem';
import type { Parameters } from './spec';

/** A problem in coordinates that are good to compute in, and the way back. */
export interface Normalised {
  readonly problem: Problem;
  /** The same mixture in the coordinates of the original problem. */
  restore(parameters: Parameters): Parameters;
}

/** Columns within these bounds (rows centred or not) lose no digits that matter. */
const FAR_FROM_ZERO = 3;
const LARGE = 10;

/**
 * Centres and scales the columns of a problem whose inputs were not standardised: normal equations of raw columns would lose twice
 * the digits their size has over their spread. Columns are not centred where intercepts are off. The objective is the same number in
 * both coordinates. A problem that is near standard already is returned as it stands, its rows not copied.
 */
export function normalise(problem: Problem): Normalised {
  const { d, train, test, intercept, gateScale } = problem;
  const { centers, scales } = columnFrame(train, d, intercept);
  const isNear = scales.every(
    (scale, j) => scale < LARGE && scale > 1 / LARGE && Math.abs(centers[j]) < FAR_FROM_ZERO * scale,
  );
  if (isNear) return { problem, restore: (parameters) => parameters };
  const moved = (rows: Rows): Rows => ({
    ...rows,
    x: rows.x.map((value, at) => (value - centers[at % d]) / scales[at % d]),
  });
  return {
    problem: {
      ...problem,
      train: moved(train),
      test: test && moved(test),
      gateScale: gateScale.map((scale, j) => scale / scales[j]),
    },
    restore: (parameters) => restored(parameters, centers, scales),
  };
}

/** Weighted mean of each column (0 where intercepts are off) and root mean square around it (1 where that is 0). */
function columnFrame({ n, x, weights }: Rows, d: number, intercept: boolean) {
  const centers = new Float64Array(d);
  const squares = new Float64Array(d);
  const weightOf = (r: number) => (weights === null ? 1 : weights[r]);
  let total = 0;
  for (let r = 0; r < n; r++) total += weightOf(r);
  if (intercept)
    for (let r = 0; r < n; r++) for (let j = 0; j < d; j++) centers[j] += (weightOf(r) / total) * x[r * d + j];
  for (let r = 0; r < n; r++)
    for (let j = 0; j < d; j++) squares[j] += (weightOf(r) / total) * (x[r * d + j] - centers[j]) ** 2;
  const scales = squares.map((square, j) => (square > (1e-12 * centers[j]) ** 2 ? Math.sqrt(square) : 1));
  return { centers, scales };
}

function restored(parameters: Parameters, centers: Float64Array, scales: Float64Array): Parameters {
  const { k, d } = parameters;
  const unscale = (weights: Float64Array) => weights.map((weight, at) => weight / scales[at % d]);
  const expertWeights = unscale(parameters.expertWeights);
  const gateWeights = unscale(parameters.gateWeights);
  const uncentre = (intercepts: Float64Array, weights: Float64Array) =>
    intercepts.map((intercept, i) => {
      let moved = intercept;
      for (let j = 0; j < d; j++) moved -= weights[i * d + j] * centers[j];
      return moved;
    });
  return {
    k,
    d,
    expertWeights,
    expertIntercepts: uncentre(parameters.expertIntercepts, expertWeights),
    sigmas: parameters.sigmas,
    gateWeights,
    gateIntercepts: uncentre(parameters.gateIntercepts, gateWeights),
  };
}
