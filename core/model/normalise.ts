import type { Problem, Rows } from './problem';
import { framedRows, weightOf, windows } from './row-windows';
import type { Parameters } from './spec';

/** A problem in coordinates that are good to compute in, and the way back. */
export interface Normalised {
  readonly problem: Problem;
  /** The same mixture in the coordinates of the original problem. */
  restore(parameters: Parameters): Parameters;
}

/** Columns within these bounds are taken as standardised: to the n or n − 1 of the standard deviation and to rounding. */
const CENTRED = 0.01;
const SCALED = 0.1;

/**
 * Centres and scales the columns of a problem whose inputs were not standardised: normal equations of raw columns would lose twice
 * the digits their size has over their spread, and random starts should not depend on the origin. The objective is the same number in
 * both coordinates. Where intercepts are off nothing may be centred and the solvers scale by themselves; there, and where the
 * columns are standard already, the problem comes back as it stands, its rows not copied.
 */
export function normalise(problem: Problem): Normalised {
  const asItStands = { problem, restore: (parameters: Parameters) => parameters };
  const { d, train, test, intercept, gateScale, initial } = problem;
  if (!intercept) return asItStands;
  const { centers, scales } = columnFrame(train, d);
  const isStandard = scales.every((scale, j) => Math.abs(scale - 1) < SCALED && Math.abs(centers[j]) < CENTRED);
  if (isStandard) return asItStands;
  const frame = { centers: Float64Array.of(...centers, 0), scales: Float64Array.of(...scales, 1) };
  const standard = (rows: Rows): Rows => framedRows(rows, d, frame);
  return {
    problem: {
      ...problem,
      train: standard(train),
      test: test && standard(test),
      gateScale: gateScale.map((scale, j) => scale / scales[j]),
      initial: initial && moved(initial, centers, scales),
    },
    restore: (parameters) => restored(parameters, centers, scales),
  };
}

/** Weighted mean of each column and its standard deviation (1 for a constant). */
function columnFrame(rows: Rows, d: number) {
  const centers = new Float64Array(d);
  const squares = new Float64Array(d);
  const total = weightOf(rows, d);
  for (const { first, from, to, x, weights } of windows(rows, d))
    for (let r = from - first; r < to - first; r++) {
      const share = (weights === null ? 1 : weights[r]) / total;
      for (let j = 0; j < d; j++) centers[j] += share * x[r * d + j];
    }
  for (const { first, from, to, x, weights } of windows(rows, d))
    for (let r = from - first; r < to - first; r++) {
      const share = (weights === null ? 1 : weights[r]) / total;
      for (let j = 0; j < d; j++) squares[j] += share * (x[r * d + j] - centers[j]) ** 2;
    }
  const scales = squares.map((square, j) => (square > (1e-12 * centers[j]) ** 2 ? Math.sqrt(square) : 1));
  return { centers, scales };
}

/** The same mixture over (x − center) / scale. */
const moved = (parameters: Parameters, centers: Float64Array, scales: Float64Array): Parameters =>
  restored(
    parameters,
    centers.map((center, j) => -center / scales[j]),
    scales.map((scale) => 1 / scale),
  );

/** The same mixture over x, given over (x − center) / scale. */
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
