import { activationOf } from '../model/activations';
import type { Rows } from '../model/problem';
import type { Activation, Parameters } from '../model/spec';
import { affineScores, loadBlock, makeBlock, packAffine, padded } from './block';
import { addMoments, type AlongLines, alongLines, loadAlong, type Moments, momentsLength } from './expert-moments';
import { addLines } from './gram';
import { type Kernel, pass } from './pass';
import { logNormalisersOf, posteriors, type PosteriorLines } from './posteriors';

/** The experts of one set of parameters. */
export type Experts = Pick<Parameters, 'expertWeights' | 'expertIntercepts'>;

export interface ExpertMoveRequest {
  /** Where the E-step was taken. */
  readonly from: Parameters;
  readonly to: Experts;
  readonly activation: Activation;
  /** As in `ExpectationRequest`. */
  readonly background: number;
  /** Whether slopes and moments at the new experts are wanted, and moments of what. */
  readonly derivatives: Moments;
}

/**
 * What other experts are worth under the responsibilities r of the old parameters, s = r + background: EM's M-step lowers each
 * expert's `residuals`. z = (1, x), μ = g(η) and η of the new experts.
 */
export interface ExpertMove {
  /** k: Σ w s_i (y − μ_i)². */
  readonly residuals: Float64Array;
  /** k × (d + 1): Σ w s_i (y − μ_i) g'(η_i) z. Empty unless asked for. */
  readonly slopes: Float64Array;
  /** k triangles over the z of `Moments`: Σ w s_i g'(η_i)² z z'. Empty unless asked for. */
  readonly moments: Float64Array;
}

interface Scratch extends PosteriorLines {
  readonly old: Float64Array;
  readonly moved: Float64Array;
  readonly gate: Float64Array;
  readonly along: AlongLines;
  /** Log-likelihood, squared error and weight of the old parameters, which nobody asked for. */
  readonly known: Float64Array;
  readonly scores: Float64Array;
  readonly slopes: Float64Array;
  readonly line: Float64Array;
  readonly work: Float64Array;
}

const perExpert = (derivatives: Moments, d: number) =>
  derivatives === false ? 0 : d + 1 + momentsLength(derivatives, d);

const expertMoveKernel: Kernel<ExpertMoveRequest, Scratch> = {
  name: 'expert-move',
  length: ({ from, derivatives }, d) => from.k * (1 + perExpert(derivatives, d)),
  work: ({ from, derivatives }, d) => from.k * (3 * d + 60 + perExpert(derivatives, d)),
  scratch({ from, to, derivatives }, d, blockRows) {
    const { k, sigmas } = from;
    const lines = () => new Float64Array(k * blockRows);
    return {
      block: makeBlock(d, blockRows),
      old: packAffine(from.expertIntercepts, from.expertWeights, k, d),
      moved: packAffine(to.expertIntercepts, to.expertWeights, k, d),
      gate: packAffine(from.gateIntercepts, from.gateWeights, k, d),
      along: alongLines(derivatives, k, d, blockRows),
      logNormalisers: logNormalisersOf(sigmas),
      precisions: sigmas.map((sigma) => 1 / sigma),
      known: new Float64Array(3),
      means: lines(),
      scores: lines(),
      slopes: lines(),
      probabilities: lines(),
      responsibilities: lines(),
      line: new Float64Array(blockRows),
      work: new Float64Array(2 * blockRows),
    };
  },
  block(rows: Rows, d, from, to, request, scratch, sums) {
    const { k } = request.from;
    const { background, derivatives } = request;
    const { block, along, means, scores, slopes, probabilities, responsibilities, line, work } = scratch;
    const { stride, z, weights } = block;
    const count = to - from;
    const end = padded(count);
    const length = momentsLength(derivatives, d);
    const { respond, slope } = activationOf(request.activation);
    loadBlock(block, rows, d, from, to);
    affineScores(scratch.old, k, d, block, count, means);
    affineScores(scratch.moved, k, d, block, count, scores);
    loadAlong(along, k, d, block, count);
    affineScores(scratch.gate, k, d, block, count, probabilities);
    for (let i = 0; i < k; i++) {
      respond(means, i * stride, i * stride + end);
      if (derivatives) slope(scores, slopes, i * stride, i * stride + end);
      respond(scores, i * stride, i * stride + end);
    }
    posteriors(k, d, count, scratch, scratch.known);
    for (let i = 0; i < k; i++) {
      const first = i * stride;
      let squares = 0;
      for (let r = 0; r < end; r++) {
        const residual = z[(d + 1) * stride + r] - scores[first + r];
        const told = weights[r] * (responsibilities[first + r] + background);
        squares += told * residual * residual;
        if (!derivatives) continue;
        line[r] = told * residual * slopes[first + r];
        responsibilities[first + r] = told * (slopes[first + r] * slopes[first + r]);
      }
      sums[i] += squares;
      if (!derivatives) continue;
      addLines(line, 0, z, stride, d + 1, count, sums, k + i * (d + 1));
      addMoments(along, i, responsibilities, first, block, d, count, work, sums, k * (d + 2) + i * length);
    }
  },
};

/** One pass that prices a move of the experts. */
export function expertMove(rows: Rows, d: number, request: ExpertMoveRequest, cancel: Int32Array): ExpertMove {
  const sums = pass(expertMoveKernel, rows, d, request, cancel);
  const { k } = request.from;
  const moments = request.derivatives ? k * (d + 2) : k;
  return { residuals: sums.subarray(0, k), slopes: sums.subarray(k, moments), moments: sums.subarray(moments) };
}
