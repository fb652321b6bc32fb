import type { Rows } from '../model/problem';
import { columnOf, columnWindows, isInMemory, isWeighted } from '../model/row-windows';
import { sortedNumbers } from '../sorted';
import type { Steps } from '../turns';
import type { ActivationId, NoiseModel } from '../model/spec';
import { weightsByValue } from './scaling/weights-by-value';
import type { DesignRecipe } from './types';

/** Where values lie. */
export interface Spread {
  readonly mean: number;
  /** See `rowMoments`. */
  readonly sd: number;
  readonly low: number;
  readonly high: number;
}

/**
 * How the target is scaled for the fit: y = offset + scale * y_fit. Linear experts see a standardised target; the others one
 * inside the range of their activation, with a margin of a twentieth of that range at both ends where it is bounded. Without
 * intercepts, or by choice, the target is left as it is.
 *
 * @param target  of the training rows, at least two different values
 */
export function outputScaling(
  { mean, sd, low, high }: Spread,
  activation: ActivationId,
  recipe: Pick<DesignRecipe, 'output' | 'intercept'>,
): { offset: number; scale: number } {
  if (recipe.output === 'none' || !recipe.intercept) return { offset: 0, scale: 1 };
  switch (activation) {
    case 'linear':
      return { offset: mean, scale: sd };
    case 'relu':
      return { offset: low, scale: sd };
    case 'leaky-relu':
      return { offset: 0, scale: sd };
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
  /** The most frequent value (the smallest of equals) and its share of the rows, or of their weights. */
  readonly mode: number;
  readonly share: number;
}

/** Of rows wherever they are, in turns. The share is of the weights where there are some. */
export function* tiesInSteps(rows: Rows, d: number): Steps<Ties> {
  // Sorted, equal values stand together; counting them in a map takes five times as long where all differ.
  const sorted = yield* sortedNumbers(isInMemory(rows) ? rows.y.slice() : columnOf(rows, d, d));
  const counts = isWeighted(rows) ? yield* weightsByValue(sorted, () => columnWindows(rows, d, d)) : null;
  let [distinct, mode, most, total] = [0, Number.NaN, 0, 0];
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    do to++;
    while (to < sorted.length && sorted[to] === sorted[from]);
    const count = counts === null ? to - from : counts[distinct];
    distinct++;
    total += count;
    if (count > most) [mode, most] = [sorted[from], count];
  }
  return { distinct, mode, share: most / total };
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
