import { type Block, loadBlock, makeBlock, makeLines, packAffine } from '../../kernels/block';
import { padded, STRIDE } from '../../kernels/lines';
import { type Kernel, pass } from '../../kernels/pass';
import type { Problem } from '../../model/problem';
import type { Activation, Parameters } from '../../model/spec';
import { identity, looksStandard, weightsOf, whitening } from '../../moments/coordinates';
import { secondMoments } from '../../moments/second-moments';
import { unit } from '../../moments/unit-vector';

interface Request {
  /** Of two experts; the gate is not looked at. */
  readonly experts: Parameters;
  readonly activation: Activation;
  /** Rows in which the experts differ by no more are left out. */
  readonly trim: number;
}

interface Scratch {
  readonly block: Block;
  readonly affine: Float64Array;
  readonly means: Float64Array;
  readonly nearer: Float64Array;
  readonly kept: Float64Array;
}

/**
 * Over the rows with |Δ| > trim, Δ = μ_1 − μ_2: Σ w 1{ratio ≤ ½} (1, x), ratio = (y − μ_2) / Δ, the rows that are nearer to the second
 * expert; then Σ w (1, x).
 */
export const momentGateKernel: Kernel<Request, Scratch> = {
  name: 'moment-gate',
  length: (_, d) => 2 * (d + 1),
  work: (_, d) => 4 * d + 40,
  scratch: (lines, { experts }, d) => ({
    block: makeBlock(lines, d),
    affine: packAffine(lines, experts.expertIntercepts, experts.expertWeights, 2, d),
    means: makeLines(lines, 2),
    nearer: makeLines(lines, 1),
    kept: makeLines(lines, 1),
  }),
  block(lines, rows, d, from, to, { activation, trim }, { block, affine, means, nearer, kept }, sums) {
    const { z, weights } = block;
    const count = to - from;
    loadBlock(lines, block, rows, d, from, to);
    lines.affineScores(affine, 2, d + 1, z, count, means);
    for (const first of [0, STRIDE]) lines.respond(activation, means, first, count);
    nearer.fill(0, count, padded(count));
    kept.fill(0, count, padded(count));
    for (let r = 0; r < count; r++) {
      const difference = means[r] - means[STRIDE + r];
      const ratio = (z[(d + 1) * STRIDE + r] - means[STRIDE + r]) / difference;
      kept[r] = Math.abs(difference) > trim ? weights[r] : 0;
      nearer[r] = ratio <= 0.5 ? kept[r] : 0;
    }
    lines.addLines(nearer, 0, z, d + 1, count, sums, 0);
    lines.addLines(kept, 0, z, d + 1, count, sums, d + 1);
  },
};

/** Share of the rows in which experts must differ by more than sigma for the others to be left out. */
const ENOUGH = 0.05;

/**
 * The direction of the gate between two known experts (Gridlock, Theorem 3): for inputs z ~ N(0, I) and w orthogonal to the experts
 *
 *   E[1{ratio ≤ ½} z] = α w,   ratio = (y − μ_2) / (μ_1 − μ_2),
 *
 * where α < 0, as the rows nearer to the second expert are those the gate sends away from the first: the direction is the moment's
 * turned round. Rows in which the experts differ by less than sigma tell noise from noise; leaving them out brings the direction
 * nearer (on 8,000 rows the cosine goes from .993 to .997 at sigma .1). What is left need not have mean 0, so z is taken about it:
 * behind a ReLU the rows in which both experts are flat are left out, which lie on one side. Where the inputs are not N(0, I) to
 * sampling error they are whitened first, which the theorem does not speak of.
 *
 * @param trimmed  false for the moment as published, over all rows
 * @returns d weights on x, of unit norm in z; null where the experts are the same or the gate has no columns
 */
export function momentGateDirection(problem: Problem, experts: Parameters, trimmed = true): Float64Array | null {
  const { train, d, activation, gateColumns, intercept, cancel } = problem;
  const moments = secondMoments(train, d, cancel);
  const asTheyStand = !intercept && looksStandard(moments, d, gateColumns);
  const coordinates = asTheyStand ? identity(d, gateColumns) : whitening(moments, d, gateColumns);
  if (!coordinates || coordinates.q === 0) return null;
  const sumsOf = (trim: number) => pass(momentGateKernel, train, d, { experts, activation, trim }, cancel);
  const strict = trimmed ? sumsOf(Math.max(...experts.sigmas)) : null;
  const sums = strict && strict[d + 1] >= ENOUGH * moments.weight ? strict : sumsOf(0);
  const share = trimmed ? sums[0] / sums[d + 1] : 0;
  const { q, affine } = coordinates;
  const moment = Float64Array.from({ length: q }, (_, i) => {
    let sum = 0;
    for (let a = 0; a <= d; a++) sum += affine[i * (d + 1) + a] * (sums[a] - share * sums[d + 1 + a]);
    return -sum;
  });
  const direction = unit(moment);
  return direction && weightsOf(coordinates, d, direction);
}
