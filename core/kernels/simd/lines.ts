/**
 * The arithmetic over the lines of a block, two rows at a time. AssemblyScript: compiled to WebAssembly when the application is built.
 * The same functions in TypeScript, with their meaning, are in ../plain-lines.ts; their names and arguments agree, arrays being byte
 * addresses here. Lines are 128 numbers apart (a constant offset costs nothing in an address), and padded to whole groups of 4 rows.
 */

import { exp, log, logistic, tanh } from './functions';

/** Bytes between lines: 128 numbers. */
// @ts-ignore: a decorator of a function is AssemblyScript's own
@inline const LINE: usize = 1024;

/** Where the memory is not used by the module itself. */
export function firstFree(): usize {
  return __heap_base;
}

export function transpose(rows: usize, d: i32, count: i32, out: usize): void {
  const width = <usize>d << 3;
  const pairs = count & ~1;
  for (let j = 0; j < d; j++) {
    let from = rows + (<usize>j << 3);
    const to = out + <usize>j * LINE;
    for (let r = 0; r < pairs; r += 2) {
      const both = v128.load64_lane(from + width, v128.load64_zero(from), 1);
      v128.store(to + (<usize>r << 3), both);
      from += width << 1;
    }
    if (pairs < count) f64.store(to + (<usize>pairs << 3), f64.load(from));
  }
}

export function affineScores(affine: usize, k: i32, p: i32, z: usize, end: i32, out: usize): void {
  const width = <usize>p << 3;
  const bytes = <usize>end << 3;
  let i = 0;
  for (; i + 3 < k; i += 4) {
    const c0 = affine + <usize>i * width;
    const c1 = c0 + width;
    const c2 = c1 + width;
    const c3 = c2 + width;
    const to = out + <usize>i * LINE;
    for (let r: usize = 0; r < bytes; r += 16) {
      let s0 = f64x2.splat(0);
      let s1 = f64x2.splat(0);
      let s2 = f64x2.splat(0);
      let s3 = f64x2.splat(0);
      let at = z + r;
      for (let a: usize = 0; a < width; a += 8) {
        const v = v128.load(at);
        s0 = f64x2.add(s0, f64x2.mul(v, v128.load64_splat(c0 + a)));
        s1 = f64x2.add(s1, f64x2.mul(v, v128.load64_splat(c1 + a)));
        s2 = f64x2.add(s2, f64x2.mul(v, v128.load64_splat(c2 + a)));
        s3 = f64x2.add(s3, f64x2.mul(v, v128.load64_splat(c3 + a)));
        at += LINE;
      }
      v128.store(to + r, s0);
      v128.store(to + r, s1, LINE);
      v128.store(to + r, s2, 2 * LINE);
      v128.store(to + r, s3, 3 * LINE);
    }
  }
  for (; i < k; i++) {
    const c = affine + <usize>i * width;
    const to = out + <usize>i * LINE;
    for (let r: usize = 0; r < bytes; r += 32) {
      let s0 = f64x2.splat(0);
      let s1 = f64x2.splat(0);
      let at = z + r;
      for (let a: usize = 0; a < width; a += 8) {
        const t = v128.load64_splat(c + a);
        s0 = f64x2.add(s0, f64x2.mul(v128.load(at), t));
        s1 = f64x2.add(s1, f64x2.mul(v128.load(at, 16), t));
        at += LINE;
      }
      v128.store(to + r, s0);
      v128.store(to + r, s1, 16);
    }
  }
}

/** Adds the lanes' sums of two accumulators to two neighbouring numbers. */
// @ts-ignore: a decorator of a function is AssemblyScript's own
@inline
function addBoth(at: usize, a: v128, b: v128): void {
  const both = f64x2.add(v128.shuffle<f64>(a, b, 0, 2), v128.shuffle<f64>(a, b, 1, 3));
  v128.store(at, f64x2.add(v128.load(at), both));
}

// @ts-ignore: a decorator of a function is AssemblyScript's own
@inline
function addOne(at: usize, a: v128): void {
  f64.store(at, f64.load(at) + (f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1)));
}

