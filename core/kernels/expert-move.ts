import type { Rows } from '../model/problem';
import type { Activation, Parameters } from '../model/spec';
import { loadBlock, makeLines, packAffine } from './block';
import { addMoments, type AlongLines, alongLines, loadAlong, type Moments, momentsLength } from './expert-moments';
import { STRIDE } from './lines';
import { type Kernel, pass } from './pass';
import { posteriors, type PosteriorScratch, posteriorScratch } from './posteriors';

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

interface Scratch extends PosteriorScratch {
  readonly old: Float64Array;
  readonly moved: Float64Array;
  readonly along: AlongLines;
  /** Log-likelihood, squared error and weight of the old parameters, which nobody asked for. */
  readonly known: Float64Array;
  /** k lines each. */
  readonly scores: Float64Array;
  readonly slopes: Float64Array;
  /** A line each. */
  readonly pull: Float64Array;
  readonly push: Float64Array;
  /** Two lines. */
  readonly work: Float64Array;
  /** An expert's squares, and its spread, which nobody asked for. */
  readonly spent: Float64Array;
}

const perExpert = (derivatives: Moments, d: number) =>
  derivatives === false ? 0 : d + 1 + momentsLength(derivatives, d);

export const expertMoveKernel: Kernel<ExpertMoveRequest, Scratch> = {
  name: 'expert-move',
  length: ({ from, derivatives }, d) => from.k * (1 + perExpert(derivatives, d)),
  work: ({ from, derivatives }, d) => from.k * (3 * d + 60 + perExpert(derivatives, d)),
  scratch(lines, { from, to, derivatives }, d) {
    const { k } = from;
    return {
      ...posteriorScratch(lines, from),
      old: packAffine(lines, from.expertIntercepts, from.expertWeights, k, d),
      moved: packAffine(lines, to.expertIntercepts, to.expertWeights, k, d),
      along: alongLines(lines, derivatives, k, d),
      known: lines.array(3),
      scores: makeLines(lines, k),
      slopes: makeLines(lines, k),
      pull: makeLines(lines, 1),
      push: makeLines(lines, 1),
      work: makeLines(lines, 2),
      spent: lines.array(2),
    };
  },
  block(lines, rows, d, from, to, request, scratch, sums) {
    const { k } = request.from;
    const { activation, background, derivatives } = request;
    const { block, along, means, scores, slopes, responsibilities, pull, push, work, spent } = scratch;
    const { z, weights } = block;
    const p = d + 1;
    const count = to - from;
    const length = momentsLength(derivatives, d);
    loadBlock(lines, block, rows, d, from, to);
    lines.affineScores(scratch.old, k, p, z, count, means);
    lines.affineScores(scratch.moved, k, p, z, count, scores);
    loadAlong(lines, along, k, d, block, count);
    for (let i = 0; i < k; i++) {
      lines.respond(activation, means, i * STRIDE, count);
      if (derivatives) lines.slope(activation, scores, i * STRIDE, count, slopes);
      lines.respond(activation, scores, i * STRIDE, count);
    }
    posteriors(lines, k, d, count, scratch, scratch.known);
    for (let i = 0; i < k; i++) {
      const first = i * STRIDE;
      spent.fill(0);
      lines.residuals(
        z,
        p * STRIDE,
        weights,
        background,
        scores,
        slopes,
        responsibilities,
        first,
        count,
        responsibilities,
        pull,
        push,
        spent,
        0,
        1,
      );
      sums[i] += spent[0];
      if (!derivatives) continue;
      lines.addLines(pull, 0, z, p, count, sums, k + i * p);
      addMoments(lines, along, i, push, block, d, count, work, sums, k * (d + 2) + i * length);
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
