import { activationOf } from '../model/activations';
import type { Rows } from '../model/problem';
import type { Activation, Parameters } from '../model/spec';
import { affineScores, loadBlock, makeBlock, packAffine, padded } from './block';
import { addLines } from './gram';
import { type Kernel, pass } from './pass';
import { logNormalisersOf, posteriors, type PosteriorLines } from './posteriors';

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

interface Scratch extends PosteriorLines {
  readonly expert: Float64Array;
  readonly gate: Float64Array;
  /** Log-likelihood, squared error and weight, which nobody asked for. */
  readonly known: Float64Array;
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
const missingKernel: Kernel<MissingRequest, Scratch> = {
  name: 'missing-information',
  length: ({ parameters: { k } }, d) => k * (2 * d + 3),
  work: ({ parameters: { k } }, d) => missingWork(k, d),
  scratch({ parameters }, d, blockRows) {
    const { k, sigmas } = parameters;
    const lines = () => new Float64Array(k * blockRows);
    return {
      block: makeBlock(d, blockRows),
      expert: packAffine(parameters.expertIntercepts, parameters.expertWeights, k, d),
      gate: packAffine(parameters.gateIntercepts, parameters.gateWeights, k, d),
      logNormalisers: logNormalisersOf(sigmas),
      precisions: sigmas.map((sigma) => 1 / sigma),
      known: new Float64Array(3),
      means: lines(),
      probabilities: lines(),
      responsibilities: lines(),
      scores: lines(),
      alongExperts: lines(),
      alongGates: lines(),
      line: new Float64Array(blockRows),
    };
  },
  block(rows: Rows, d, from, to, { parameters, activation, direction }, scratch, sums) {
    const { k, sigmas } = parameters;
    const { block, means, scores, probabilities, responsibilities, alongExperts, alongGates, line } = scratch;
    const { stride, z, weights } = block;
    const count = to - from;
    const end = padded(count);
    const { respond, slope } = activationOf(activation);
    loadBlock(block, rows, d, from, to);
    affineScores(scratch.expert, k, d, block, count, means);
    affineScores(scratch.gate, k, d, block, count, probabilities);
    affineScores(direction.experts, k, d, block, count, alongExperts);
    affineScores(direction.gates, k, d, block, count, alongGates);
    for (let i = 0; i < k; i++) {
      slope(means, scores, i * stride, i * stride + end);
      respond(means, i * stride, i * stride + end);
    }
    posteriors(k, d, count, scratch, scratch.known);
    // From here on: scores hold c_i, means hold t_i, alongGates hold w r_i (h_i − h̄).
    for (let i = 0; i < k; i++) {
      const precision = 1 / (sigmas[i] * sigmas[i]);
      for (let r = 0, at = i * stride; r < end; r++, at++) {
        const residual = z[(d + 1) * stride + r] - means[at];
        scores[at] *= residual * precision;
        means[at] = residual * residual * precision - 1;
        alongGates[at] += scores[at] * alongExperts[at] + means[at] * direction.logSigmas[i];
      }
    }
    for (let r = 0; r < end; r++) {
      let mean = 0;
      for (let i = 0, at = r; i < k; i++, at += stride) mean += responsibilities[at] * alongGates[at];
      for (let i = 0, at = r; i < k; i++, at += stride)
        alongGates[at] = weights[r] * responsibilities[at] * (alongGates[at] - mean);
    }
    const p = d + 1;
    for (let i = 0; i < k; i++) {
      addLines(alongGates, i * stride, z, stride, p, count, sums, i * p);
      let spread = 0;
      for (let r = 0, at = i * stride; r < end; r++, at++) {
        line[r] = alongGates[at] * scores[at];
        spread += alongGates[at] * means[at];
      }
      addLines(line, 0, z, stride, p, count, sums, (k + i) * p);
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
