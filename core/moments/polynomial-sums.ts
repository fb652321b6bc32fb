import { type Block, loadBlock, makeBlock, makeLines, reachable } from '../kernels/block';
import { type Lines, padded, STRIDE } from '../kernels/lines';
import { type Kernel, pass } from '../kernels/pass';
import { triangle } from '../kernels/triangle';
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
  readonly coordinates: Float64Array;
  /** q lines. */
  readonly z: Float64Array;
  /** One line a monomial. */
  readonly products: Float64Array;
  /** Two lines. */
  readonly work: Float64Array;
}

export const polynomialKernel: Kernel<PolynomialRequest, Scratch> = {
  name: 'polynomial',
  length: ({ monomials, gram }) => monomials.count + (gram ? triangle(monomials.count) : 0),
  work: ({ monomials, gram }, d) => monomials.q * d + 2 * monomials.count + (gram ? triangle(monomials.count) : 0),
  scratch: (lines, { monomials, coordinates, label }, d) => ({
    ...labelScratch(lines, label, d),
    coordinates: reachable(lines, coordinates),
    z: makeLines(lines, monomials.q),
    products: makeLines(lines, monomials.count),
    work: makeLines(lines, 2),
  }),
  block(lines, rows, d, from, to, request, scratch, sums) {
    const { monomials, label } = request;
    const { block, products, target, work } = scratch;
    const count = to - from;
    loadBlock(lines, block, rows, d, from, to);
    lines.affineScores(scratch.coordinates, monomials.q, d + 1, block.z, count, scratch.z);
    fillMonomials(lines, monomials, scratch.z, products, count);
    fillLabel(lines, label, scratch.z, monomials.q, d, scratch, count);
    lines.addLines(target, 0, products, monomials.count, count, sums, 0);
    if (request.gram) lines.addGram(block.weights, 0, products, monomials.count, count, work, sums, monomials.count);
  },
};

/** Lines of the monomials of the lines z; the first is 1. */
export function fillMonomials(
  lines: Lines,
  { count: monomials, variables, parents }: Monomials,
  z: Float64Array,
  products: Float64Array,
  count: number,
): void {
  products.fill(1, 0, padded(count));
  for (let m = 1; m < monomials; m++) {
    const variable = variables[m][variables[m].length - 1];
    lines.multiply(products, parents[m] * STRIDE, z, variable * STRIDE, count, products, m * STRIDE);
  }
}

/** What a label needs of one thread. */
export interface LabelScratch {
  readonly block: Block;
  /** d + 1: the affine function that is taken off the target. */
  readonly affine: Float64Array;
  /** Lines of its values, and of the weighted label. */
  readonly base: Float64Array;
  readonly target: Float64Array;
}

export const labelScratch = (lines: Lines, label: Label, d: number): LabelScratch => ({
  block: makeBlock(lines, d),
  affine: reachable(lines, label.base),
  base: makeLines(lines, 1),
  target: makeLines(lines, 1),
});

/** The weighted label w (t(u) − remainder·(1, z)) of each row, z the first q lines; 0 in the padding, whose weights are 0. */
export function fillLabel(
  lines: Lines,
  label: Label,
  z: Float64Array,
  q: number,
  d: number,
  { block, affine, base, target }: LabelScratch,
  count: number,
): void {
  const { coefficients, remainder } = label;
  const end = padded(count);
  lines.affineScores(affine, 1, d + 1, block.z, count, base);
  for (let r = 0; r < end; r++) {
    const u = (block.z[(d + 1) * STRIDE + r] - base[r]) / label.scale;
    let t = 0;
    for (let m = coefficients.length - 1; m >= 0; m--) t = t * u + coefficients[m];
    t -= remainder[0];
    for (let j = 0; j < q; j++) t -= remainder[j + 1] * z[j * STRIDE + r];
    target[r] = block.weights[r] * t;
  }
}

/** One pass over the rows. */
export function polynomialSums(rows: Rows, d: number, request: PolynomialRequest, cancel: Int32Array): PolynomialSums {
  const sums = pass(polynomialKernel, rows, d, request, cancel);
  const { count } = request.monomials;
  return { moments: sums.subarray(0, count), gram: sums.subarray(count) };
}
