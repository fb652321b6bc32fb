import type { Problem } from '../../model/problem';
import { emptyParameters, type Parameters } from '../../model/spec';
import { type Coordinates, identity, looksStandard, weightsOf, whitening } from '../../moments/coordinates';
import type { TargetUnits, TensorData } from '../../moments/label-tensor';
import { type SecondMoments, secondMoments } from '../../moments/second-moments';
import type { Base } from './direction-options';
import { cautiousSigma } from './nearest-expert';

/** What a search for directions brings home, beside whatever else it has to say. */
export interface Directions {
  /** k × d weights on x; each one's coordinates z have unit norm, so that it varies by 1 where z is white. */
  readonly weights: Float64Array;
}

/** Experts along directions that were found, the gate still 0. */
export interface Candidate<F extends Directions = Directions> {
  readonly base: Base;
  readonly found: F;
  /** The base plus one target spread along each direction (unit norm behind a nonlinear response); cautious sigma. */
  readonly start: Parameters;
}

/** The noise of a nonlinear response, as a share of the target's spread, where it is not given (measured: fits hardly care). */
export const NOISE_SHARE = 0.3;

/** A residual variance below this share of the target's is rounding. */
const EXPLAINED = 1e-12;

/** The inputs in coordinates in which they are N(0, I), as the moment methods suppose. */
export interface Inputs {
  readonly moments: SecondMoments;
  readonly coordinates: Coordinates;
  readonly whitened: boolean;
}

/**
 * Inputs are whitened, except, where `asTheyMay`, where intercepts are off and the inputs are N(0, I) to sampling error: there the
 * papers' algorithms apply to them as they stand.
 *
 * @returns null where the columns have fewer independent directions than there are experts
 */
export function inputsOf(
  { train, d, k, intercept, expertColumns, cancel }: Problem,
  asTheyMay: boolean,
): Inputs | null {
  const moments = secondMoments(train, d, cancel);
  const asTheyStand = asTheyMay && !intercept && looksStandard(moments, d, expertColumns);
  const coordinates = asTheyStand ? identity(d, expertColumns) : whitening(moments, d, expertColumns);
  return coordinates && coordinates.q >= k ? { moments, coordinates, whitened: !asTheyStand } : null;
}

/**
 * One candidate a base; a base whose moments say nothing is left out.
 *
 * Label transforms are made for experts of unit norm. A linear response has a target of variance 1 + sigma² then, so the target is
 * measured in units of its spread: P3's 3 (1 + sigma²) is 3 times its mean square, whatever sigma. Behind any other response the
 * units are part of the model and stay, and sigma has to be guessed where it is not given.
 */
export function candidatesAlong<F extends Directions>(
  problem: Problem,
  inputs: Inputs,
  bases: readonly Base[],
  find: (data: TensorData) => F | null,
): Candidate<F>[] {
  const { train, d, cancel } = problem;
  return bases.flatMap((base) => {
    const units = unitsOf(problem, inputs, base);
    if (!units) return [];
    const found = find({ rows: train, d, weight: inputs.moments.weight, units, cancel });
    return found ? [{ base, found, start: startAlong(problem, inputs.moments, units, found) }] : [];
  });
}

/** Whether the noise level is neither given nor without meaning for the label transforms. */
export const guessesNoise = ({ activation, noise }: Problem): boolean =>
  activation.id !== 'linear' && noise.kind !== 'fixed';

/** Sigma for the label transforms; 0 for the linear response, whose units of the target hold it. */
export function noiseOf({ activation, noise, d }: Problem, { moments: { covariance } }: Inputs): number {
  if (activation.id === 'linear') return 0;
  return noise.kind === 'fixed' ? noise.sigma : NOISE_SHARE * Math.sqrt(covariance[d * (d + 1) + d]);
}

function unitsOf({ activation, d }: Problem, inputs: Inputs, base: Base): TargetUnits | null {
  if (activation.id !== 'linear') return { base: new Float64Array(d + 1), scale: 1 };
  const { moments, coordinates, whitened } = inputs;
  return whitened ? aboutBase(moments, d, base, coordinates) : aboutZero(moments, d);
}

function aboutZero({ mean, covariance }: SecondMoments, d: number): TargetUnits {
  return { base: new Float64Array(d + 1), scale: Math.sqrt(covariance[d * (d + 1) + d] + mean[d] ** 2) };
}

/** Null where the base leaves nothing of the target. */
function aboutBase(
  { mean, covariance }: SecondMoments,
  d: number,
  base: Base,
  coordinates: Coordinates,
): TargetUnits | null {
  const line = new Float64Array(d + 1);
  const variance = covariance[d * (d + 1) + d];
  let left = variance;
  if (base === 'least-squares') {
    // In white coordinates the least-squares slopes are the covariances with the target.
    const slopes = Float64Array.from({ length: coordinates.q }, (_, i) => {
      let sum = 0;
      for (let j = 0; j < d; j++) sum += coordinates.affine[i * (d + 1) + 1 + j] * covariance[j * (d + 1) + d];
      return sum;
    });
    line.set(weightsOf(coordinates, d, slopes), 1);
    left -= slopes.reduce((sum, slope) => sum + slope * slope, 0);
  }
  line[0] = mean[d];
  for (let j = 0; j < d; j++) line[0] -= line[j + 1] * mean[j];
  return left > EXPLAINED * variance ? { base: line, scale: Math.sqrt(left) } : null;
}

function startAlong(problem: Problem, moments: SecondMoments, units: TargetUnits, found: Directions): Parameters {
  const { k, d, intercept } = problem;
  const start = emptyParameters(k, d);
  for (let i = 0; i < k; i++) {
    let constant = units.base[0];
    for (let j = 0; j < d; j++) {
      const along = units.scale * found.weights[i * d + j];
      start.expertWeights[i * d + j] = units.base[j + 1] + along;
      constant -= along * moments.mean[j];
    }
    start.expertIntercepts[i] = intercept ? constant : 0;
  }
  start.sigmas.fill(cautiousSigma(problem, start));
  return start;
}

/** The same experts scaled to unit norm, the papers' regressors. */
export function unitNorm(problem: Problem, start: Parameters): Parameters {
  const { k, d } = start;
  const expertWeights = start.expertWeights.slice();
  for (let i = 0; i < k; i++) {
    const a = expertWeights.subarray(i * d, (i + 1) * d);
    const norm = Math.hypot(...a);
    for (let j = 0; j < d; j++) a[j] /= norm;
  }
  const scaled = { ...start, expertWeights };
  return { ...scaled, sigmas: start.sigmas.slice().fill(cautiousSigma(problem, scaled)) };
}
