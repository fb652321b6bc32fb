import { activationOf } from '../model/activations';
import { type Lines, padded, STRIDE } from './lines';
import { addGram } from './plain-gram';

/** The reference: every function of `Lines` in TypeScript, blocked and unrolled, which is all that plain JavaScript can gain. */
export const plainLines: Lines = {
  build: 'typescript',
  arrays: (make) => make(),
  array: (length) => new Float64Array(length),

  transpose(rows, d, count, out, outAt) {
    for (let r = 0; r < count; r++)
      for (let j = 0, from = r * d, to = outAt + r; j < d; j++, from++, to += STRIDE) out[to] = rows[from];
  },

  affineScores(affine, k, p, z, count, out) {
    const end = padded(count);
    for (let i = 0; i < k; i++) {
      const first = i * p;
      for (let r = 0; r < end; r += 4) {
        let s0 = 0;
        let s1 = 0;
        let s2 = 0;
        let s3 = 0;
        for (let a = 0, at = r; a < p; a++, at += STRIDE) {
          const c = affine[first + a];
          s0 += c * z[at];
          s1 += c * z[at + 1];
          s2 += c * z[at + 2];
          s3 += c * z[at + 3];
        }
        const at = i * STRIDE + r;
        out[at] = s0;
        out[at + 1] = s1;
        out[at + 2] = s2;
        out[at + 3] = s3;
      }
    }
  },

  addLines(v, vAt, z, q, count, sums, at) {
    const end = padded(count);
    let a = 0;
    for (; a + 3 < q; a += 4) {
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      for (let r = 0, line = a * STRIDE; r < end; r++, line++) {
        const t = v[vAt + r];
        s0 += t * z[line];
        s1 += t * z[line + STRIDE];
        s2 += t * z[line + 2 * STRIDE];
        s3 += t * z[line + 3 * STRIDE];
      }
      sums[at + a] += s0;
      sums[at + a + 1] += s1;
      sums[at + a + 2] += s2;
      sums[at + a + 3] += s3;
    }
    for (; a < q; a++) {
      let s = 0;
      for (let r = 0; r < end; r++) s += v[vAt + r] * z[a * STRIDE + r];
      sums[at + a] += s;
    }
  },

  addGram,

  softmax(values, k, count, logTotals) {
    const end = padded(count);
    for (let r = 0; r < end; r++) logTotals[r] = softmax(values, r, k * STRIDE);
  },

  softmaxMove(from, to, k, count, weights, sums, at) {
    const end = padded(count);
    const last = k * STRIDE;
    let cost = 0;
    for (let r = 0; r < end; r++) {
      let largest = from[r];
      for (let j = r + STRIDE; j < last; j += STRIDE) if (from[j] > largest) largest = from[j];
      let sum = 0;
      let slope = 0;
      for (let j = r; j < last; j += STRIDE) {
        const e = Math.exp(from[j] - largest);
        sum += e;
        slope += e * (to[j] - from[j]);
      }
      const before = largest + Math.log(sum);
      cost += weights[r] * (softmax(to, r, last) - before - slope / sum);
    }
    sums[at] += cost;
  },

  posteriors(k, count, y, yAt, weights, means, logNormalisers, precisions, probabilities, responsibilities, sums) {
    const end = padded(count);
    const last = k * STRIDE;
    let logLikelihood = 0;
    let squaredError = 0;
    let weight = 0;
    for (let r = 0; r < end; r++) {
      const target = y[yAt + r];
      for (let i = 0, at = r; at < last; i++, at += STRIDE) {
        const standardised = (target - means[at]) * precisions[i];
        responsibilities[at] = probabilities[at] + logNormalisers[i] - 0.5 * standardised * standardised;
      }
      const logTotal = softmax(probabilities, r, last);
      let prediction = 0;
      for (let at = r; at < last; at += STRIDE) prediction += probabilities[at] * means[at];
      const logDensity = softmax(responsibilities, r, last) - logTotal;
      const w = weights[r];
      logLikelihood += w * logDensity;
      squaredError += w * (target - prediction) * (target - prediction);
      weight += w;
    }
    sums[0] += logLikelihood;
    sums[1] += squaredError;
    sums[2] += weight;
  },

  multiply(a, aAt, b, bAt, count, out, outAt) {
    const end = padded(count);
    for (let r = 0; r < end; r++) out[outAt + r] = a[aAt + r] * b[bAt + r];
  },

  curvature(weighted, weightedAt, p, pAt, same, count, out) {
    const end = padded(count);
    for (let r = 0; r < end; r++) out[r] = weighted[weightedAt + r] * (same - p[pAt + r]);
  },

  residuals(
    y,
    yAt,
    weights,
    background,
    means,
    slopes,
    responsibilities,
    first,
    count,
    share,
    pull,
    push,
    sums,
    squaresAt,
    spreadAt,
  ) {
    const end = padded(count);
    let squares = 0;
    let spread = 0;
    for (let r = 0; r < end; r++) {
      const residual = y[yAt + r] - means[first + r];
      const slope = slopes[first + r];
      const own = weights[r] * responsibilities[first + r];
      const told = own + background * weights[r];
      share[first + r] = own;
      pull[r] = told * residual * slope;
      push[r] = told * (slope * slope);
      squares += told * residual * residual;
      spread += weights[r] * residual * residual;
    }
    sums[squaresAt] += squares;
    sums[spreadAt] += spread;
  },

  respond(activation, scores, at, count) {
    activationOf(activation).respond(scores, at, at + padded(count));
  },

  slope(activation, scores, at, count, out) {
    activationOf(activation).slope(scores, out, at, at + padded(count));
  },
};

/** Overwrites values[at], values[at + STRIDE], ... below end by their softmax; returns their log-sum-exp. */
function softmax(values: Float64Array, at: number, end: number): number {
  let largest = values[at];
  for (let j = at + STRIDE; j < end; j += STRIDE) if (values[j] > largest) largest = values[j];
  let sum = 0;
  for (let j = at; j < end; j += STRIDE) {
    const e = Math.exp(values[j] - largest);
    values[j] = e;
    sum += e;
  }
  const scale = 1 / sum;
  for (let j = at; j < end; j += STRIDE) values[j] *= scale;
  return largest + Math.log(sum);
}
