import { quantiles } from '../../quantile';
import type { Check } from '../types';
import { plainNumber } from '../words';
import { rowsHeld, sampledRows, type FittedMixture } from './fitted-mixture';

/**
 * Three simulated experts of unit slopes with noise 0.5 have a spread of 1.6 and each iteration of EM takes a third off its error; with
 * noise 1 they have 0.8 and it takes a tenth.
 */
const CLEAR = 1;
/** A judgement: a target value then shifts the odds between two experts by a few per cent. */
const HIDDEN = 0.3;

/**
 * The spread of the experts' means around their average, over the noise: √(Σ_i π_i (μ_i − μ̄)² / Σ_i π_i σ_i²) with shares π, in the
 * median row (far rows, where a line runs away from rows it never saw, would rule a mean).
 */
export function signalToNoise(mixture: FittedMixture): Check {
  const id = 'signal-to-noise';
  const { predicted, model } = mixture;
  const k = model.experts.length;
  const rows = rowsHeld(mixture);
  const total = rows.reduce((a, b) => a + b, 0);
  const shares = rows.map((held) => held / total);
  const noise = Math.sqrt(shares.reduce((sum, share, e) => sum + share * model.experts[e].sigma ** 2, 0));
  const spreads = Float64Array.from(sampledRows(mixture), (i) => {
    let mean = 0;
    for (let e = 0; e < k; e++) mean += shares[e] * predicted.means[i * k + e];
    let square = 0;
    for (let e = 0; e < k; e++) square += shares[e] * (predicted.means[i * k + e] - mean) ** 2;
    return Math.sqrt(square);
  });
  const ratio = quantiles(spreads, [0.5])[0] / noise;
  const facts = `On a typical row the experts’ means spread ${plainNumber(ratio, 2)} times as far as the noise`;
  if (ratio >= CLEAR) return { id, light: 'green', sentence: `${facts}: a target value tells its expert well.` };
  return ratio >= HIDDEN
    ? {
        id,
        light: 'amber',
        sentence: `${facts}: the experts overlap and EM is slow, so allow many iterations and compare with one expert fewer.`,
      }
    : {
        id,
        light: 'red',
        sentence: `${facts}: the noise hides which expert a row comes from; try fewer experts or more rows.`,
      };
}