export function addLines(v: usize, z: usize, q: i32, end: i32, sums: usize): void {
  const last = v + (<usize>end << 3);
  let a = 0;
  for (; a + 3 < q; a += 4) {
    let s0 = f64x2.splat(0);
    let s1 = f64x2.splat(0);
    let s2 = f64x2.splat(0);
    let s3 = f64x2.splat(0);
    let at = z + <usize>a * LINE;
    for (let from = v; from < last; from += 16) {
      const t = v128.load(from);
      s0 = f64x2.add(s0, f64x2.mul(t, v128.load(at)));
      s1 = f64x2.add(s1, f64x2.mul(t, v128.load(at, LINE)));
      s2 = f64x2.add(s2, f64x2.mul(t, v128.load(at, 2 * LINE)));
      s3 = f64x2.add(s3, f64x2.mul(t, v128.load(at, 3 * LINE)));
      at += 16;
    }
    addBoth(sums, s0, s1);
    addBoth(sums + 16, s2, s3);
    sums += 32;
  }
  for (; a < q; a++) {
    let s0 = f64x2.splat(0);
    let s1 = f64x2.splat(0);
    let at = z + <usize>a * LINE;
    for (let from = v; from < last; from += 32) {
      s0 = f64x2.add(s0, f64x2.mul(v128.load(from), v128.load(at)));
      s1 = f64x2.add(s1, f64x2.mul(v128.load(from, 16), v128.load(at, 16)));
      at += 32;
    }
    addOne(sums, f64x2.add(s0, s1));
    sums += 8;
  }
}

export function addGram(v: usize, z: usize, q: i32, end: i32, work: usize, sums: usize): void {
  const bytes = <usize>end << 3;
  const stop = work + bytes;
  let a = 0;
  for (; a + 1 < q; a += 2) {
    const line = z + <usize>a * LINE;
    const second = sums + (<usize>(q - a) << 3);
    // The two lines times the weights, and their own three products.
    let c0 = f64x2.splat(0);
    let c1 = f64x2.splat(0);
    let c2 = f64x2.splat(0);
    for (let r: usize = 0; r < bytes; r += 16) {
      const w = v128.load(v + r);
      const za = v128.load(line + r);
      const zb = v128.load(line + r, LINE);
      const t = f64x2.mul(w, za);
      const u = f64x2.mul(w, zb);
      v128.store(work + r, t);
      v128.store(work + r, u, LINE);
      c0 = f64x2.add(c0, f64x2.mul(t, za));
      c1 = f64x2.add(c1, f64x2.mul(t, zb));
      c2 = f64x2.add(c2, f64x2.mul(u, zb));
    }
    addBoth(sums, c0, c1);
    addOne(second, c2);
    let b = a + 2;
    let first = sums + 16;
    let other = second + 8;
    for (; b + 3 < q; b += 4) {
      let at = z + <usize>b * LINE;
      let p0 = f64x2.splat(0);
      let p1 = f64x2.splat(0);
      let p2 = f64x2.splat(0);
      let p3 = f64x2.splat(0);
      let q0 = f64x2.splat(0);
      let q1 = f64x2.splat(0);
      let q2 = f64x2.splat(0);
      let q3 = f64x2.splat(0);
      for (let from = work; from < stop; from += 16) {
        const t = v128.load(from);
        const u = v128.load(from, LINE);
        const z0 = v128.load(at);
        p0 = f64x2.add(p0, f64x2.mul(t, z0));
        q0 = f64x2.add(q0, f64x2.mul(u, z0));
        const z1 = v128.load(at, LINE);
        p1 = f64x2.add(p1, f64x2.mul(t, z1));
        q1 = f64x2.add(q1, f64x2.mul(u, z1));
        const z2 = v128.load(at, 2 * LINE);
        p2 = f64x2.add(p2, f64x2.mul(t, z2));
        q2 = f64x2.add(q2, f64x2.mul(u, z2));
        const z3 = v128.load(at, 3 * LINE);
        p3 = f64x2.add(p3, f64x2.mul(t, z3));
        q3 = f64x2.add(q3, f64x2.mul(u, z3));
        at += 16;
      }
      addBoth(first, p0, p1);
      addBoth(first + 16, p2, p3);
      addBoth(other, q0, q1);
      addBoth(other + 16, q2, q3);
      first += 32;
      other += 32;
    }
    for (; b < q; b++) {
      let at = z + <usize>b * LINE;
      let p0 = f64x2.splat(0);
      let p1 = f64x2.splat(0);
      let q0 = f64x2.splat(0);
      let q1 = f64x2.splat(0);
      for (let from = work; from < stop; from += 32) {
        const z0 = v128.load(at);
        const z1 = v128.load(at, 16);
        p0 = f64x2.add(p0, f64x2.mul(v128.load(from), z0));
        p1 = f64x2.add(p1, f64x2.mul(v128.load(from, 16), z1));
        q0 = f64x2.add(q0, f64x2.mul(v128.load(from, LINE), z0));
        q1 = f64x2.add(q1, f64x2.mul(v128.load(from, LINE + 16), z1));
        at += 32;
      }
      addOne(first, f64x2.add(p0, p1));
      addOne(other, f64x2.add(q0, q1));
      first += 8;
      other += 8;
    }
    sums = second + (<usize>(q - a - 1) << 3);
  }
  if (a < q) {
    const line = z + <usize>a * LINE;
    let c0 = f64x2.splat(0);
    for (let r: usize = 0; r < bytes; r += 16) {
      const za = v128.load(line + r);
      c0 = f64x2.add(c0, f64x2.mul(f64x2.mul(v128.load(v + r), za), za));
    }
    addOne(sums, c0);
  }
}

