import { affineScores, type Block, loadBlock, makeBlock, padded } from '../kernels/block';
import { addLines } from '../kernels/gram';
import { type Kernel, pass } from '../kernels/pass';
import { softmax } from '../kernels/softmax';
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

const assignmentKernel: Kernel<LogOdds, { block: Block; odds: Float64Array }> = {
  name: 'mixture-assignment',
  length: ({ components }, d) => 1 + components * (d + 1),
  work: ({ components }, d) => components * (2 * d + 20),
  scratch: ({ components }, d, blockRows) => ({
    block: makeBlock(d, blockRows),
    odds: new Float64Array(components * blockRows),
  }),
  block(rows, d, from, to, { components, affine }, { block, odds }, sums) {
    const { stride, z, weights } = block;
    const count = to - from;
    loadBlock(block, rows, d, from, to);
    affineScores(affine, components, d, block, count, odds);
    for (let r = 0; r < count; r++) sums[0] += weights[r] * softmax(odds, r, stride, components * stride);
    for (let j = 0; j < components; j++) {
      const line = j * stride;
      odds.fill(0, line + count, line + padded(count));
      for (let r = 0; r < count; r++) odds[line + r] *= weights[r];
      addLines(odds, line, z, stride, d + 1, count, sums, 1 + j * (d + 1));
    }
  },
};

/** One pass over the rows. */
export function assignmentSums(rows: Rows, d: number, odds: LogOdds, cancel: Int32Array): AssignmentSums {
  const sums = pass(assignmentKernel, rows, d, odds, cancel);
  return { logNormaliser: sums[0], responsibilities: sums.subarray(1) };
}
