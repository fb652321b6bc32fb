import { type Block, loadBlock, makeBlock, makeLines, packAffine } from '../../kernels/block';
import { STRIDE } from '../../kernels/lines';
import { type Kernel, pass } from '../../kernels/pass';
import type { Problem } from '../../model/problem';
import type { Activation, Parameters } from '../../model/spec';

interface Request {
  readonly parameters: Parameters;
  readonly activation: Activation;
}

interface Scratch {
  readonly block: Block;
  readonly expert: Float64Array;
  readonly means: Float64Array;
}

/** Σ w min_i (y − μ_i)² and Σ w. */
export const nearestExpertKernel: Kernel<Request, Scratch> = {
  name: 'nearest-expert',
  length: () => 2,
  work: ({ parameters }, d) => parameters.k * (d + 10),
  scratch: (lines, { parameters: { k, expertIntercepts, expertWeights } }, d) => ({
    block: makeBlock(lines, d),
    expert: packAffine(lines, expertIntercepts, expertWeights, k, d),
    means: makeLines(lines, k),
  }),
  block(lines, rows, d, from, to, { parameters, activation }, { block, expert, means }, sums) {
    const { k } = parameters;
    const { z, weights } = block;
    loadBlock(lines, block, rows, d, from, to);
    lines.affineScores(expert, k, d + 1, z, to - from, means);
    for (let i = 0; i < k; i++) lines.respond(activation, means, i * STRIDE, to - from);
    for (let r = 0; r < to - from; r++) {
      let nearest = Infinity;
      for (let i = 0; i < k; i++) {
        const residual = z[(d + 1) * STRIDE + r] - means[i * STRIDE + r];
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
export function cautiousSigma({ train, d, activation, sigmaFloor, cancel }: Problem, parameters: Parameters): number {
  const [squares, weight] = pass(nearestExpertKernel, train, d, { parameters, activation }, cancel);
  return Math.max(2 * sigmaFloor, WIDENING * Math.sqrt(squares / weight));
}
