import { activationOf } from '../model/activations';
import type { Activation, Parameters } from '../model/spec';
import { affineScores, type Block, loadBlock, makeBlock, packAffine, padded } from './block';
import { addLines } from './gram';
import type { Kernel } from './pass';
import { softmax } from './softmax';

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
  readonly means: Float64Array;
  readonly slopes: Float64Array;
  readonly probabilities: Float64Array;
  readonly line: Float64Array;
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
  scratch({ parameters }, d, blockRows) {
    const { k } = parameters;
    const lines = () => new Float64Array(k * blockRows);
    return {
      block: makeBlock(d, blockRows),
      expert: packAffine(parameters.expertIntercepts, parameters.expertWeights, k, d),
      gate: packAffine(parameters.gateIntercepts, parameters.gateWeights, k, d),
      means: lines(),
      slopes: lines(),
      probabilities: lines(),
      line: new Float64Array(3 * blockRows),
    };
  },
  block(rows, d, from, to, request, scratch, sums) {
    const { k } = request.parameters;
    const { block, means, slopes, probabilities, line } = scratch;
    const { stride, z, weights } = block;
    const count = to - from;
    const end = padded(count);
    const last = k * stride;
    const target = (d + 1) * stride;
    const activation = activationOf(request.activation);
    loadBlock(block, rows, d, from, to);
    affineScores(scratch.expert, k, d, block, count, means);
    affineScores(scratch.gate, k, d, block, count, probabilities);
    for (let i = 0; i < k; i++) {
      activation.slope(means, slopes, i * stride, i * stride + end);
      activation.respond(means, i * stride, i * stride + end);
    }
    // Lines of the prediction and of its weighted error; the third line is what is added up.
    for (let r = 0; r < end; r++) {
      softmax(probabilities, r, stride, last);
      let prediction = 0;
      for (let at = r; at < last; at += stride) prediction += probabilities[at] * means[at];
      const error = z[target + r] - prediction;
      line[r] = prediction;
      line[stride + r] = weights[r] * error;
      sums[0] += weights[r] * error * error;
      sums[1] += weights[r];
    }
    const added = 2 * stride;
    for (let i = 0; i < k; i++) {
      const first = i * stride;
      for (let r = 0; r < end; r++) {
        const own = request.background * weights[r] * (z[target + r] - means[first + r]);
        line[added + r] = (line[stride + r] * probabilities[first + r] + own) * slopes[first + r];
      }
      addLines(line, added, z, stride, d + 1, count, sums, 2 + i * (d + 1));
      for (let r = 0; r < end; r++)
        line[added + r] = line[stride + r] * probabilities[first + r] * (means[first + r] - line[r]);
      addLines(line, added, z, stride, d + 1, count, sums, 2 + (k + i) * (d + 1));
    }
  },
};
