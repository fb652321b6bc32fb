import type { Problem } from '../../model/problem';
import { framedRows } from '../../model/row-windows';
import type { Parameters } from '../../model/spec';
import { secondMoments } from '../../moments/second-moments';

/** A problem whose columns and target have about unit size, and the way there and back for parameters. */
export interface UnitScale {
  readonly problem: Problem;
  inward(parameters: Parameters): Parameters;
  outward(parameters: Parameters): Parameters;
}

/** Sizes within these bounds are left as they are. */
const [SMALL, LARGE] = [0.9, 1.1];
/** Size of a column, of the largest one's, that is what centring leaves of a constant. */
const NOTHING = 1e-12;
/** As is a mean below this share of the spread. */
const CENTRED = 0.1;

/**
 * The problem for a descent whose steps have one size in all parameters: columns divided by their root mean square, and where experts
 * are linear the target too, after its mean where they have intercepts. (Other responses have the target in their own range.) Rows that
 * have unit size already, as standardised ones do, are not copied.
 */
export function unitScale(problem: Problem): UnitScale {
  const { d, train, activation, intercept, noise, cancel } = problem;
  const { mean, covariance } = secondMoments(train, d, cancel);
  const varianceOf = (a: number) => covariance[a * (d + 1) + a];
  const isLinear = activation.id === 'linear';
  const offset = isLinear && intercept ? centreOf(mean[d], Math.sqrt(varianceOf(d))) : 0;
  const scale = isLinear ? near1(Math.sqrt(varianceOf(d) + (intercept ? 0 : mean[d] ** 2))) : 1;
  const sizes = Float64Array.from({ length: d }, (_, j) => Math.sqrt(varianceOf(j) + mean[j] ** 2));
  const nothing = NOTHING * sizes.reduce((most, size) => Math.max(most, size), 0);
  const columns = sizes.map((size) => (size > nothing ? near1(size) : 1));
  const floor = problem.sigmaFloor / scale;
  const isUnit = offset === 0 && scale === 1 && columns.every((column) => column === 1);
  const frame = {
    centers: Float64Array.from({ length: d + 1 }, (_, j) => (j < d ? 0 : offset)),
    scales: Float64Array.of(...columns, scale),
  };
  return {
    problem: {
      ...problem,
      train: isUnit ? train : framedRows(train, d, frame),
      test: null,
      noise: noise.kind === 'fixed' ? { kind: 'fixed', sigma: noise.sigma / scale } : noise,
      gateScale: problem.gateScale.map((value, j) => value / columns[j]),
      sigmaFloor: floor,
      initial: null,
    },
    inward: (parameters) => ({
      ...parameters,
      expertWeights: parameters.expertWeights.map((value, at) => (value * columns[at % d]) / scale),
      expertIntercepts: parameters.expertIntercepts.map((value) => (value - offset) / scale),
      sigmas: parameters.sigmas.map((value) => value / scale),
      gateWeights: parameters.gateWeights.map((value, at) => value * columns[at % d]),
    }),
    outward: (parameters) => ({
      ...parameters,
      expertWeights: parameters.expertWeights.map((value, at) => (value / columns[at % d]) * scale),
      expertIntercepts: parameters.expertIntercepts.map((value) => value * scale + offset),
      // What rests on the floor must be seen to: rounding may lift it.
      sigmas: parameters.sigmas.map((value) => (value <= floor ? problem.sigmaFloor : value * scale)),
      gateWeights: parameters.gateWeights.map((value, at) => value / columns[at % d]),
    }),
  };
}

/** 0 for a mean that is small beside the spread. */
const centreOf = (mean: number, sd: number): number => (Math.abs(mean) < CENTRED * sd ? 0 : mean);

/** 1 for a size about 1, and for that of a column of zeros. */
const near1 = (size: number): number => (size > 0 && !(size > SMALL && size < LARGE) ? size : 1);
