import type { Rows } from '../model/problem';
import type { Activation, Parameters } from '../model/spec';
import { loadBlock, makeLines, packAffine } from './block';
import { addCurvature, curvatureLength } from './curvature';
import { addMoments, type AlongLines, alongLines, loadAlong, type Moments, momentsLength } from './expert-moments';
import { STRIDE } from './lines';
import { type Kernel, pass } from './pass';
import { posteriors, type PosteriorScratch, posteriorScratch } from './posteriors';

/** What an E-step is to bring home besides the likelihood. */
export interface ExpectationRequest {
  readonly parameters: Parameters;
  readonly activation: Activation;
  /** Each expert's normal matrix, for its least squares. */
  readonly moments: Moments;
  /** The gate's curvature at these parameters, for a Newton step. */
  readonly curvature: boolean;
  /** Added to every responsibility where experts are estimated, not where the gate is: see `Problem.pseudoRows`. 0 if missing. */
  readonly background?: number;
}

/**
 * Sums of one E-step, with w the row weight, r the responsibilities r_i ∝ p_i N(y; μ_i, σ_i²) and p the gate probabilities.
 * Jordan & Jacobs (1994), eq. 21. z = (1, x), μ = g(η). s = r + background is what an expert is estimated with.
 */
export interface Expectation {
  /** Σ w log Σ_i p_i N_i, nats. */
  readonly logLikelihood: number;
  /** Σ w (y − Σ_i p_i μ_i)². */
  readonly squaredError: number;
  /** Σ w. */
  readonly weight: number;
  /** k × (d + 1): Σ w r_i z. */
  readonly responsibilities: Float64Array;
  /** k × (d + 1): Σ w p_i z. */
  readonly gates: Float64Array;
  /** k × (d + 1): Σ w s_i (y − μ_i) g'(η_i) z; divided by σ_i² the gradient of the log-likelihood, pseudo-rows included. */
  readonly slopes: Float64Array;
  /** k: Σ w s_i (y − μ_i)². */
  readonly residuals: Float64Array;
  /** k: Σ w (y − μ_i)², every row counted for every expert. */
  readonly spreads: Float64Array;
  /** k triangles over the z of `Moments`: Σ w s_i g'(η_i)² z z' (Gauss-Newton; exact for linear g). Empty unless asked for. */
  readonly moments: Float64Array;
  /** Triangles over (1, x), see addCurvature. Empty unless asked for. */
  readonly curvature: Float64Array;
}

interface Scratch extends PosteriorScratch {
  readonly expert: Float64Array;
  readonly along: AlongLines;
  /** k lines each. */
  readonly slopes: Float64Array;
  readonly weighted: Float64Array;
  /** A line each. */
  readonly pull: Float64Array;
  readonly push: Float64Array;
  /** Two lines. */
  readonly work: Float64Array;
}

/** Where each part of the sums begins. */
function layout(request: ExpectationRequest, d: number) {
  const { k } = request.parameters;
  const lines = k * (d + 1);
  const responsibilities = 3;
  const gates = responsibilities + lines;
  const slopes = gates + lines;
  const residuals = slopes + lines;
  const spreads = residuals + k;
  const moments = spreads + k;
  const curvature = moments + k * momentsLength(request.moments, d);
  const end = curvature + (request.curvature ? curvatureLength(k, d) : 0);
  return { responsibilities, gates, slopes, residuals, spreads, moments, curvature, end };
}

export const expectationKernel: Kernel<ExpectationRequest, Scratch> = {
  name: 'expectation',
  length: (request, d) => layout(request, d).end,
  work: (request, d) => layout(request, d).end + 4 * request.parameters.k * (d + 10),
  scratch(lines, { parameters, moments }, d) {
    const { k } = parameters;
    return {
      ...posteriorScratch(lines, parameters),
      expert: packAffine(lines, parameters.expertIntercepts, parameters.expertWeights, k, d),
      along: alongLines(lines, moments, k, d),
      slopes: makeLines(lines, k),
      weighted: makeLines(lines, k),
      pull: makeLines(lines, 1),
      push: makeLines(lines, 1),
      work: makeLines(lines, 2),
    };
  },
  block(lines, rows, d, from, to, request, scratch, sums) {
    const { k } = request.parameters;
    const { activation, background = 0 } = request;
    const { block, along, means, slopes, probabilities, responsibilities, weighted, pull, push, work } = scratch;
    const { z, weights } = block;
    const p = d + 1;
    const count = to - from;
    const at = layout(request, d);
    const length = momentsLength(request.moments, d);
    loadBlock(lines, block, rows, d, from, to);
    lines.affineScores(scratch.expert, k, p, z, count, means);
    for (let i = 0; i < k; i++) {
      lines.slope(activation, means, i * STRIDE, count, slopes);
      lines.respond(activation, means, i * STRIDE, count);
    }
    loadAlong(lines, along, k, d, block, count);
    posteriors(lines, k, d, count, scratch, sums);
    for (let i = 0; i < k; i++) {
      const first = i * STRIDE;
      lines.residuals(
        z,
        p * STRIDE,
        weights,
        background,
        means,
        slopes,
        responsibilities,
        first,
        count,
        weighted,
        pull,
        push,
        sums,
        at.residuals + i,
        at.spreads + i,
      );
      lines.addLines(pull, 0, z, p, count, sums, at.slopes + i * p);
      lines.addLines(weighted, first, z, p, count, sums, at.responsibilities + i * p);
      if (request.moments) addMoments(lines, along, i, push, block, d, count, work, sums, at.moments + i * length);
    }
    for (let i = 0; i < k; i++) {
      lines.multiply(weights, 0, probabilities, i * STRIDE, count, weighted, i * STRIDE);
      lines.addLines(weighted, i * STRIDE, z, p, count, sums, at.gates + i * p);
    }
    if (request.curvature) addCurvature(lines, probabilities, weighted, k, d, z, count, pull, work, sums, at.curvature);
  },
};

/** One E-step over the rows. */
export const expectation = (rows: Rows, d: number, request: ExpectationRequest, cancel: Int32Array): Expectation =>
  namedSums(pass(expectationKernel, rows, d, request, cancel), d, request);

/** The kernel's sums by name: views, not copies. */
export function namedSums(sums: Float64Array, d: number, request: ExpectationRequest): Expectation {
  const at = layout(request, d);
  return {
    logLikelihood: sums[0],
    squaredError: sums[1],
    weight: sums[2],
    responsibilities: sums.subarray(at.responsibilities, at.gates),
    gates: sums.subarray(at.gates, at.slopes),
    slopes: sums.subarray(at.slopes, at.residuals),
    residuals: sums.subarray(at.residuals, at.spreads),
    spreads: sums.subarray(at.spreads, at.moments),
    moments: sums.subarray(at.moments, at.curvature),
    curvature: sums.subarray(at.curvature, at.end),
  };
}
