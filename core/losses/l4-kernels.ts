import { type Block, loadBlock, makeBlock, makeLines, packAffine } from '../kernels/block';
import { padded, STRIDE } from '../kernels/lines';
import type { Kernel } from '../kernels/pass';
import { triangle } from '../kernels/triangle';

/** Directions b_1 .. b_k, k × q. */
export interface DirectionsRequest {
  readonly k: number;
  readonly directions: Float64Array;
}

interface AveragesScratch {
  readonly block: Block;
  readonly affine: Float64Array;
  /** k lines each: P and its squares. */
  readonly projections: Float64Array;
  readonly squares: Float64Array;
  readonly work: Float64Array;
}

/**
 * Sums over the rows, whose target is the quartic label t and whose weight is the quadratic label v: Σ t, Σ v, Σ v P_i², then the
 * triangles of Σ t P_i P_j and Σ t P_i² P_j².
 */
export const l4AveragesKernel: Kernel<DirectionsRequest, AveragesScratch> = {
  name: 'l4-averages',
  length: ({ k }) => 2 + k + 2 * triangle(k),
  work: ({ k }, q) => k * (q + 2 * k + 4),
  scratch: (lines, { k, directions }, q) => ({
    block: makeBlock(lines, q),
    affine: packAffine(lines, new Float64Array(k), directions, k, q),
    projections: makeLines(lines, k),
    squares: makeLines(lines, k),
    work: makeLines(lines, 2),
  }),
  block(lines, rows, q, from, to, { k }, { block, affine, projections, squares, work }, sums) {
    const { z, weights } = block;
    const count = to - from;
    const labels = (q + 1) * STRIDE;
    loadBlock(lines, block, rows, q, from, to);
    lines.affineScores(affine, k, q + 1, z, count, projections);
    for (let i = 0; i < k; i++) {
      const first = i * STRIDE;
      lines.multiply(projections, first, projections, first, count, squares, first);
    }
    // The first line of z is 1.
    lines.addLines(z, labels, z, 1, count, sums, 0);
    lines.addLines(weights, 0, z, 1, count, sums, 1);
    lines.addLines(weights, 0, squares, k, count, sums, 2);
    lines.addGram(z, labels, projections, k, count, work, sums, 2 + k);
    lines.addGram(z, labels, squares, k, count, work, sums, 2 + k + triangle(k));
  },
};

/** The slope along P_i of a row: 2 u_i v P_i + t Σ_j P_j (l_ij + 4 w_ij P_i P_j). */
export interface PullRequest extends DirectionsRequest {
  /** k: u. */
  readonly lengths: Float64Array;
  /** k × k: l and w. */
  readonly linear: Float64Array;
  readonly weights: Float64Array;
}

interface PullScratch {
  readonly block: Block;
  readonly affine: Float64Array;
  readonly projections: Float64Array;
  readonly slopes: Float64Array;
}

/** k × (1 + q): sums over the rows of the slope along P_i times (1, z). */
export const l4PullKernel: Kernel<PullRequest, PullScratch> = {
  name: 'l4-pull',
  length: ({ k }, q) => k * (q + 1),
  work: ({ k }, q) => 2 * k * (q + 2 * k),
  scratch: (lines, { k, directions }, q) => ({
    block: makeBlock(lines, q),
    affine: packAffine(lines, new Float64Array(k), directions, k, q),
    projections: makeLines(lines, k),
    slopes: makeLines(lines, 1),
  }),
  block(lines, rows, q, from, to, { k, lengths, linear, weights: w }, { block, affine, projections, slopes }, sums) {
    const { z, weights } = block;
    const count = to - from;
    const end = padded(count);
    const labels = (q + 1) * STRIDE;
    loadBlock(lines, block, rows, q, from, to);
    lines.affineScores(affine, k, q + 1, z, count, projections);
    for (let i = 0; i < k; i++) {
      const first = i * STRIDE;
      for (let r = 0; r < end; r++) slopes[r] = 2 * lengths[i] * weights[r] * projections[first + r];
      for (let j = 0, at = i * k; j < k; j++, at++) {
        for (let r = 0; r < end; r++) {
          const other = projections[j * STRIDE + r];
          slopes[r] += z[labels + r] * other * (linear[at] + 4 * w[at] * projections[first + r] * other);
        }
      }
      lines.addLines(slopes, 0, z, q + 1, count, sums, i * (q + 1));
    }
  },
};
