import { type Block, padded } from './block';
import { softmax } from './softmax';

/** The lines of one block from which posteriors are made; all k × stride. */
export interface PosteriorLines {
  readonly block: Block;
  /** k: −log σ_i − log √(2π). */
  readonly logNormalisers: Float64Array;
  /** k: 1 / σ_i. */
  readonly precisions: Float64Array;
  /** μ_i. */
  readonly means: Float64Array;
  /** Gate scores; overwritten by the gate's probabilities. */
  readonly probabilities: Float64Array;
  /** Overwritten by the responsibilities. */
  readonly responsibilities: Float64Array;
}

const LOG_SQRT_2_PI = 0.5 * Math.log(2 * Math.PI);

/** What of a Gaussian density depends on its sigma alone. */
export const logNormalisersOf = (sigmas: Float64Array): Float64Array =>
  sigmas.map((sigma) => -Math.log(sigma) - LOG_SQRT_2_PI);

/**
 * Turns gate scores into probabilities and fills the responsibilities; adds log-likelihood, squared error and weight to the first
 * three sums. In logs throughout: a density underflows beyond 38 standard deviations.
 */
export function posteriors(k: number, d: number, count: number, lines: PosteriorLines, sums: Float64Array): void {
  const { block, means, probabilities, responsibilities, logNormalisers, precisions } = lines;
  const { stride, z, weights } = block;
  const end = k * stride;
  let logLikelihood = 0;
  let squaredError = 0;
  let weight = 0;
  for (let r = 0; r < count; r++) {
    const y = z[(d + 1) * stride + r];
    for (let at = r; at < end; at += stride) responsibilities[at] = probabilities[at];
    const logTotal = softmax(probabilities, r, stride, end);
    for (let i = 0, at = r; at < end; i++, at += stride) {
      const standardised = (y - means[at]) * precisions[i];
      responsibilities[at] += logNormalisers[i] - 0.5 * standardised * standardised - logTotal;
    }
    let prediction = 0;
    for (let at = r; at < end; at += stride) prediction += probabilities[at] * means[at];
    const logDensity = softmax(responsibilities, r, stride, end);
    const w = weights[r];
    logLikelihood += w * logDensity;
    squaredError += w * (y - prediction) * (y - prediction);
    weight += w;
  }
  sums[0] += logLikelihood;
  sums[1] += squaredError;
  sums[2] += weight;
  const padding = padded(count);
  for (let i = 0; i < k; i++) {
    probabilities.fill(0, i * stride + count, i * stride + padding);
    responsibilities.fill(0, i * stride + count, i * stride + padding);
  }
}