/** Overwrites the scores of two rows, k lines, by their softmax; gives their log-sum-exp. */
// @ts-ignore: a decorator of a function is AssemblyScript's own
@inline
function softmaxOf(values: usize, stop: usize): v128 {
  let largest = v128.load(values);
  for (let at = values + LINE; at < stop; at += LINE) largest = f64x2.pmax(largest, v128.load(at));
  let sum = f64x2.splat(0);
  for (let at = values; at < stop; at += LINE) {
    const e = exp(f64x2.sub(v128.load(at), largest));
    v128.store(at, e);
    sum = f64x2.add(sum, e);
  }
  const scale = f64x2.div(f64x2.splat(1), sum);
  for (let at = values; at < stop; at += LINE) v128.store(at, f64x2.mul(v128.load(at), scale));
  return f64x2.add(largest, log(sum));
}

export function softmax(values: usize, k: i32, end: i32, logTotals: usize): void {
  const height = <usize>k * LINE;
  const bytes = <usize>end << 3;
  for (let r: usize = 0; r < bytes; r += 16) {
    const total = softmaxOf(values + r, values + r + height);
    v128.store(logTotals + r, total);
  }
}

export function softmaxMove(from: usize, to: usize, k: i32, end: i32, weights: usize, sum: usize): void {
  const height = <usize>k * LINE;
  const bytes = <usize>end << 3;
  let cost = f64x2.splat(0);
  for (let r: usize = 0; r < bytes; r += 16) {
    const old = from + r;
    const moved = to + r;
    let largest = v128.load(old);
    for (let at: usize = LINE; at < height; at += LINE) largest = f64x2.pmax(largest, v128.load(old + at));
    let total = f64x2.splat(0);
    let slope = f64x2.splat(0);
    for (let at: usize = 0; at < height; at += LINE) {
      const score = v128.load(old + at);
      const e = exp(f64x2.sub(score, largest));
      total = f64x2.add(total, e);
      slope = f64x2.add(slope, f64x2.mul(e, f64x2.sub(v128.load(moved + at), score)));
    }
    const before = f64x2.add(largest, log(total));
    const after = softmaxOf(moved, moved + height);
    const gap = f64x2.sub(f64x2.sub(after, before), f64x2.div(slope, total));
    cost = f64x2.add(cost, f64x2.mul(v128.load(weights + r), gap));
  }
  addOne(sum, cost);
}

export function posteriors(
  k: i32,
  end: i32,
  y: usize,
  weights: usize,
  means: usize,
  logNormalisers: usize,
  precisions: usize,
  probabilities: usize,
  responsibilities: usize,
  sums: usize,
): void {
  const bytes = <usize>end << 3;
  const height = <usize>k * LINE;
  let logLikelihood = f64x2.splat(0);
  let squaredError = f64x2.splat(0);
  let weight = f64x2.splat(0);
  for (let r: usize = 0; r < bytes; r += 16) {
    const target = v128.load(y + r);
    const gate = probabilities + r;
    const share = responsibilities + r;
    const mean = means + r;
    let i: usize = 0;
    for (let at: usize = 0; at < height; at += LINE) {
      const standardised = f64x2.mul(f64x2.sub(target, v128.load(mean + at)), v128.load64_splat(precisions + i));
      const score = f64x2.add(v128.load(gate + at), v128.load64_splat(logNormalisers + i));
      v128.store(share + at, f64x2.sub(score, f64x2.mul(f64x2.splat(0.5), f64x2.mul(standardised, standardised))));
      i += 8;
    }
    const logTotal = softmaxOf(gate, gate + height);
    let prediction = f64x2.splat(0);
    for (let at: usize = 0; at < height; at += LINE)
      prediction = f64x2.add(prediction, f64x2.mul(v128.load(gate + at), v128.load(mean + at)));
    const logDensity = f64x2.sub(softmaxOf(share, share + height), logTotal);
    const w = v128.load(weights + r);
    const error = f64x2.sub(target, prediction);
    logLikelihood = f64x2.add(logLikelihood, f64x2.mul(w, logDensity));
    squaredError = f64x2.add(squaredError, f64x2.mul(w, f64x2.mul(error, error)));
    weight = f64x2.add(weight, w);
  }
  addBoth(sums, logLikelihood, squaredError);
  addOne(sums + 16, weight);
}

