import { activationOf } from '../model/activations';
import type { Rows } from '../model/problem';
import type { Activation, Parameters } from '../model/spec';
import { affineScores, loadBlock, makeBlock, packAffine, padded } from './block';
import { addMoments, type AlongLines, alongLines, loadAlong, type Moments, momentsLength } from './expert-moments';
import { addLines } from './gram';
import { type Kernel, pass } from './pass';
import { logNormalisersOf, posteriors, type PosteriorLines } from './posteriors';
import { addCurvature, curvatureLength } from './softmax';

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

interface Scratch extends PosteriorLines {
  readonly expert: Float64Array;
  readonly gate: Float64Array;
  readonly along: AlongLines;
  /** k × stride each. */
  readonly slopes: Float64Array;
  readonly weighted: Float64Array;
  readonly line: Float64Array;
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
  scratch({ parameters, moments }, d, blockRows) {
    const { k, sigmas } = parameters;
    const lines = () => new Float64Array(k * blockRows);
    return {
      block: makeBlock(d, blockRows),
      expert: packAffine(parameters.expertIntercepts, parameters.expertWeights, k, d),
      gate: packAffine(parameters.gateIntercepts, parameters.gateWeights, k, d),
      along: alongLines(moments, k, d, blockRows),
      logNormalisers: logNormalisersOf(sigmas),
      precisions: sigmas.map((sigma) => 1 / sigma),
      means: lines(),
      slopes: lines(),
      probabilities: lines(),
      responsibilities: lines(),
      weighted: lines(),
      line: new Float64Array(2 * blockRows),
    };
  },
  block(rows: Rows, d, from, to, request, scratch, sums) {
    const { k } = request.parameters;
    const background = request.background ?? 0;
    const { block, along, means, slopes, probabilities, responsibilities, weighted, line } = scratch;
    const { stride, z, weights } = block;
    const count = to - from;
    const end = padded(count);
    const at = layout(request, d);
    const length = momentsLength(request.moments, d);
    const activation = activationOf(request.activation);
    loadBlock(block, rows, d, from, to);
    affineScores(scratch.expert, k, d, block, count, means);
    for (let i = 0; i < k; i++) {
      activation.slope(means, slopes, i * stride, i * stride + end);
      activation.respond(means, i * stride, i * stride + end);
    }
    loadAlong(along, k, d, block, count);
    affineScores(scratch.gate, k, d, block, count, probabilities);
    posteriors(k, d, count, scratch, sums);
    for (let i = 0; i < k; i++) {
      const first = i * stride;
      let squares = 0;
      let spread = 0;
      for (let r = 0; r < end; r++) {
        const residual = z[(d + 1) * stride + r] - means[first + r];
        const share = weights[r] * responsibilities[first + r];
        weighted[first + r] = share;
        const told = share + background * weights[r];
        line[r] = told * residual * slopes[first + r];
        squares += told * residual * residual;
        spread += weights[r] * residual * residual;
      }
      sums[at.residuals + i] += squares;
      sums[at.spreads + i] += spread;
      addLines(line, 0, z, stride, d + 1, count, sums, at.slopes + i * (d + 1));
      addLines(weighted, first, z, stride, d + 1, count, sums, at.responsibilities + i * (d + 1));
      if (request.moments) {
        for (let r = 0; r < end; r++)
          weighted[first + r] =
            (weighted[first + r] + background * weights[r]) * (slopes[first + r] * slopes[first + r]);
        addMoments(along, i, weighted, first, block, d, count, line, sums, at.moments + i * length);
      }
    }
    for (let i = 0; i < k; i++) {
      for (let r = 0; r < end; r++) weighted[i * stride + r] = weights[r] * probabilities[i * stride + r];
      addLines(weighted, i * stride, z, stride, d + 1, count, sums, at.gates + i * (d + 1));
    }
    if (request.curvature)
      addCurvature(probabilities, weighted, k, d, z, stride, count, responsibilities, line, sums, at.curvature);
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
