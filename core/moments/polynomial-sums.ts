import { affineScores, type Block, loadBlock, makeBlock, padded } from '../kernels/block';
import { addGram, addLines, triangle } from '../kernels/gram';
import { type Kernel, pass } from '../kernels/pass';
import type { Rows } from '../model/problem';
import type { Monomials } from './monomials';

/** A polynomial t(u) of the target in its own units u = (y − base·(1, x)) / scale, less a remainder linear in z. */
export interface Label {
  /** d + 1, the constant first. */
  readonly base: Float64Array;
  readonly scale: number;
  /** t(u) = c_0 + c_1 u + c_2 u² + .. */
  readonly coefficients: readonly number[];
  /** q + 1, the constant first: t(u) − remainder·(1, z) is what is summed. */
  readonly remainder: Float64Array;
}

export interface PolynomialRequest {
  /** Monomials of the coordinates z. */
  readonly monomials: Monomials;
  /** q × (d + 1): z = coordinates (1, x). */
  readonly coordinates: Float64Array;
  readonly label: Label;
  /** Whether the monomials' own products are wanted too. */
  readonly gram: boolean;
}

export interface PolynomialSums {
  /** Σ w t m(z), one a monomial m. */
  readonly moments: Float64Array;
  /** Upper triangle of Σ w m(z) m(z)'; empty unless asked for. */
  readonly gram: Float64Array;
}

interface Scratch extends LabelScratch {
  /** q × stride. */
  readonly z: Float64Array;
  /** One line a monomial. */
  readonly lines: Float64Array;
  readonly line: Float64Array;
}

const polynomialKernel: Kernel<PolynomialRequest, Scratch> = {
  name: 'polynomial',
  length: ({ monomials, gram }) => monomials.count + (gram ? triangle(monomials.count) : 0),
  work: ({ monomials, gram }, d) => monomials.q * d + 2 * monomials.count + (gram ? triangle(monomials.count) : 0),
  scratch({ monomials }, d, blockRows) {
    return {
      block: makeBlock(d, blockRows),
      z: new Float64Array(monomials.q * blockRows),
      lines: new Float64Array(monomials.count * blockRows),
      base: new Float64Array(blockRows),
      target: new Float64Array(blockRows),
      line: new Float64Array(2 * blockRows),
    };
  },
  block(rows, d, from, to, request, scratch, sums) {
    const { monomials, label } = request;
    const { block, lines, target, line } = scratch;
    const { stride } = block;
    const count = to - from;
    loadBlock(block, rows, d, from, to);
    affineScores(request.coordinates, monomials.q, d, block, count, scratch.z);
    fillMonomials(monomials, scratch.z, lines, stride, padded(count));
    fillLabel(label, scratch.z, monomials.q, d, scratch, padded(count));
    addLines(target, 0, lines, stride, monomials.count, count, sums, 0);
    if (request.gram) addGram(block.weights, 0, lines, stride, monomials.count, count, line, sums, monomials.count);
  },
};

/** Lines of the monomials of the lines z; the first is 1. */
export function fillMonomials(
  { count, variables, parents }: Monomials,
  z: Float64Array,
  lines: Float64Array,
  stride: number,
  end: number,
): void {
  lines.fill(1, 0, end);
  for (let m = 1; m < count; m++) {
    const parent = parents[m] * stride;
    const variable = variables[m][variables[m].length - 1] * stride;
    const at = m * stride;
    for (let r = 0; r < end; r++) lines[at + r] = lines[parent + r] * z[variable + r];
  }
}

/** What a label needs of one thread. */
export interface LabelScratch {
  readonly block: Block;
  readonly base: Float64Array;
  /** The line that is filled. */
  readonly target: Float64Array;
}

/** The weighted label w (t(u) − remainder·(1, z)) of each row, z the first q lines; 0 in the padding, whose weights are 0. */
export function fillLabel(
  label: Label,
  z: Float64Array,
  q: number,
  d: number,
  { block, base, target }: LabelScratch,
  end: number,
): void {
  const { stride } = block;
  const { coefficients, remainder } = label;
  affineScores(label.base, 1, d, block, end, base);
  for (let r = 0; r < end; r++) {
    const u = (block.z[(d + 1) * stride + r] - base[r]) / label.scale;
    let t = 0;
    for (let m = coefficients.length - 1; m >= 0; m--) t = t * u + coefficients[m];
    t -= remainder[0];
    for (let j = 0; j < q; j++) t -= remainder[j + 1] * z[j * stride + r];
    target[r] = block.weights[r] * t;
  }
}

/** One pass over the rows. */
export function polynomialSums(rows: Rows, d: number, request: PolynomialRequest, cancel: Int32Array): PolynomialSums {
  const sums = pass(polynomialKernel, rows, d, request, cancel);
  const { count } = request.monomials;
  return { moments: sums.subarray(0, count), gram: sums.subarray(count) };
}
