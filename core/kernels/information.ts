import type { Rows } from '../model/problem';
import type { Activation, Parameters } from '../model/spec';
import { loadBlock, makeLines, packAffine, reachable } from './block';
import { padded, STRIDE } from './lines';
import { type Kernel, pass } from './pass';
import { posteriors, type PosteriorScratch, posteriorScratch } from './posteriors';

/** A direction in the space of the parameters, on the lines of z = (1, x). */
export interface Tangent {
  /** k × (d + 1). */
  readonly gates: Float64Array;
  /** k × (d + 1). */
  readonly experts: Float64Array;
  /** k, of log σ_i. */
  readonly logSigmas: Float64Array;
}

export interface MissingRequest {
  readonly parameters: Parameters;
  readonly activation: Activation;
  readonly direction: Tangent;
}

interface Scratch extends PosteriorScratch {
  readonly expert: Float64Array;
  /** The direction's own affine functions. */
  readonly experts: Float64Array;
  readonly gates: Float64Array;
  /** Log-likelihood, squared error and weight, which nobody asked for. */
  readonly known: Float64Array;
  /** k lines each. */
  readonly scores: Float64Array;
  readonly alongExperts: Float64Array;
  readonly alongGates: Float64Array;
  readonly line: Float64Array;
}

/** Multiplications a row, roughly. */
export const missingWork = (k: number, d: number): number => k * (7 * d + 60);

/**
 * The product of the missing information I_m with a direction v: I_m = Σ w Cov_r(s), the covariance under the responsibilities r of a
 * row's score s given its expert (Louis 1982; Fruytier, Mokhtari and Sanghavi 2025). If expert i made the row, that score is z on
 * gate i, c_i z on expert i with c_i = (y − μ_i) g'(η_i) / σ_i², and t_i = (y − μ_i)² / σ_i² − 1 on log σ_i; what does not depend on i
 * drops out of a covariance. With h_i = s_i·v and h̄ = Σ r_i h_i the row adds w Σ_i r_i (h_i − h̄) s_i: the cost of an E-step, and no
 * matrix.
 */
export const missingKernel: Kernel<MissingRequest, Scratch> = {
  name: 'missing-information',
  length: ({ parameters: { k } }, d) => k * (2 * d + 3),
  work: ({ parameters: { k } }, d) => missingWork(k, d),
  scratch(lines, { parameters, direction }, d) {
    const { k } = parameters;
    return {
      ...posteriorScratch(lines, parameters),
      expert: packAffine(lines, parameters.expertIntercepts, parameters.expertWeights, k, d),
      experts: reachable(lines, direction.experts),
      gates: reachable(lines, direction.gates),
      known: lines.array(3),
      scores: makeLines(lines, k),
      alongExperts: makeLines(lines, k),
      alongGates: makeLines(lines, k),
      line: makeLines(lines, 1),
    };
  },
  block(lines, rows, d, from, to, { parameters, activation, direction }, scratch, sums) {
    const { k, sigmas } = parameters;
    const { block, means, scores, responsibilities, alongExperts, alongGates, line } = scratch;
    const { z, weights } = block;
    const p = d + 1;
    const count = to - from;
    const end = padded(count);
    loadBlock(lines, block, rows, d, from, to);
    lines.affineScores(scratch.expert, k, p, z, count, means);
    lines.affineScores(scratch.experts, k, p, z, count, alongExperts);
    lines.affineScores(scratch.gates, k, p, z, count, alongGates);
    for (let i = 0; i < k; i++) {
      lines.slope(activation, means, i * STRIDE, count, scores);
      lines.respond(activation, means, i * STRIDE, count);
    }
    posteriors(lines, k, d, count, scratch, scratch.known);
    // From here on: scores hold c_i, means hold t_i, alongGates hold w r_i (h_i − h̄).
    for (let i = 0; i < k; i++) {
      const precision = 1 / (sigmas[i] * sigmas[i]);
      for (let r = 0, at = i * STRIDE; r < end; r++, at++) {
        const residual = z[p * STRIDE + r] - means[at];
        scores[at] *= residual * precision;
        means[at] = residual * residual * precision - 1;
        alongGates[at] += scores[at] * alongExperts[at] + means[at] * direction.logSigmas[i];
      }
    }
    for (let r = 0; r < end; r++) {
      let mean = 0;
      for (let i = 0, at = r; i < k; i++, at += STRIDE) mean += responsibilities[at] * alongGates[at];
      for (let i = 0, at = r; i < k; i++, at += STRIDE)
        alongGates[at] = weights[r] * responsibilities[at] * (alongGates[at] - mean);
    }
    for (let i = 0; i < k; i++) {
      lines.addLines(alongGates, i * STRIDE, z, p, count, sums, i * p);
      let spread = 0;
      for (let r = 0, at = i * STRIDE; r < end; r++, at++) {
        line[r] = alongGates[at] * scores[at];
        spread += alongGates[at] * means[at];
      }
      lines.addLines(line, 0, z, p, count, sums, (k + i) * p);
      sums[2 * k * p + i] += spread;
    }
  },
};

/** I_m v by one pass over the rows. */
export function missingInformation(rows: Rows, d: number, request: MissingRequest, cancel: Int32Array): Tangent {
  const sums = pass(missingKernel, rows, d, request, cancel);
  const lines = request.parameters.k * (d + 1);
  return {
    gates: sums.subarray(0, lines),
    experts: sums.subarray(lines, 2 * lines),
    logSigmas: sums.subarray(2 * lines),
  };
}
