import simdModule from 'virtual:simd-lines';
import { describe, expect, test } from 'vitest';
import { kernelNamed, kernelNames } from '../../../core/fit/kernels';
import type { Lines } from '../../../core/kernels/lines';
import { type Kernel, neverCancelled, pass } from '../../../core/kernels/pass';
import { plainLines } from '../../../core/kernels/plain-lines';
import { simdLines } from '../../../core/kernels/simd-lines';
import type { MemoryRows } from '../../../core/model/problem';
import { activationNamed } from '../../../core/model/activations';
import { type Activation, activationIds } from '../../../core/model/spec';
import { monomials } from '../../../core/moments/monomials';
import { random } from '../../../core/random';
import { type Mixture, mixtureNames, mixtureOf, requests, type Shape } from './kernel-requests';

const wasmLines = simdLines(new WebAssembly.Module(Buffer.from(simdModule, 'base64')));

/** Half the distance from 1 to the next number: what one rounding costs, in parts of what is rounded. */
const ROUNDING = 2 ** -53;
/**
 * Roundings by which two sums may differ, in parts of the sum of the sizes of what is added. The builds add the same terms in another
 * order: a block of 128 rows costs at most 127 roundings in one lane and 66 in two, the shards a few more; a term that holds an exponential
 * or a logarithm, each within 1 unit of the true value in either build, costs about ten. Found are less than 20 where responses are not
 * bent.
 */
const ROUNDINGS = 256;
/** Below the smallest normal number digits are lost whatever is done. */
const SMALLEST = 2 ** -1022;

const MOST_ROWS = 300;
/** None, one, a block but one, a block, a block and one, three shards. */
const counts = [0, 1, 127, 128, 129, MOST_ROWS];

/** Rows as long as `MOST_ROWS`, features and target `size` large. Weights are 0, 1 and 2. */
function randomRows(d: number, size: number): MemoryRows {
  const stream = random(5);
  return {
    n: MOST_ROWS,
    x: Float64Array.from({ length: MOST_ROWS * d }, () => size * stream.normal()),
    y: Float64Array.from({ length: MOST_ROWS }, () => 3 * size * stream.normal()),
    weights: Float64Array.from({ length: MOST_ROWS }, () => stream.integer(3)),
  };
}

const some = ({ x, y, weights }: MemoryRows, d: number, from: number, to: number): MemoryRows => ({
  n: to - from,
  x: x.subarray(from * d, to * d),
  y: y.subarray(from, to),
  weights: weights && weights.subarray(from, to),
});

const kernelOf = (name: string): Kernel<unknown> => kernelNamed(name)!;
const sumsOn = (lines: Lines, name: string, rows: MemoryRows, d: number, request: unknown): Float64Array =>
  pass(kernelOf(name), rows, d, request, neverCancelled(), lines);

/** 0 and −0 are one. */
const isSame = (a: number, b: number): boolean => a === b || Object.is(a, b);

/**
 * What the response of a bent activation, which each build rounds by itself, adds to a row. It is within 2 units of the true one in both,
 * so that the logarithm of a density, (y − μ)² / 2σ², and with it the responsibility, differs by a part of (1 + |y|) / σ² roundings more;
 * and the slope of tanh is 1 − μ², whose digits are those of 1, however small it is.
 */
function bent({ parameters: { sigmas }, activation }: Mixture, rows: MemoryRows, d: number) {
  if (activation.id !== 'sigmoid' && activation.id !== 'tanh') return { stretch: 1, slack: () => 0 };
  const largest = rows.y.reduce((most, y) => Math.max(most, Math.abs(y)), 1);
  const precision = sigmas.reduce((most, sigma) => Math.max(most, 1 / sigma), 1) ** 2;
  const feature = (r: number) =>
    rows.x.subarray(r * d, (r + 1) * d).reduce((most, x) => Math.max(most, Math.abs(x)), 1);
  const slack = (r: number) => rows.weights![r] * (1 + Math.abs(rows.y[r])) * feature(r) ** 2;
  return { stretch: 1 + (1 + largest) * precision, slack: activation.id === 'tanh' ? slack : () => 0 };
}

/** Runs a request on both builds for each number of rows and compares the sums with what their terms allow. */
function expectNear(name: string, mixture: Mixture, { d, k }: Shape, all: MemoryRows): void {
  const { stretch, slack } = bent(mixture, all, d);
  for (const request of requests[name](mixture, { d, k })) {
    const sizes = new Float64Array(kernelOf(name).length(request, d));
    let spare = 0;
    let rows = 0;
    for (const n of counts) {
      // Sums are additive: the sizes of the terms are those of the sums over single rows.
      for (; rows < n; rows++) {
        spare += slack(rows);
        sumsOn(plainLines, name, some(all, d, rows, rows + 1), d, request).forEach((sum, j) => {
          sizes[j] += Math.abs(sum);
        });
      }
      const first = some(all, d, 0, n);
      const [plain, simd] = [plainLines, wasmLines].map((lines) => sumsOn(lines, name, first, d, request));
      plain.forEach((sum, j) => {
        const allowed = ROUNDINGS * ROUNDING * (stretch * sizes[j] + spare) + SMALLEST;
        if (!isSame(sum, simd[j]) && !(Math.abs(sum - simd[j]) <= allowed))
          expect.fail(`${name}, ${n} rows, sum ${j}: ${sum} and ${simd[j]} are not within ${allowed}`);
      });
    }
  }
}

