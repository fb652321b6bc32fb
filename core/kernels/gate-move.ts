import type { Rows } from '../model/problem';
import type { Parameters } from '../model/spec';
import { affineScores, type Block, loadBlock, makeBlock, packAffine, padded } from './block';
import { addLines } from './gram';
import { type Kernel, pass } from './pass';
import { addCurvature, curvatureLength, softmax } from './softmax';

/** The gate of one set of parameters. */
export type Gate = Pick<Parameters, 'k' | 'd' | 'gateWeights' | 'gateIntercepts'>;

export interface GateMoveRequest {
  readonly from: Gate;
  readonly to: Gate;
  readonly curvature: boolean;
}

/**
 * What a move of the gate costs. With the responsibilities r held, the gate's part of EM's objective Σ w Σ_i r_i log p_i changes by
 * Σ_i δ_i·(Σ w (r_i − p_i) z) − `cost`, δ the move and p the old probabilities. Keeping the linear part out of the pass loses no
 * digits where the move is small and the scores are large.
 */
export interface GateMove {
  /** Σ w [log Σ_i exp s_i(to) − log Σ_i exp s_i(from) − Σ_i p_i (s_i(to) − s_i(from))], never negative. */
  readonly cost: number;
  /** k × (d + 1): Σ w p_i z at the new gate. */
  readonly gates: Float64Array;
  /** At the new gate; empty unless asked for. */
  readonly curvature: Float64Array;
}

interface Scratch {
  readonly block: Block;
  readonly from: Float64Array;
  readonly to: Float64Array;
  readonly old: Float64Array;
  readonly probabilities: Float64Array;
  /** How far each score moved; then the weighted new probabilities. */
  readonly moved: Float64Array;
  readonly line: Float64Array;
  readonly work: Float64Array;
}

const gateMoveKernel: Kernel<GateMoveRequest, Scratch> = {
  name: 'gate-move',
  length: ({ from, curvature }, d) => 1 + from.k * (d + 1) + (curvature ? curvatureLength(from.k, d) : 0),
  work: ({ from, curvature }, d) => from.k * (3 * d + 40) + (curvature ? curvatureLength(from.k, d) : 0),
  scratch: ({ from, to }, d, blockRows) => ({
    block: makeBlock(d, blockRows),
    from: packAffine(from.gateIntercepts, from.gateWeights, from.k, d),
    to: packAffine(to.gateIntercepts, to.gateWeights, to.k, d),
    old: new Float64Array(from.k * blockRows),
    probabilities: new Float64Array(from.k * blockRows),
    moved: new Float64Array(from.k * blockRows),
    line: new Float64Array(blockRows),
    work: new Float64Array(2 * blockRows),
  }),
  block(rows, d, from, to, request, scratch, sums) {
    const { k } = request.from;
    const { block, old, probabilities, moved, line, work } = scratch;
    const { stride, z, weights } = block;
    const count = to - from;
    const end = padded(count);
    const last = k * stride;
    loadBlock(block, rows, d, from, to);
    affineScores(scratch.from, k, d, block, count, old);
    affineScores(scratch.to, k, d, block, count, probabilities);
    for (let r = 0; r < count; r++) {
      for (let at = r; at < last; at += stride) moved[at] = probabilities[at] - old[at];
      const before = softmax(old, r, stride, last);
      let slope = 0;
      for (let at = r; at < last; at += stride) slope += old[at] * moved[at];
      sums[0] += weights[r] * (softmax(probabilities, r, stride, last) - before - slope);
    }
    for (let i = 0; i < k; i++) {
      probabilities.fill(0, i * stride + count, i * stride + end);
      for (let r = 0; r < end; r++) moved[i * stride + r] = weights[r] * probabilities[i * stride + r];
      addLines(moved, i * stride, z, stride, d + 1, count, sums, 1 + i * (d + 1));
    }
    if (request.curvature)
      addCurvature(probabilities, moved, k, d, z, stride, count, line, work, sums, 1 + k * (d + 1));
  },
};

/** One pass that prices a move of the gate. */
export function gateMove(rows: Rows, d: number, request: GateMoveRequest, cancel: Int32Array): GateMove {
  const sums = pass(gateMoveKernel, rows, d, request, cancel);
  const end = 1 + request.from.k * (d + 1);
  return { cost: sums[0], gates: sums.subarray(1, end), curvature: sums.subarray(end) };
}
