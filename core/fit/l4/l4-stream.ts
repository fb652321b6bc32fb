import { l4, type L4Weights } from '../../losses/l4';
import { type LabelledSample, sampleForms } from '../../losses/sample-forms';
import type { Random } from '../../random';
import { clip, cosineRate, type OptimiserId, optimiserOf } from '../sgd/optimiser';

/** A mini-batch at each call: fresh rows of a stream, or rows drawn from a table. */
export type BatchSource = () => LabelledSample;

export interface L4StreamOptions {
  readonly weights: L4Weights;
  readonly optimiser: OptimiserId;
  /** The rate falls from the first to the last along half a cosine. */
  readonly rates: readonly [number, number];
  readonly steps: number;
  /** Largest length of a step's gradient. */
  readonly clip: number;
  /** Standard deviation of the directions' first entries. */
  readonly spread: number;
  /** Steps between two reports. */
  readonly every: number;
}

export interface L4StreamReport {
  /** Steps done. */
  readonly step: number;
  /** k × q, a copy: the dual vectors so far. */
  readonly directions: Float64Array;
  /** L4 of the last batch, before its step; NaN at the beginning. */
  readonly loss: number;
}

/** A descent on the published defaults: Adam, rates .01 to .0001, gradients clipped at 20, entries of size .3 for ten features. */
export const streamDefaults = (q: number): Omit<L4StreamOptions, 'weights'> => ({
  optimiser: 'adam',
  rates: [0.01, 1e-4],
  steps: 4000,
  clip: 20,
  spread: 0.95 / Math.sqrt(q),
  every: 50,
});

/**
 * Stochastic gradient descent on L4 in the ambient space (Gated-NN, section 4), one mini-batch a step.
 *
 * On fresh batches this descends the population's loss, whose minima are the dual vectors. On rows that are used again it descends
 * the empirical L4, which is unbounded below: outside the regressors' span T4's sampling error is indefinite and λ (T2 − 1)² is flat.
 * There a ridge δ must hold it.
 */
export function* l4Stream(
  batches: BatchSource,
  k: number,
  q: number,
  options: L4StreamOptions,
  random: Random,
): Generator<L4StreamReport, Float64Array, void> {
  const { weights, rates, steps, every } = options;
  const directions = Float64Array.from({ length: k * q }, () => options.spread * random.normal());
  const optimiser = optimiserOf(options.optimiser, k * q);
  yield { step: 0, directions: directions.slice(), loss: Number.NaN };
  for (let step = 0; step < steps; step++) {
    const { value, gradient } = l4(sampleForms(batches(), k), directions, weights);
    clip(gradient, options.clip);
    optimiser.step(directions, gradient, cosineRate(rates[0], rates[1], step, steps));
    if ((step + 1) % every === 0 || step + 1 === steps)
      yield { step: step + 1, directions: directions.slice(), loss: value };
  }
  return directions;
}
