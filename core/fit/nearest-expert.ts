import { affineScores, type Block, loadBlock, makeBlock, packAffine } from '../kernels/block';
import { type Kernel, pass } from '../kernels/pass';
import type { Problem } from '../model/problem';
import type { Parameters } from '../model/spec';

interface Scratch {
  readonly block: Block;
  readonly expert: Float64Array;
  readonly means: Float64Array;
}

/** Σ w min_i (y − μ_i)² and Σ w, linear experts. */
const nearestExpertKernel: Kernel<Parameters, Scratch> = {
  name: 'nearest-expert',
  length: () => 2,
  work: ({ k }, d) => k * (d + 4),
  scratch: ({ k, expertIntercepts, expertWeights }, d, blockRows) => ({
    block: makeBlock(d, blockRows),
    expert: packAffine(expertIntercepts, expertWeights, k, d),
    means: new Float64Array(k * blockRows),
  }),
  block(rows, d, from, to, { k }, { block, expert, means }, sums) {
    const { stride, z, weights } = block;
    loadBlock(block, rows, d, from, to);
    affineScores(expert, k, d, block, to - from, means);
    for (let r = 0; r < to - from; r++) {
      let nearest = Infinity;
      for (let i = 0; i < k; i++) {
        const residual = z[(d + 1) * stride + r] - means[i * stride + r];
        nearest = Math.min(nearest, residual * residual);
      }
      sums[0] += weights[r] * nearest;
      sums[1] += weights[r];
    }
  },
};

/** How much wider than the nearest expert's residuals the first sigma is. */
const WIDENING = 1.5;

/**
 * A sigma to start EM with from experts that are only roughly right: 1.5 √(mean_n min_i (y − μ_i)²). With the true, small sigma
 * the responsibilities of such experts would be sure of themselves and wrong.
 */
export function cautiousSigma({ train, d, sigmaFloor, cancel }: Problem, parameters: Parameters): number {
  const [squares, weight] = pass(nearestExpertKernel, train, d, parameters, cancel);
  return Math.max(2 * sigmaFloor, WIDENING * Math.sqrt(squares / weight));
}
