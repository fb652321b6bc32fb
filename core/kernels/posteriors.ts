import type { Parameters } from '../model/spec';
import { type Block, makeBlock, makeLines, packAffine, reachable } from './block';
import { type Lines, padded, STRIDE } from './lines';

/** The lines of one block from which posteriors are made. */
export interface PosteriorScratch {
  readonly block: Block;
  /** The gates' affine functions. */
  readonly gate: Float64Array;
  /** k: −log σ_i − log √(2π). */
  readonly logNormalisers: Float64Array;
  /** k: 1 / σ_i. */
  readonly precisions: Float64Array;
  /** k lines: μ_i. */
  readonly means: Float64Array;
  /** k lines: the gate's probabilities. */
  readonly probabilities: Float64Array;
  /** k lines. */
  readonly responsibilities: Float64Array;
}

const LOG_SQRT_2_PI = 0.5 * Math.log(2 * Math.PI);

export function posteriorScratch(lines: Lines, parameters: Parameters): PosteriorScratch {
  const { k, d, sigmas } = parameters;
  return {
    block: makeBlock(lines, d),
    gate: packAffine(lines, parameters.gateIntercepts, parameters.gateWeights, k, d),
    logNormalisers: reachable(
      lines,
      sigmas.map((sigma) => -Math.log(sigma) - LOG_SQRT_2_PI),
    ),
    precisions: reachable(
      lines,
      sigmas.map((sigma) => 1 / sigma),
    ),
    means: makeLines(lines, k),
    probabilities: makeLines(lines, k),
    responsibilities: makeLines(lines, k),
  };
}

/**
 * Fills probabilities and responsibilities of a loaded block whose means are known; adds log-likelihood, squared error and weight to
 * the first three sums. The padding ends as zeros.
 */
export function posteriors(
  lines: Lines,
  k: number,
  d: number,
  count: number,
  scratch: PosteriorScratch,
  sums: Float64Array,
): void {
  const { block, gate, means, probabilities, responsibilities, logNormalisers, precisions } = scratch;
  const { z, weights } = block;
  lines.affineScores(gate, k, d + 1, z, count, probabilities);
  lines.posteriors(
    k,
    count,
    z,
    (d + 1) * STRIDE,
    weights,
    means,
    logNormalisers,
    precisions,
    probabilities,
    responsibilities,
    sums,
  );
  clearPadding(probabilities, k, count);
  clearPadding(responsibilities, k, count);
}

/** Zeros in the padding of k lines. */
export function clearPadding(values: Float64Array, k: number, count: number): void {
  const end = padded(count);
  for (let r = count; r < end; r++) for (let i = 0; i < k; i++) values[i * STRIDE + r] = 0;
}
