import { type Block, loadBlock, makeBlock, makeLines, reachable } from '../kernels/block';
import { STRIDE } from '../kernels/lines';
import { type Kernel, pass } from '../kernels/pass';
import { clearPadding } from '../kernels/posteriors';
import type { Rows } from '../model/problem';

/** Components of a mixture over the inputs by the logarithms of their weighted densities, up to a term common to all. */
export interface LogOdds {
  readonly components: number;
  /** components × (d + 1), the constant first: affine in (1, x), as components of one covariance have them. */
  readonly affine: Float64Array;
}

/** Sums of one E-step of a mixture over the inputs, r the responsibilities softmax(affine (1, x)). */
export interface AssignmentSums {
  /** Σ w log Σ_j exp(odds_j). */
  readonly logNormaliser: number;
  /** components × (d + 1): Σ w r_j (1, x). */
  readonly responsibilities: Float64Array;
}

interface Scratch {
  readonly block: Block;
  readonly affine: Float64Array;
  readonly odds: Float64Array;
  readonly logTotals: Float64Array;
}

export const assignmentKernel: Kernel<LogOdds, Scratch> = {
  name: 'mixture-assignment',
  length: ({ components }, d) => 1 + components * (d + 1),
  work: ({ components }, d) => components * (2 * d + 20),
  scratch: (lines, { components, affine }, d) => ({
    block: makeBlock(lines, d),
    affine: reachable(lines, affine),
    odds: makeLines(lines, components),
    logTotals: makeLines(lines, 1),
  }),
  block(lines, rows, d, from, to, { components }, { block, affine, odds, logTotals }, sums) {
    const { z, weights } = block;
    const count = to - from;
    loadBlock(lines, block, rows, d, from, to);
    lines.affineScores(affine, components, d + 1, z, count, odds);
    lines.softmax(odds, components, count, logTotals);
    clearPadding(odds, components, count);
    for (let r = 0; r < count; r++) sums[0] += weights[r] * logTotals[r];
    for (let j = 0; j < components; j++) {
      const line = j * STRIDE;
      lines.multiply(weights, 0, odds, line, count, odds, line);
      lines.addLines(odds, line, z, d + 1, count, sums, 1 + j * (d + 1));
    }
  },
};

/** One pass over the rows. */
export function assignmentSums(rows: Rows, d: number, odds: LogOdds, cancel: Int32Array): AssignmentSums {
  const sums = pass(assignmentKernel, rows, d, odds, cancel);
  return { logNormaliser: sums[0], responsibilities: sums.subarray(1) };
}
