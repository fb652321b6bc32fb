import type { Activation } from '../model/spec';
import { type Lines, padded } from './lines';

/** What simd/lines.ts exports. Arrays are byte addresses; `end` is a padded number of rows. */
interface Exports extends WebAssembly.Exports {
  readonly memory: WebAssembly.Memory;
  firstFree(): number;
  transpose(rows: number, d: number, count: number, out: number): void;
  affineScores(affine: number, k: number, p: number, z: number, end: number, out: number): void;
  addLines(v: number, z: number, q: number, end: number, sums: number): void;
  addGram(v: number, z: number, q: number, end: number, work: number, sums: number): void;
  softmax(values: number, k: number, end: number, logTotals: number): void;
  softmaxMove(from: number, to: number, k: number, end: number, weights: number, sum: number): void;
  posteriors(
    k: number,
    end: number,
    y: number,
    weights: number,
    means: number,
    logNormalisers: number,
    precisions: number,
    probabilities: number,
    responsibilities: number,
    sums: number,
  ): void;
  multiply(a: number, b: number, end: number, out: number): void;
  curvature(weighted: number, p: number, same: number, end: number, out: number): void;
  residuals(
    y: number,
    weights: number,
    background: number,
    mean: number,
    slope: number,
    responsibility: number,
    end: number,
    share: number,
    pull: number,
    push: number,
    squares: number,
    spread: number,
  ): void;
  respond(kind: number, leak: number, scores: number, end: number): void;
  slope(kind: number, leak: number, scores: number, end: number, out: number): void;
  expLine(x: number, end: number, out: number): void;
  logLine(x: number, end: number, out: number): void;
}

const PAGE = 65536;
/** Arrays begin at whole vectors. */
const ALIGNMENT = 16;

/** The activation as the compiled functions know it; null for the identity, which they are not asked for. */
function kindOf(activation: Activation): readonly [kind: number, leak: number] | null {
  switch (activation.id) {
    case 'linear':
      return null;
    case 'sigmoid':
      return [1, 0];
    case 'tanh':
      return [2, 0];
    case 'relu':
      return [0, 0];
    case 'leaky-relu':
      return [0, activation.leak];
  }
}

/** The functions of `Lines` in WebAssembly, with a memory of their own: one a thread. */
export function simdLines(module: WebAssembly.Module): Lines & { readonly wasm: Exports } {
  const wasm = new WebAssembly.Instance(module).exports as Exports;
  const first = Math.ceil(wasm.firstFree() / ALIGNMENT) * ALIGNMENT;
  let top = first;
  let hasMoved = false;

  /** The address of an element. */
  const to = (array: Float64Array, at: number): number => array.byteOffset + 8 * at;

  return {
    build: 'wasm-simd',
    wasm,

    // Growing the memory gives up every array made before: what was made is then made once more, when there is room.
    arrays(make) {
      for (;;) {
        top = first;
        hasMoved = false;
        const made = make();
        if (!hasMoved) return made;
      }
    },

    array(length) {
      const at = top;
      top = Math.ceil((at + 8 * length) / ALIGNMENT) * ALIGNMENT;
      const missing = top - wasm.memory.buffer.byteLength;
      if (missing > 0) {
        wasm.memory.grow(Math.ceil(missing / PAGE));
        hasMoved = true;
      }
      return new Float64Array(wasm.memory.buffer, at, length).fill(0);
    },

    transpose: (rows, d, count, out, outAt) => wasm.transpose(to(rows, 0), d, count, to(out, outAt)),

    affineScores: (affine, k, p, z, count, out) =>
      wasm.affineScores(to(affine, 0), k, p, to(z, 0), padded(count), to(out, 0)),

    addLines: (v, vAt, z, q, count, sums, at) => wasm.addLines(to(v, vAt), to(z, 0), q, padded(count), to(sums, at)),

    addGram: (v, vAt, z, q, count, work, sums, at) =>
      wasm.addGram(to(v, vAt), to(z, 0), q, padded(count), to(work, 0), to(sums, at)),

    softmax: (values, k, count, logTotals) => wasm.softmax(to(values, 0), k, padded(count), to(logTotals, 0)),

    softmaxMove: (from, moved, k, count, weights, sums, at) =>
      wasm.softmaxMove(to(from, 0), to(moved, 0), k, padded(count), to(weights, 0), to(sums, at)),

    posteriors: (k, count, y, yAt, weights, means, logNormalisers, precisions, probabilities, responsibilities, sums) =>
      wasm.posteriors(
        k,
        padded(count),
        to(y, yAt),
        to(weights, 0),
        to(means, 0),
        to(logNormalisers, 0),
        to(precisions, 0),
        to(probabilities, 0),
        to(responsibilities, 0),
        to(sums, 0),
      ),

    multiply: (a, aAt, b, bAt, count, out, outAt) =>
      wasm.multiply(to(a, aAt), to(b, bAt), padded(count), to(out, outAt)),

    curvature: (weighted, weightedAt, p, pAt, same, count, out) =>
      wasm.curvature(to(weighted, weightedAt), to(p, pAt), same, padded(count), to(out, 0)),

    residuals: (
      y,
      yAt,
      weights,
      background,
      means,
      slopes,
      responsibilities,
      i,
      count,
      share,
      pull,
      push,
      sums,
      squaresAt,
      spreadAt,
    ) =>
      wasm.residuals(
        to(y, yAt),
        to(weights, 0),
        background,
        to(means, i),
        to(slopes, i),
        to(responsibilities, i),
        padded(count),
        to(share, i),
        to(pull, 0),
        to(push, 0),
        to(sums, squaresAt),
        to(sums, spreadAt),
      ),

    respond(activation, scores, at, count) {
      const kind = kindOf(activation);
      if (kind) wasm.respond(...kind, to(scores, at), padded(count));
    },

    slope(activation, scores, at, count, out) {
      const kind = kindOf(activation);
      if (kind) wasm.slope(...kind, to(scores, at), padded(count), to(out, at));
      else out.fill(1, at, at + padded(count));
    },
  };
}
