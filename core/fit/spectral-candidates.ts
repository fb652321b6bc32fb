import { activationOf } from '../model/activations';
import type { Problem } from '../model/problem';
import { emptyParameters, type Parameters } from '../model/spec';
import { type Coordinates, identity, looksStandard, weightsOf, whitening } from '../moments/coordinates';
import type { TargetUnits } from '../moments/label-tensor';
import { labelTransforms } from '../moments/label-transforms';
import { fitGaussianMixture } from '../moments/gaussian-mixture';
import {
  type DirectionOptions,
  type MomentChoice,
  type RegressorDirections,
  regressorDirections,
} from '../moments/regressor-directions';
import { type SecondMoments, secondMoments } from '../moments/second-moments';
import { cautiousSigma } from './nearest-expert';

/** What the directions are taken from: the target itself, or what a common least-squares line leaves of it. */
export type Base = 'none' | 'least-squares';

/** Experts along the directions of the moments, the gate still 0. */
export interface Candidate {
  readonly base: Base;
  readonly found: RegressorDirections;
  /** The base plus one target spread along each direction (unit norm behind a nonlinear response); cautious sigma. */
  readonly start: Parameters;
}

/** The noise of a nonlinear response, as a share of the target's spread, where it is not given (measured: fits hardly care). */
export const NOISE_SHARE = 0.3;

/** A residual variance below this share of the target's is rounding. */
const EXPLAINED = 1e-12;

/** What the moments were taken in, and of. */
export interface Candidates {
  readonly candidates: readonly Candidate[];
  readonly whitened: boolean;
  /** Components of the inputs' mixture, where its score functions were asked for. */
  readonly components: number | null;
}

/** How the moments are taken; components of a mixture, 0 for as many as BIC asks for. */
export interface MomentOptions extends Pick<DirectionOptions, 'decomposition' | 'random'> {
  readonly moments: MomentChoice | 'gmm';
  readonly components: number;
}

/**
 * Directions from the moments of the training rows, one candidate a base; a base whose moments say nothing is left out.
 *
 * Label transforms are made for experts of unit norm. A linear response has a target of variance 1 + sigma² then, so the target is
 * measured in units of its spread: P3's 3 (1 + sigma²) is 3 times its mean square, whatever sigma. Behind any other response the
 * units are part of the model and stay, and sigma has to be guessed where it is not given. Inputs are whitened, except where
 * intercepts are off and the inputs are N(0, I) to sampling error: there the papers' algorithm applies to them as they stand. The
 * score functions of a mixture of normals are always taken in whitened inputs.
 */
export function spectralCandidates(problem: Problem, bases: readonly Base[], options: MomentOptions): Candidates {
  const { train, d, k, intercept, activation, expertColumns, cancel } = problem;
  const moments = secondMoments(train, d, cancel);
  const asTheyStand = !intercept && options.moments !== 'gmm' && looksStandard(moments, d, expertColumns);
  const coordinates = asTheyStand ? identity(d, expertColumns) : whitening(moments, d, expertColumns);
  const nothing = { candidates: [], whitened: !asTheyStand, components: null };
  if (!coordinates || coordinates.q < k) return nothing;
  const mixture =
    options.moments === 'gmm'
      ? fitGaussianMixture(
          { rows: train, d, usable: expertColumns, moments, coordinates, cancel },
          options.components,
          options.random,
        )
      : null;
  const choice = options.moments === 'gmm' ? mixture : options.moments;
  if (choice === null) return nothing;
  const transforms = labelTransforms(activationOf(activation).value, noiseOf(problem, moments));
  const candidates: Candidate[] = [];
  for (const base of bases) {
    const units = unitsOf(problem, moments, base, coordinates, asTheyStand);
    if (!units) continue;
    const data = { rows: train, d, weight: moments.weight, units, cancel };
    const found = regressorDirections(data, coordinates, transforms, k, { ...options, moments: choice });
    if (found) candidates.push({ base, found, start: startAlong(problem, moments, units, found) });
  }
  return { candidates, whitened: !asTheyStand, components: mixture?.components ?? null };
}

/** Whether the noise level is neither given nor without meaning for the label transforms. */
export const guessesNoise = ({ activation, noise }: Problem): boolean =>
  activation.id !== 'linear' && noise.kind !== 'fixed';

/** Sigma for the label transforms; 0 for the linear response, whose units of the target hold it. */
function noiseOf({ activation, noise, d }: Problem, { covariance }: SecondMoments): number {
  if (activation.id === 'linear') return 0;
  return noise.kind === 'fixed' ? noise.sigma : NOISE_SHARE * Math.sqrt(covariance[d * (d + 1) + d]);
}

function unitsOf(
  { activation, d }: Problem,
  moments: SecondMoments,
  base: Base,
  coordinates: Coordinates,
  asTheyStand: boolean,
): TargetUnits | null {
  if (activation.id !== 'linear') return { base: new Float64Array(d + 1), scale: 1 };
  return asTheyStand ? aboutZero(moments, d) : aboutBase(moments, d, base, coordinates);
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

function startAlong(
  problem: Problem,
  moments: SecondMoments,
  units: TargetUnits,
  found: RegressorDirections,
): Parameters {
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