test('every kernel of the program is asked for something', () => {
  expect(Object.keys(requests).toSorted()).toEqual(kernelNames.toSorted());
});

const activations: readonly Activation[] = activationIds.map((id) => activationNamed(id));
const usual: Shape = { d: 5, k: 3 };

describe.each(kernelNames.map((name) => ({ name })))('$name has the same sums in both builds', ({ name }) => {
  test.each(mixtureNames)('of %s', (mixture) => {
    for (const activation of activations)
      expectNear(name, mixtureOf(mixture, activation, usual), usual, randomRows(usual.d, 1));
  });

  test('of rows in the millions', () => {
    for (const activation of activations)
      expectNear(name, mixtureOf('an ordinary mixture', activation, usual), usual, randomRows(usual.d, 1e6));
  });

  test.each([
    { d: 1, k: 1 },
    { d: 2, k: 16 },
    { d: 10, k: 4 },
  ])('of $d features and $k experts', (shape) => {
    for (const activation of activations)
      expectNear(name, mixtureOf('an ordinary mixture', activation, shape), shape, randomRows(shape.d, 1));
  });

  test('exactly 0 of no rows and of rows that weigh nothing', () => {
    const { d } = usual;
    const zeros = new Float64Array(MOST_ROWS);
    const rows = randomRows(d, 1);
    // The L4 loss counts a row by two labels, which stand where others have the target and the weight.
    const idle = { ...rows, y: name.startsWith('l4-') ? zeros : rows.y, weights: zeros };
    for (const activation of activations) {
      for (const request of requests[name](mixtureOf('an ordinary mixture', activation, usual), usual)) {
        for (const lines of [plainLines, wasmLines]) {
          for (const nothing of [some(rows, d, 0, 0), idle])
            expect(sumsOn(lines, name, nothing, d, request).every((sum) => sum === 0)).toBe(true);
        }
      }
    }
  });
});

test.each(mixtureNames)('what is predicted of every row is the same in both builds, of %s', (name) => {
  const { d, k } = usual;
  const rows = randomRows(d, 1);
  const { parameters } = mixtureOf(name, activationNamed('linear'), usual);
  const [plain, simd] = [plainLines, wasmLines].map((lines) => {
    const [mean, sd, gates, means] = [1, 1, k, k].map((width) => new Float64Array(width * MOST_ROWS));
    const out = { mean, sd, gates, means };
    sumsOn(lines, 'prediction', rows, d, { parameters, activation: { id: 'linear' }, out });
    return out;
  });
  // The scores of linear experts and of gates are added in one order; what is made of them is rounded a few times.
  const isNear = (a: number, b: number, size = a) => Math.abs(a - b) <= 16 * ROUNDING * Math.abs(size) + SMALLEST;
  expect(plain.means).toEqual(simd.means);
  expect(plain.gates.findIndex((gate, at) => !isNear(gate, simd.gates[at]))).toBe(-1);
  const size = (r: number) => plain.means.subarray(r * k, (r + 1) * k).reduce((sum, mean) => sum + Math.abs(mean), 0);
  expect(plain.mean.findIndex((mean, r) => !isNear(mean, simd.mean[r], size(r)))).toBe(-1);
  expect(plain.sd.findIndex((sd, r) => !isNear(sd, simd.sd[r], sd + size(r)))).toBe(-1);
  expect(plain.gates.every((gate) => gate >= 0 && gate <= 1 + 2 * ROUNDING)).toBe(true);
});

describe('to the last bit', () => {
  const { d, k } = usual;
  const expectEqual = (name: string, rows: MemoryRows, request: unknown) => {
    const [plain, simd] = [plainLines, wasmLines].map((lines) => sumsOn(lines, name, rows, d, request));
    expect(plain.findIndex((sum, j) => !isSame(sum, simd[j]))).toBe(-1);
  };
  /** Small whole numbers: no sum of their products is ever rounded, in whatever order. */
  const whole = (length: number, seed: number) => {
    const stream = random(seed);
    return Float64Array.from({ length }, () => stream.integer(7) - 3);
  };
  const wholeRows: MemoryRows = {
    n: MOST_ROWS,
    x: whole(MOST_ROWS * d, 51),
    y: whole(MOST_ROWS, 52),
    weights: whole(MOST_ROWS, 53).map(Math.abs),
  };
  const polynomial = {
    monomials: monomials(2, 3),
    coordinates: whole(2 * (d + 1), 54),
    label: { base: whole(d + 1, 55), scale: 0.5, coefficients: [1, -2, 3], remainder: whole(3, 56) },
    gram: true,
  };
  const directions = whole(k * d, 57);

  test.each<[string, unknown]>([
    ['second-moments', null],
    ['polynomial', polynomial],
    ['l4-averages', { k, directions }],
    ['l4-pull', { k, directions, lengths: whole(k, 58), linear: whole(k * k, 59), weights: whole(k * k, 60) }],
  ])('the sums of whole numbers, whose order costs nothing: %s', (name, request) => {
    for (const n of counts) expectEqual(name, some(wholeRows, d, 0, n), request);
  });

  test.each(['linear', 'relu', 'leaky-relu'] as const)(
    'nearest centres and nearest experts that are %s: row by row, from scores added in one order',
    (id) => {
      for (const name of ['nearest-centre', 'nearest-expert']) {
        for (const mixture of mixtureNames) {
          for (const request of requests[name](mixtureOf(mixture, activationNamed(id), usual), usual))
            for (const n of counts) expectEqual(name, some(randomRows(d, 1), d, 0, n), request);
        }
      }
    },
  );
});
