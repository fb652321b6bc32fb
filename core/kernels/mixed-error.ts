import type { Activation, Parameters } from '../model/spec';
import { type Block, loadBlock, makeBlock, makeLines, packAffine } from './block';
import { padded, STRIDE } from './lines';
import type { Kernel } from './pass';

export interface MixedErrorRequest {
  readonly parameters: Parameters;
  readonly activation: Activation;
  /** As in `ExpectationRequest`: what every row counts for every expert besides. */
  readonly background: number;
}

interface Scratch {
  readonly block: Block;
  readonly expert: Float64Array;
  readonly gate: Float64Array;
  /** k lines each. */
  readonly means: Float64Array;
  readonly slopes: Float64Array;
  readonly probabilities: Float64Array;
  /** A line each: of the prediction, of its weighted error, and of what is added up. */
  readonly predictions: Float64Array;
  readonly errors: Float64Array;
  readonly added: Float64Array;
}

/**
 * The squared error of the mixed prediction ŷ = Σ_i p_i μ_i and how it falls (Gated-NN's ℓ2 loss), e = y − ŷ, z = (1, x). Sums: Σ w e²;
 * Σ w; k × (d + 1) of Σ w (e p_i + background (y − μ_i)) g'(η_i) z; k × (d + 1) of Σ w e p_i (μ_i − ŷ) z: minus the gradients of half the
 * squared error in experts and gates, the pseudo-rows' own squared errors included.
 */
export const mixedErrorKernel: Kernel<MixedErrorRequest, Scratch> = {
  name: 'mixed-error',
  length: ({ parameters }, d) => 2 + 2 * parameters.k * (d + 1),
  work: ({ parameters }, d) => parameters.k * (4 * d + 30),
  scratch(lines, { parameters }, d) {
    const { k } = parameters;
    return {
      block: makeBlock(lines, d),
      expert: packAffine(lines, parameters.expertIntercepts, parameters.expertWeights, k, d),
      gate: packAffine(lines, parameters.gateIntercepts, parameters.gateWeights, k, d),
      means: makeLines(lines, k),
      slopes: makeLines(lines, k),
      probabilities: makeLines(lines, k),
      predictions: makeLines(lines, 1),
      errors: makeLines(lines, 1),
      added: makeLines(lines, 1),
    };
  },
  block(lines, rows, d, from, to, request, scratch, sums) {
    const { k } = request.parameters;
    const { activation, background } = request;
    const { block, means, slopes, probabilities, predictions, errors, added } = scratch;
    const { z, weights } = block;
    const p = d + 1;
    const count = to - from;
    const end = padded(count);
    const target = p * STRIDE;
    loadBlock(lines, block, rows, d, from, to);
    lines.affineScores(scratch.expert, k, p, z, count, means);
    lines.affineScores(scratch.gate, k, p, z, count, probabilities);
    for (let i = 0; i < k; i++) {
      lines.slope(activation, means, i * STRIDE, count, slopes);
      lines.respond(activation, means, i * STRIDE, count);
    }
    lines.softmax(probabilities, k, count, predictions);
    for (let r = 0; r < end; r++) {
      let prediction = 0;
      for (let at = r; at < k * STRIDE; at += STRIDE) prediction += probabilities[at] * means[at];
      const error = z[target + r] - prediction;
      predictions[r] = prediction;
      errors[r] = weights[r] * error;
      sums[0] += weights[r] * error * error;
      sums[1] += weights[r];
    }
    for (let i = 0; i < k; i++) {
      const first = i * STRIDE;
      for (let r = 0; r < end; r++) {
        const own = background * weights[r] * (z[target + r] - means[first + r]);
        added[r] = (errors[r] * probabilities[first + r] + own) * slopes[first + r];
      }
      lines.addLines(added, 0, z, p, count, sums, 2 + i * p);
      for (let r = 0; r < end; r++)
        added[r] = errors[r] * probabilities[first + r] * (means[first + r] - predictions[r]);
      lines.addLines(added, 0, z, p, count, sums, 2 + (k + i) * p);
    }
  },
};
