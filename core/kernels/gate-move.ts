import type { Rows } from '../model/problem';
import type { Parameters } from '../model/spec';
import { type Block, loadBlock, makeBlock, makeLines, packAffine } from './block';
import { addCurvature, curvatureLength } from './curvature';
import { STRIDE } from './lines';
import { type Kernel, pass } from './pass';
import { clearPadding } from './posteriors';

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
  /** k lines each. */
  readonly old: Float64Array;
  readonly probabilities: Float64Array;
  /** The new probabilities times the row weights. */
  readonly weighted: Float64Array;
  readonly line: Float64Array;
  /** Two lines. */
  readonly work: Float64Array;
}

export const gateMoveKernel: Kernel<GateMoveRequest, Scratch> = {
  name: 'gate-move',
  length: ({ from, curvature }, d) => 1 + from.k * (d + 1) + (curvature ? curvatureLength(from.k, d) : 0),
  work: ({ from, curvature }, d) => from.k * (3 * d + 40) + (curvature ? curvatureLength(from.k, d) : 0),
  scratch: (lines, { from, to }, d) => ({
    block: makeBlock(lines, d),
    from: packAffine(lines, from.gateIntercepts, from.gateWeights, from.k, d),
    to: packAffine(lines, to.gateIntercepts, to.gateWeights, to.k, d),
    old: makeLines(lines, from.k),
    probabilities: makeLines(lines, from.k),
    weighted: makeLines(lines, from.k),
    line: makeLines(lines, 1),
    work: makeLines(lines, 2),
  }),
  block(lines, rows, d, from, to, request, scratch, sums) {
    const { k } = request.from;
    const { block, old, probabilities, weighted, line, work } = scratch;
    const { z, weights } = block;
    const p = d + 1;
    const count = to - from;
    loadBlock(lines, block, rows, d, from, to);
    lines.affineScores(scratch.from, k, p, z, count, old);
    lines.affineScores(scratch.to, k, p, z, count, probabilities);
    lines.softmaxMove(old, probabilities, k, count, weights, sums, 0);
    clearPadding(probabilities, k, count);
    for (let i = 0; i < k; i++) {
      lines.multiply(weights, 0, probabilities, i * STRIDE, count, weighted, i * STRIDE);
      lines.addLines(weighted, i * STRIDE, z, p, count, sums, 1 + i * p);
    }
    if (request.curvature) addCurvature(lines, probabilities, weighted, k, d, z, count, line, work, sums, 1 + k * p);
  },
};

/** One pass that prices a move of the gate. */
export function gateMove(rows: Rows, d: number, request: GateMoveRequest, cancel: Int32Array): GateMove {
  const sums = pass(gateMoveKernel, rows, d, request, cancel);
  const end = 1 + request.from.k * (d + 1);
  return { cost: sums[0], gates: sums.subarray(1, end), curvature: sums.subarray(end) };
}
