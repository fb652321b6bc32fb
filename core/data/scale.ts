import { finish, inBlocks, type Steps } from '../turns';
import type { ActivationId, NoiseModel } from '../model/spec';
import type { DesignRecipe } from './types';

/** Mean and standard deviation (n - 1) of each column of an n × d matrix. */
export interface Moments {
  readonly means: Float64Array;
  readonly sds: Float64Array;
}

/**
 * Two passes in the order of the rows: the same digits every time, and none lost to a large mean. What enters a fit is never
 * taken from the table engine's aggregates, whose last digits change from run to run.
 */
export const columnMoments = (z: Float64Array, n: number, d: number): Moments => finish(momentsInSteps(z, n, d));

/** The same in turns. */
export function* momentsInSteps(z: Float64Array, n: number, d: number): Steps<Moments> {
  const means = new Float64Array(d);
  const sds = new Float64Array(d);
  yield* inBlocks(n, d, (from, to) => {
    for (let i = from; i < to; i++) for (let j = 0; j < d; j++) means[j] += z[i * d + j];
  });
  for (let j = 0; j < d; j++) means[j] /= n;
  yield* inBlocks(n, 2 * d, (from, to) => {
    for (let i = from; i < to; i++) for (let j = 0; j < d; j++) sds[j] += (z[i * d + j] - means[j]) ** 2;
  });
  for (let j = 0; j < d; j++) sds[j] = n > 1 ? Math.sqrt(sds[j] / (n - 1)) : 0;
  return { means, sds };
}

/** Center and scale of each column: x = (z - center) / scale. Without intercepts nothing is centred, so that 0 stays 0. */
export function inputScaling(
  { means, sds }: Moments,
  recipe: Pick<DesignRecipe, 'preprocess' | 'intercept'>,
): { centers: Float64Array; scales: Float64Array } {
  const standardise = recipe.preprocess === 'standardise';
  return {
    centers: standardise && recipe.intercept ? means : new Float64Array(means.length),
    // A spread too small for its reciprocal is no spread.
    scales: standardise ? sds.map((sd) => (Number.isFinite(1 / sd) ? sd : 1)) : new Float64Array(sds.length).fill(1),
  };
}

/**
 * How the target is scaled for the fit: y = offset + scale * y_fit. Linear experts see a standardised target; the others one
 * inside the range of their activation, with a margin of a twentieth of that range at both ends where it is bounded. Without
 * intercepts, or by choice, the target is left as it is.
 *
 * @param target  the training rows', at least two different values
 */
export function outputScaling(
  target: Float64Array,
  activation: ActivationId,
  recipe: Pick<DesignRecipe, 'output' | 'intercept'>,
): { offset: number; scale: number } {
  if (recipe.output === 'none' || !recipe.intercept) return { offset: 0, scale: 1 };
  const { means, sds } = columnMoments(target, target.length, 1);
  const low = target.reduce((least, y) => Math.min(least, y), Number.POSITIVE_INFINITY);
  const high = target.reduce((most, y) => Math.max(most, y), Number.NEGATIVE_INFINITY);
  switch (activation) {
    case 'linear':
      return { offset: means[0], scale: sds[0] };
    case 'relu':
      return { offset: low, scale: sds[0] };
    case 'leaky-relu':
      return { offset: 0, scale: sds[0] };
    case 'sigmoid':
      return intoRange(low, high, 0.05, 0.95);
    case 'tanh':
      return intoRange(low, high, -0.9, 0.9);
  }
}

/** The map that takes [from, to] onto [low, high]. */
function intoRange(low: number, high: number, from: number, to: number): { offset: number; scale: number } {
  const scale = (high - low) / (to - from);
  return { offset: low - from * scale, scale };
}

/** The noise a fit estimates, in target units when it is a number. */
export type Noise = 'per-expert' | 'shared' | number;

/** Fewer distinct values than this, or one value in a larger share of the rows, and a target counts as discrete. */
const DISTINCT_VALUES = 30;
const TIED_SHARE = 0.05;

/** How far a target is from a continuous one. */
export interface Ties {
  /** Different values. */
  readonly distinct: number;
  /** The most frequent value (the smallest of equals) and its share of the rows. */
  readonly mode: number;
  readonly share: number;
}

export function tiesOf(target: Float64Array): Ties {
  // Sorted, equal values stand together; counting them in a map takes five times as long where all differ.
  const sorted = target.slice().sort();
  let [distinct, mode, most] = [0, Number.NaN, 0];
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    do to++;
    while (to < sorted.length && sorted[to] === sorted[from]);
    distinct++;
    if (to - from > most) [mode, most] = [sorted[from], to - from];
  }
  return { distinct, mode, share: most / sorted.length };
}

/**
 * What was chosen, or else one sigma for each expert unless the target is discrete: on tied values the likelihood of a free
 * sigma grows without bound.
 */
export function resolveNoise(
  chosen: Noise | null,
  { distinct, mode, share }: Ties,
): { noise: Noise; note: string | null } {
  if (chosen !== null) return { noise: chosen, note: null };
  if (distinct < DISTINCT_VALUES)
    return {
      noise: 'shared',
      note: `The target has only ${distinct} different values, so one noise level is shared by all experts.`,
    };
  if (share > TIED_SHARE)
    return {
      noise: 'shared',
      note: `The target is ${mode} in ${Math.round(100 * share)}% of the rows, so one noise level is shared by all experts.`,
    };
  return { noise: 'per-expert', note: null };
}

/** The noise in the coordinates of the fit. */
export const noiseModel = (noise: Noise, outputScale: number): NoiseModel =>
  typeof noise === 'number' ? { kind: 'fixed', sigma: noise / outputScale } : { kind: noise };
