import { affineScores, loadBlock, makeBlock, padded } from '../kernels/block';
import { addLines } from '../kernels/gram';
import { type Kernel, pass } from '../kernels/pass';
import { softmax } from '../kernels/softmax';
import type { Rows } from '../model/problem';
import type { LogOdds } from './mixture-assignment';
import type { Monomials } from './monomials';
import { fillLabel, fillMonomials, type Label, type LabelScratch } from './polynomial-sums';

export interface MixtureSumsRequest {
  /** Monomials of p variables. */
  readonly monomials: Monomials;
  /** p × (d + 1): s = coordinates (1, x). */
  readonly coordinates: Float64Array;
  /** components × p: the variables of component j are s − shift_j. */
  readonly shifts: Float64Array;
  /** Its responsibilities r. */
  readonly odds: LogOdds;
  /** With a remainder in s. */
  readonly label: Label;
}

interface Scratch extends LabelScratch {
  readonly s: Float64Array;
  readonly shifted: Float64Array;
  readonly lines: Float64Array;
  readonly responsibilities: Float64Array;
}

/** Σ w t Σ_j r_j m(s − shift_j), one a monomial m. */
const mixtureSumsKernel: Kernel<MixtureSumsRequest, Scratch> = {
  name: 'mixture-sums',
  length: ({ monomials }) => monomials.count,
  work: ({ monomials, odds }, d) => monomials.q * d + odds.components * (2 * monomials.count + d + 20),
  scratch: ({ monomials, odds }, d, blockRows) => ({
    block: makeBlock(d, blockRows),
    s: new Float64Array(monomials.q * blockRows),
    shifted: new Float64Array(monomials.q * blockRows),
    lines: new Float64Array(monomials.count * blockRows),
    responsibilities: new Float64Array(odds.components * blockRows),
    base: new Float64Array(blockRows),
    target: new Float64Array(blockRows),
  }),
  block(rows, d, from, to, { monomials, coordinates, shifts, odds, label }, scratch, sums) {
    const { block, s, shifted, lines, responsibilities, target } = scratch;
    const { stride } = block;
    const { q } = monomials;
    const { components } = odds;
    const count = to - from;
    const end = padded(count);
    loadBlock(block, rows, d, from, to);
    affineScores(coordinates, q, d, block, count, s);
    affineScores(odds.affine, components, d, block, count, responsibilities);
    for (let r = 0; r < count; r++) softmax(responsibilities, r, stride, components * stride);
    fillLabel(label, s, q, d, scratch, end);
    for (let j = 0; j < components; j++) {
      const line = j * stride;
      for (let r = 0; r < count; r++) responsibilities[line + r] *= target[r];
      responsibilities.fill(0, line + count, line + end);
      for (let i = 0; i < q; i++)
        for (let r = 0; r < end; r++) shifted[i * stride + r] = s[i * stride + r] - shifts[j * q + i];
      fillMonomials(monomials, shifted, lines, stride, end);
      addLines(responsibilities, line, lines, stride, monomials.count, count, sums, 0);
    }
  },
};

/** One pass over the rows. */
export const mixtureSums = (rows: Rows, d: number, request: MixtureSumsRequest, cancel: Int32Array): Float64Array =>
  pass(mixtureSumsKernel, rows, d, request, cancel);
