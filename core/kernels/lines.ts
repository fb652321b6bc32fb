import type { Activation } from '../model/spec';

/** Numbers between two lines of a block, whatever the number of rows in it: a constant, so that addresses are cheap. */
export const STRIDE = 128;

/** The number of rows rounded up to whole groups of 4. */
export const padded = (count: number): number => (count + 3) & ~3;

/**
 * The arithmetic over a block of rows: one line a quantity, `STRIDE` numbers apart, the row the position in the line. A line is padded
 * to whole groups of 4 rows; what `count` rows are asked for is done for the padding, too, so that weights there must be 0 where a sum
 * is taken. Two builds with one meaning: plain-lines (TypeScript, the reference) and simd-lines (WebAssembly, two rows at a time).
 * Arrays must come from `array`.
 */
export interface Lines {
  /** Which build it is: digits may differ in the last places between builds. */
  readonly build: 'typescript' | 'wasm-simd';
  /** Makes arrays with `array` and gives them; all arrays made before are given up. */
  arrays<T>(make: () => T): T;
  /** An array of zeros that the functions below can reach; only inside `arrays`. */
  array(length: number): Float64Array;
  /** out[j, r] = rows[r, j]: d lines from outAt of `count` rows one after the other. The padding is not written. */
  transpose(rows: Float64Array, d: number, count: number, out: Float64Array, outAt: number): void;
  /** out[i, r] = Σ_a affine[i, a] z[a, r], i < k, a < p. */
  affineScores(affine: Float64Array, k: number, p: number, z: Float64Array, count: number, out: Float64Array): void;
  /** sums[at + a] += Σ_r v[r] z[a, r] for the first q lines. v is the line that begins at vAt. */
  addLines(
    v: Float64Array,
    vAt: number,
    z: Float64Array,
    q: number,
    count: number,
    sums: Float64Array,
    at: number,
  ): void;
  /**
   * sums[at + (a, b)] += Σ_r v[r] z[a, r] z[b, r] over the upper triangle, a <= b < q, row after row.
   *
   * @param work  two lines, overwritten
   */
  addGram(
    v: Float64Array,
    vAt: number,
    z: Float64Array,
    q: number,
    count: number,
    work: Float64Array,
    sums: Float64Array,
    at: number,
  ): void;
  /** Overwrites k lines of scores by their softmax over the lines; logTotals[r] = log Σ_i exp(score). */
  softmax(values: Float64Array, k: number, count: number, logTotals: Float64Array): void;
  /**
   * What a move of the scores of a softmax costs: sums[at] += Σ w [log Σ_i exp(to_i) − log Σ_i exp(from_i) − Σ_i p_i (to_i − from_i)], p
   * the softmax of `from`. Overwrites `to` by its softmax.
   */
  softmaxMove(
    from: Float64Array,
    to: Float64Array,
    k: number,
    count: number,
    weights: Float64Array,
    sums: Float64Array,
    at: number,
  ): void;
  /**
   * The E-step of a block. In logs throughout: a density underflows beyond 38 standard deviations.
   *
   * @param y                 line of targets, from yAt
   * @param logNormalisers    k: −log σ_i − log √(2π)
   * @param precisions        k: 1 / σ_i
   * @param probabilities     k lines of gate scores, overwritten by the gate's probabilities p
   * @param responsibilities  k lines, overwritten by r_i ∝ p_i N(y; μ_i, σ_i²)
   * @param sums              [0] += Σ w log Σ_i p_i N_i; [1] += Σ w (y − Σ_i p_i μ_i)²; [2] += Σ w
   */
  posteriors(
    k: number,
    count: number,
    y: Float64Array,
    yAt: number,
    weights: Float64Array,
    means: Float64Array,
    logNormalisers: Float64Array,
    precisions: Float64Array,
    probabilities: Float64Array,
    responsibilities: Float64Array,
    sums: Float64Array,
  ): void;
  /** out[r] = a[r] b[r]. */
  multiply(
    a: Float64Array,
    aAt: number,
    b: Float64Array,
    bAt: number,
    count: number,
    out: Float64Array,
    outAt: number,
  ): void;
  /** out[r] = weighted[r] (same − p[r]). */
  curvature(
    weighted: Float64Array,
    weightedAt: number,
    p: Float64Array,
    pAt: number,
    same: number,
    count: number,
    out: Float64Array,
  ): void;
  /**
   * What one expert is told of a block: with e = y − μ and s = w (r + background), share = w r, pull = s e g', push = s g'²;
   * squares += Σ s e², spread += Σ w e². Means, slopes g', responsibilities and shares begin at `first`; pull and push at 0.
   */
  residuals(
    y: Float64Array,
    yAt: number,
    weights: Float64Array,
    background: number,
    means: Float64Array,
    slopes: Float64Array,
    responsibilities: Float64Array,
    first: number,
    count: number,
    share: Float64Array,
    pull: Float64Array,
    push: Float64Array,
    sums: Float64Array,
    squaresAt: number,
    spreadAt: number,
  ): void;
  /** Overwrites the scores of a line by the response g. */
  respond(activation: Activation, scores: Float64Array, at: number, count: number): void;
  /** out = g'(score), `out` beginning where the scores do. */
  slope(activation: Activation, scores: Float64Array, at: number, count: number, out: Float64Array): void;
}
