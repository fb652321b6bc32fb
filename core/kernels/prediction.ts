import { activationOf } from '../model/activations';
import type { Activation, Parameters } from '../model/spec';
import { affineScores, type Block, loadBlock, makeBlock, packAffine } from './block';
import type { Kernel } from './pass';
import { softmax } from './softmax';

/** Where the predictions of each row go; made by the caller, each row written by one worker. */
export interface PredictionRows {
  /** n: Σ_i p_i μ_i. */
  readonly mean: Float64Array;
  /** n: the standard deviation of the mixture. */
  readonly sd: Float64Array;
  /** n × k, row-major. */
  readonly gates: Float64Array;
  /** n × k, row-major: each expert's own prediction. */
  readonly means: Float64Array;
}

export interface PredictionRequest {
  readonly parameters: Parameters;
  readonly activation: Activation;
  /** Null when only the sums are wanted. */
  readonly out: PredictionRows | null;
}

interface Scratch {
  readonly block: Block;
  readonly expert: Float64Array;
  readonly gate: Float64Array;
  readonly means: Float64Array;
  readonly probabilities: Float64Array;
}

/** Sums: Σ w (y − prediction)², Σ w, then Σ w p_i for each expert. */
export const predictionKernel: Kernel<PredictionRequest, Scratch> = {
  name: 'prediction',
  length: ({ parameters }) => 2 + parameters.k,
  work: ({ parameters }, d) => parameters.k * (2 * d + 20),
  scratch: ({ parameters }, d, blockRows) => ({
    block: makeBlock(d, blockRows),
    expert: packAffine(parameters.expertIntercepts, parameters.expertWeights, parameters.k, d),
    gate: packAffine(parameters.gateIntercepts, parameters.gateWeights, parameters.k, d),
    means: new Float64Array(parameters.k * blockRows),
    probabilities: new Float64Array(parameters.k * blockRows),
  }),
  block(rows, d, from, to, { parameters, activation, out }, scratch, sums) {
    const { k, sigmas } = parameters;
    const { block, means, probabilities } = scratch;
    const { stride, z, weights } = block;
    const count = to - from;
    const end = k * stride;
    const { respond } = activationOf(activation);
    loadBlock(block, rows, d, from, to);
    affineScores(scratch.expert, k, d, block, count, means);
    for (let i = 0; i < k; i++) respond(means, i * stride, i * stride + count);
    affineScores(scratch.gate, k, d, block, count, probabilities);
    for (let r = 0; r < count; r++) {
      softmax(probabilities, r, stride, end);
      let mean = 0;
      for (let at = r; at < end; at += stride) mean += probabilities[at] * means[at];
      const residual = z[(d + 1) * stride + r] - mean;
      sums[0] += weights[r] * residual * residual;
      sums[1] += weights[r];
      for (let i = 0; i < k; i++) sums[2 + i] += weights[r] * probabilities[i * stride + r];
      if (out === null) continue;
      const row = from + r;
      // Around the mean, not as a difference of squares: nothing cancels.
      let variance = 0;
      for (let i = 0, at = r; i < k; i++, at += stride) {
        const away = means[at] - mean;
        variance += probabilities[at] * (sigmas[i] * sigmas[i] + away * away);
        out.gates[row * k + i] = probabilities[at];
        out.means[row * k + i] = means[at];
      }
      out.mean[row] = mean;
      out.sd[row] = Math.sqrt(variance);
    }
  },
};
