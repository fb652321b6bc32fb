import type { Activation, Parameters } from '../model/spec';
import { type Block, loadBlock, makeBlock, makeLines, packAffine } from './block';
import { STRIDE } from './lines';
import type { Kernel } from './pass';

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
  readonly logTotals: Float64Array;
}

/** Sums: Σ w (y − prediction)², Σ w, then Σ w p_i for each expert. */
export const predictionKernel: Kernel<PredictionRequest, Scratch> = {
  name: 'prediction',
  length: ({ parameters }) => 2 + parameters.k,
  writes: ({ out }) => out !== null,
  work: ({ parameters }, d) => parameters.k * (2 * d + 20),
  scratch: (lines, { parameters }, d) => ({
    block: makeBlock(lines, d),
    expert: packAffine(lines, parameters.expertIntercepts, parameters.expertWeights, parameters.k, d),
    gate: packAffine(lines, parameters.gateIntercepts, parameters.gateWeights, parameters.k, d),
    means: makeLines(lines, parameters.k),
    probabilities: makeLines(lines, parameters.k),
    logTotals: makeLines(lines, 1),
  }),
  block(lines, rows, d, from, to, { parameters, activation, out }, scratch, sums) {
    const { k, sigmas } = parameters;
    const { block, means, probabilities } = scratch;
    const { z, weights } = block;
    const p = d + 1;
    const count = to - from;
    const end = k * STRIDE;
    loadBlock(lines, block, rows, d, from, to);
    lines.affineScores(scratch.expert, k, p, z, count, means);
    for (let i = 0; i < k; i++) lines.respond(activation, means, i * STRIDE, count);
    lines.affineScores(scratch.gate, k, p, z, count, probabilities);
    lines.softmax(probabilities, k, count, scratch.logTotals);
    for (let r = 0; r < count; r++) {
      let mean = 0;
      for (let at = r; at < end; at += STRIDE) mean += probabilities[at] * means[at];
      const residual = z[p * STRIDE + r] - mean;
      sums[0] += weights[r] * residual * residual;
      sums[1] += weights[r];
      for (let i = 0; i < k; i++) sums[2 + i] += weights[r] * probabilities[i * STRIDE + r];
      if (out === null) continue;
      const row = from + r;
      // Around the mean, not as a difference of squares: nothing cancels.
      let variance = 0;
      for (let i = 0, at = r; i < k; i++, at += STRIDE) {
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