export function multiply(a: usize, b: usize, end: i32, out: usize): void {
  const bytes = <usize>end << 3;
  for (let r: usize = 0; r < bytes; r += 16) v128.store(out + r, f64x2.mul(v128.load(a + r), v128.load(b + r)));
}

export function residuals(
  y: usize,
  weights: usize,
  background: f64,
  mean: usize,
  slope: usize,
  responsibility: usize,
  end: i32,
  share: usize,
  pull: usize,
  push: usize,
  squares: usize,
  spread: usize,
): void {
  const bytes = <usize>end << 3;
  const extra = f64x2.splat(background);
  let s0 = f64x2.splat(0);
  let s1 = f64x2.splat(0);
  for (let r: usize = 0; r < bytes; r += 16) {
    const w = v128.load(weights + r);
    const g = v128.load(slope + r);
    const residual = f64x2.sub(v128.load(y + r), v128.load(mean + r));
    const own = f64x2.mul(w, v128.load(responsibility + r));
    const told = f64x2.add(own, f64x2.mul(extra, w));
    const toldResidual = f64x2.mul(told, residual);
    const residualSquare = f64x2.mul(residual, residual);
    v128.store(share + r, own);
    v128.store(pull + r, f64x2.mul(toldResidual, g));
    v128.store(push + r, f64x2.mul(told, f64x2.mul(g, g)));
    s0 = f64x2.add(s0, f64x2.mul(told, residualSquare));
    s1 = f64x2.add(s1, f64x2.mul(w, residualSquare));
  }
  addOne(squares, s0);
  addOne(spread, s1);
}

export function curvature(weighted: usize, p: usize, same: f64, end: i32, out: usize): void {
  const bytes = <usize>end << 3;
  const s = f64x2.splat(same);
  for (let r: usize = 0; r < bytes; r += 16)
    v128.store(out + r, f64x2.mul(v128.load(weighted + r), f64x2.sub(s, v128.load(p + r))));
}

// Activations by number: ../simd-lines.ts knows them by name.
const SIGMOID: i32 = 1;
const TANH: i32 = 2;

/** kind: 1 logistic, 2 tanh, otherwise leaky. A leaky response of leak 0 is a ReLU. */
export function respond(kind: i32, leak: f64, scores: usize, end: i32): void {
  const stop = scores + (<usize>end << 3);
  for (let at = scores; at < stop; at += 16) {
    const x = v128.load(at);
    if (kind == SIGMOID) v128.store(at, logistic(x));
    else if (kind == TANH) v128.store(at, tanh(x));
    else {
      const low = f64x2.mul(x, f64x2.splat(leak));
      v128.store(at, v128.bitselect(x, low, f64x2.gt(x, f64x2.splat(0))));
    }
  }
}

export function slope(kind: i32, leak: f64, scores: usize, end: i32, out: usize): void {
  const bytes = <usize>end << 3;
  const one = f64x2.splat(1);
  for (let r: usize = 0; r < bytes; r += 16) {
    const x = v128.load(scores + r);
    if (kind == SIGMOID) v128.store(out + r, f64x2.mul(logistic(x), logistic(f64x2.neg(x))));
    else if (kind == TANH) {
      const t = tanh(x);
      v128.store(out + r, f64x2.sub(one, f64x2.mul(t, t)));
    } else v128.store(out + r, v128.bitselect(one, f64x2.splat(leak), f64x2.gt(x, f64x2.splat(0))));
  }
}

/** e^x and log x of a line: for the test of what this file says of their error. */
export function expLine(x: usize, end: i32, out: usize): void {
  const bytes = <usize>end << 3;
  for (let r: usize = 0; r < bytes; r += 16) v128.store(out + r, exp(v128.load(x + r)));
}

export function logLine(x: usize, end: i32, out: usize): void {
  const bytes = <usize>end << 3;
  for (let r: usize = 0; r < bytes; r += 16) v128.store(out + r, log(v128.load(x + r)));
}
