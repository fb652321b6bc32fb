import { type Block, loadBlock, makeBlock, makeLines } from '../kernels/block';
import { type Kernel, pass } from '../kernels/pass';
import { triangle, triangleIndex } from '../kernels/triangle';
import type { Rows } from '../model/problem';

/** Weighted mean and covariance of the features and the target, (x, y), with the target last. */
export interface SecondMoments {
  /** Σ w: the number of rows, a row of weight 2 counted twice. */
  readonly weight: number;
  /** d + 1. */
  readonly mean: Float64Array;
  /** (d + 1) × (d + 1), about the mean, divided by the weight. */
  readonly covariance: Float64Array;
}

export const secondMomentsKernel: Kernel<null, { block: Block; work: Float64Array }> = {
  name: 'second-moments',
  length: (_, d) => triangle(d + 2),
  work: (_, d) => triangle(d + 2),
  scratch: (lines, _, d) => ({ block: makeBlock(lines, d), work: makeLines(lines, 2) }),
  block(lines, rows, d, from, to, _, { block, work }, sums) {
    loadBlock(lines, block, rows, d, from, to);
    lines.addGram(block.weights, 0, block.z, d + 2, to - from, work, sums, 0);
  },
};

/** One pass over the rows. */
export function secondMoments(rows: Rows, d: number, cancel: Int32Array): SecondMoments {
  const sums = pass(secondMomentsKernel, rows, d, null, cancel);
  const q = d + 2;
  const weight = sums[0];
  const mean = Float64Array.from({ length: d + 1 }, (_, a) => sums[triangleIndex(q, 0, a + 1)] / weight);
  const covariance = new Float64Array((d + 1) * (d + 1));
  for (let a = 0; a <= d; a++) {
    for (let b = a; b <= d; b++) {
      const value = sums[triangleIndex(q, a + 1, b + 1)] / weight - mean[a] * mean[b];
      covariance[a * (d + 1) + b] = value;
      covariance[b * (d + 1) + a] = value;
    }
  }
  return { weight, mean, covariance };
}
