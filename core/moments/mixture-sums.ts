import { loadBlock, makeLines, reachable } from '../kernels/block';
import { padded, STRIDE } from '../kernels/lines';
import { type Kernel, pass } from '../kernels/pass';
import { clearPadding } from '../kernels/posteriors';
import type { Rows } from '../model/problem';
import type { LogOdds } from './mixture-assignment';
import type { Monomials } from './monomials';
import { fillLabel, fillMonomials, type Label, type LabelScratch, labelScratch } from './polynomial-sums';

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
  readonly coordinates: Float64Array;
  readonly odds: Float64Array;
  readonly s: Float64Array;
  readonly shifted: Float64Array;
  /** A line a monomial. */
  readonly products: Float64Array;
  readonly responsibilities: Float64Array;
  readonly logTotals: Float64Array;
}

/** Σ w t Σ_j r_j m(s − shift_j), one a monomial m. */
export const mixtureSumsKernel: Kernel<MixtureSumsRequest, Scratch> = {
  name: 'mixture-sums',
  length: ({ monomials }) => monomials.count,
  work: ({ monomials, odds }, d) => monomials.q * d + odds.components * (2 * monomials.count + d + 20),
  scratch: (lines, { monomials, odds, coordinates, label }, d) => ({
    ...labelScratch(lines, label, d),
    coordinates: reachable(lines, coordinates),
    odds: reachable(lines, odds.affine),
    s: makeLines(lines, monomials.q),
    shifted: makeLines(lines, monomials.q),
    products: makeLines(lines, monomials.count),
    responsibilities: makeLines(lines, odds.components),
    logTotals: makeLines(lines, 1),
  }),
  block(lines, rows, d, from, to, { monomials, shifts, odds: { components }, label }, scratch, sums) {
    const { block, s, shifted, products, responsibilities, target } = scratch;
    const { q } = monomials;
    const { z } = block;
    const count = to - from;
    const end = padded(count);
    loadBlock(lines, block, rows, d, from, to);
    lines.affineScores(scratch.coordinates, q, d + 1, z, count, s);
    lines.affineScores(scratch.odds, components, d + 1, z, count, responsibilities);
    lines.softmax(responsibilities, components, count, scratch.logTotals);
    clearPadding(responsibilities, components, count);
    fillLabel(lines, label, s, q, d, scratch, count);
    for (let j = 0; j < components; j++) {
      const line = j * STRIDE;
      lines.multiply(target, 0, responsibilities, line, count, responsibilities, line);
      for (let i = 0; i < q; i++)
        for (let r = 0; r < end; r++) shifted[i * STRIDE + r] = s[i * STRIDE + r] - shifts[j * q + i];
      fillMonomials(lines, monomials, shifted, products, count);
      lines.addLines(responsibilities, line, products, monomials.count, count, sums, 0);
    }
  },
};

/** One pass over the rows. */
export const mixtureSums = (rows: Rows, d: number, request: MixtureSumsRequest, cancel: Int32Array): Float64Array =>
  pass(mixtureSumsKernel, rows, d, request, cancel);
