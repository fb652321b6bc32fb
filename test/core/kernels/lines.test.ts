import { readFileSync } from 'node:fs';
import simdModule from 'virtual:simd-lines';
import { describe, expect, test } from 'vitest';
import { type Lines, padded, STRIDE } from '../../../core/kernels/lines';
import { plainLines } from '../../../core/kernels/plain-lines';
import { simdLines } from '../../../core/kernels/simd-lines';
import { triangle, triangleIndex } from '../../../core/kernels/triangle';
import type { Activation } from '../../../core/model/spec';
import { random } from '../../../core/random';

const module = new WebAssembly.Module(Buffer.from(simdModule, 'base64'));
const builds: readonly { name: string; lines: Lines }[] = [
  { name: 'TypeScript', lines: plainLines },
  { name: 'WebAssembly', lines: simdLines(module) },
];
const counts = [1, 2, 3, 4, 5, 7, 16, 127, 128];
const shapes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 22].flatMap((q) => counts.map((count) => ({ q, count })));

/** Two lines of weights and q lines of numbers, 0 in the padding. */
function numbers(lines: Lines, q: number, count: number) {
  const stream = random(q, count);
  const z = lines.array(q * STRIDE);
  const v = lines.array(2 * STRIDE);
  for (let r = 0; r < count; r++) {
    v[STRIDE + r] = stream.uniform();
    for (let a = 0; a < q; a++) z[a * STRIDE + r] = stream.normal();
  }
  return { z, v };
}

describe.each(builds)('$name', ({ lines }) => {
  test.each(shapes)('the Gram triangle of $q lines and $count rows is the sum of its products', ({ q, count }) => {
    lines.arrays(() => {
      const { z, v } = numbers(lines, q, count);
      const sums = lines.array(2 + triangle(q)).fill(0.5);
      lines.addGram(v, STRIDE, z, q, count, lines.array(2 * STRIDE), sums, 1);
      for (let a = 0; a < q; a++) {
        for (let b = a; b < q; b++) {
          let expected = 0.5;
          for (let r = 0; r < count; r++) expected += v[STRIDE + r] * z[a * STRIDE + r] * z[b * STRIDE + r];
          expect(sums[1 + triangleIndex(q, a, b)]).toBeCloseTo(expected, 11);
        }
      }
      expect([sums[0], sums[sums.length - 1]]).toEqual([0.5, 0.5]);
    });
  });

  test.each(shapes)('the weighted sums of $q lines and $count rows are sums of products', ({ q, count }) => {
    lines.arrays(() => {
      const { z, v } = numbers(lines, q, count);
      const sums = lines.array(q + 2).fill(0.5);
      lines.addLines(v, STRIDE, z, q, count, sums, 1);
      for (let a = 0; a < q; a++) {
        let expected = 0.5;
        for (let r = 0; r < count; r++) expected += v[STRIDE + r] * z[a * STRIDE + r];
        expect(sums[1 + a]).toBeCloseTo(expected, 11);
      }
      expect([sums[0], sums[q + 1]]).toEqual([0.5, 0.5]);
    });
  });

  test.each(shapes)('the affine scores of $q lines and $count rows, for 1 to 6 functions', ({ q, count }) => {
    for (const k of [1, 2, 3, 4, 5, 6]) {
      lines.arrays(() => {
        const { z } = numbers(lines, q, count);
        const affine = lines.array(k * q).map((_, at) => Math.sin(at + 1));
        const reachable = lines.array(k * q);
        reachable.set(affine);
        const out = lines.array((k + 1) * STRIDE).fill(7);
        lines.affineScores(reachable, k, q, z, count, out);
        for (let i = 0; i < k; i++) {
          for (let r = 0; r < count; r++) {
            let expected = 0;
            for (let a = 0; a < q; a++) expected += affine[i * q + a] * z[a * STRIDE + r];
            expect(out[i * STRIDE + r]).toBeCloseTo(expected, 12);
          }
        }
        expect(out.subarray(k * STRIDE)).toEqual(new Float64Array(STRIDE).fill(7));
      });
    }
  });

  test.each(counts)('%i rows of 1 to 5 columns become lines, and nothing else is written', (count) => {
    for (const d of [1, 2, 3, 5]) {
      lines.arrays(() => {
        const rows = lines.array(d * STRIDE).fill(0);
        for (let at = 0; at < d * count; at++) rows[at] = at + 1;
        const out = lines.array((d + 2) * STRIDE).fill(-1);
        lines.transpose(rows, d, count, out, STRIDE);
        for (let j = 0; j < d; j++) {
          for (let r = 0; r < STRIDE; r++) expect(out[(j + 1) * STRIDE + r]).toBe(r < count ? rows[r * d + j] : -1);
        }
        expect([out[0], out[(d + 1) * STRIDE]]).toEqual([-1, -1]);
      });
    }
  });

  test('the softmax of scores of any size adds up to 1, and its log-sum is right', () => {
    lines.arrays(() => {
      const scores = lines.array(3 * STRIDE);
      const totals = lines.array(STRIDE);
      const columns = [
        [0, 0, 0],
        [700, 710, -3000],
        [1e300, -1e300, 0],
        [-745, -746, -747],
        [5, -Infinity, 4],
        [1e-300, 0, -0],
      ];
      columns.forEach((column, r) => column.forEach((score, i) => (scores[i * STRIDE + r] = score)));
      lines.softmax(scores, 3, columns.length, totals);
      columns.forEach((column, r) => {
        const top = Math.max(...column);
        const total = column.reduce((sum, score) => sum + Math.exp(score - top), 0);
        column.forEach((score, i) => expect(scores[i * STRIDE + r]).toBeCloseTo(Math.exp(score - top) / total, 14));
        expect(totals[r] / (top + Math.log(total) || 1)).toBeCloseTo(top + Math.log(total) === 0 ? 0 : 1, 14);
      });
    });
  });

  test('what is no number stays none, and is not taken for one elsewhere', () => {
    lines.arrays(() => {
      const scores = lines.array(2 * STRIDE);
      scores.set([Number.NaN, 1]);
      lines.softmax(scores, 2, 2, lines.array(STRIDE));
      expect([scores[0], scores[STRIDE]]).toEqual([Number.NaN, Number.NaN]);
      expect(scores[1] + scores[STRIDE + 1]).toBeCloseTo(1, 14);
    });
  });
});

/** Where two builds differ most, against the larger of the size of what is compared and `floor`. */
function farthest(a: Float64Array, b: Float64Array, floor: number): number {
  let most = 0;
  a.forEach((value, at) => {
    if (Object.is(value, b[at]) || value === b[at]) return;
    const distance = Math.abs(value - b[at]) / Math.max(floor, Math.abs(value));
    most = Math.max(most, Number.isNaN(distance) ? Infinity : distance);
  });
  return most;
}

/** What a computation leaves in its arrays, copied. */
const left = (lines: Lines, compute: (lines: Lines) => readonly Float64Array[]) =>
  lines.arrays(() => compute(lines).map((array) => array.slice()));

function expectEqualBuilds(compute: (lines: Lines) => readonly Float64Array[], tolerance = 1e-13, floor = 1): void {
  const [plain, simd] = builds.map(({ lines }) => left(lines, compute));
  plain.forEach((array, at) => expect(farthest(array, simd[at], floor)).toBeLessThan(tolerance));
}

/** Scores of ordinary size, of a size at which densities underflow, and of one at which nearly everything does. */
const spreads = [1, 40, 1e4, 1e150];

describe('both builds agree', () => {
  test.each(counts.flatMap((count) => [1, 2, 3, 5, 16].map((k) => ({ count, k }))))(
    'on the posteriors of $count rows and $k experts',
    ({ count, k }) => {
      for (const spread of spreads) {
        expectEqualBuilds((lines) => {
          const stream = random(count, k);
          const fill = (length: number, draw: () => number) => lines.array(length).fill(0).map(draw);
          const copy = (values: Float64Array) => {
            const to = lines.array(values.length);
            to.set(values);
            return to;
          };
          const y = copy(fill(STRIDE, () => stream.normal()));
          const weights = lines.array(STRIDE);
          for (let r = 0; r < count; r++) weights[r] = stream.uniform();
          const means = copy(fill(k * STRIDE, () => stream.normal()));
          const gates = copy(fill(k * STRIDE, () => spread * stream.normal()));
          const shares = lines.array(k * STRIDE);
          const sums = lines.array(3);
          const normalisers = copy(fill(k, () => stream.normal()));
          const precisions = copy(fill(k, () => 1 + spread * stream.uniform()));
          lines.posteriors(k, count, y, 0, weights, means, normalisers, precisions, gates, shares, sums);
          // A likelihood of scores of 1e150 is a difference of numbers of that size, squared.
          return spread > 1e100 ? [gates, shares] : [gates, shares, sums];
        }, 1e-11);
      }
    },
  );

  test.each(counts)('on what a move of the scores of %i rows costs', (count) => {
    for (const spread of [1, 40, 1e4]) {
      expectEqualBuilds((lines) => {
        const stream = random(count);
        const [from, to] = [lines.array(3 * STRIDE), lines.array(3 * STRIDE)];
        const weights = lines.array(STRIDE);
        for (let at = 0; at < from.length; at++) {
          from[at] = spread * stream.normal();
          to[at] = from[at] + stream.normal();
        }
        for (let r = 0; r < count; r++) weights[r] = stream.uniform();
        const sums = lines.array(2);
        lines.softmaxMove(from, to, 3, count, weights, sums, 1);
        return [to, sums];
      }, 1e-10);
    }
  });

  const activations: readonly Activation[] = [
    { id: 'linear' },
    { id: 'sigmoid' },
    { id: 'tanh' },
    { id: 'relu' },
    { id: 'leaky-relu', leak: 0.2 },
  ];
  test.each(activations)('on the response and the slope of $id', (activation) => {
    const edges = [
      0,
      -0,
      1e-300,
      -1e-300,
      0.624,
      0.626,
      -0.625,
      20,
      -20,
      40,
      700,
      -700,
      746,
      -746,
      1e10,
      -1e10,
      Infinity,
    ];
    const stream = random(5);
    const scores = Float64Array.from({ length: 2 * STRIDE }, (_, at) => edges[at] ?? 3 * stream.normal());
    const both = (lines: Lines) => {
      const line = lines.array(2 * STRIDE);
      const slopes = lines.array(2 * STRIDE);
      line.set(scores);
      for (const at of [0, STRIDE]) {
        lines.slope(activation, line, at, STRIDE, slopes);
        lines.respond(activation, line, at, STRIDE);
      }
      return [line, slopes];
    };
    expectEqualBuilds((lines) => [both(lines)[1]], 1e-15);
    // Near 0 the digits of the response itself are kept, not only those of 1.
    expectEqualBuilds((lines) => [both(lines)[0]], 1e-15, 1e-300);
  });

  test.each(counts)('on products, curvatures and residuals of %i rows', (count) => {
    expectEqualBuilds((lines) => {
      const { z, v } = numbers(lines, 6, count);
      const line = (i: number) => i * STRIDE;
      const [out, share, pull, push, sums] = [STRIDE, 2 * STRIDE, STRIDE, STRIDE, 3].map((length) =>
        lines.array(length),
      );
      const product = lines.array(STRIDE);
      lines.multiply(z, line(1), z, line(2), count, product, 0);
      lines.curvature(z, line(1), z, line(2), 1, count, out);
      const weights = lines.array(STRIDE);
      weights.set(v.subarray(STRIDE));
      lines.residuals(z, line(5), weights, 0.25, z, z, z, line(1), count, share, pull, push, sums, 0, 2);
      return [out, product, share, pull, push, sums].map((array) => array.subarray(0, Math.max(3, padded(count))));
    });
  });
});

describe('the exponential and the logarithm', () => {
  const lines = simdLines(module);
  const trueValues = JSON.parse(readFileSync('test/core/kernels/exp-log.json', 'utf8')) as Record<
    'exp' | 'log',
    [x: number, y: number, rest: number][]
  >;

  /** What a unit in the last place of a number is. */
  const unit = (y: number) => (Math.abs(y) < 2 ** -1022 ? 2 ** -1074 : 2 ** (Math.floor(Math.log2(Math.abs(y))) - 52));

  /** The farthest from the true values, in units in their last place. The true value is y + rest: see exp-log.py. */
  function worst(line: 'expLine' | 'logLine', values: readonly (readonly number[])[]): number {
    let most = 0;
    lines.arrays(() => {
      const x = lines.array(STRIDE);
      const out = lines.array(STRIDE);
      for (let from = 0; from < values.length; from += STRIDE) {
        const some = values.slice(from, from + STRIDE);
        x.set(some.map(([argument]) => argument));
        lines.wasm[line](x.byteOffset, STRIDE, out.byteOffset);
        some.forEach(([, y, rest], r) => {
          most = Math.max(most, Math.abs(out[r] - y - rest) / unit(y));
        });
      }
    });
    return most;
  }

  test('are within 1 unit in the last place of values of 50 digits: found are 0.78 and 0.65, and 1 of numbers below 2^-1022', () => {
    const isNormal = ([, y]: readonly number[]) => y >= 2 ** -1022;
    expect(trueValues.exp.length + trueValues.log.length).toBeGreaterThan(2000);
    expect(worst('expLine', trueValues.exp.filter(isNormal))).toBeLessThan(0.8);
    expect(worst('expLine', trueValues.exp)).toBeLessThanOrEqual(1);
    expect(worst('logLine', trueValues.log)).toBeLessThan(0.7);
  });

  test('end in 0, infinity and no number where they should', () => {
    lines.arrays(() => {
      const x = lines.array(STRIDE);
      const out = lines.array(STRIDE);
      const values = [0, -0, -Infinity, Infinity, Number.NaN, -745, -746, 709.78, 710, -708.5, 1e-320];
      x.set(values);
      lines.wasm.expLine(x.byteOffset, STRIDE, out.byteOffset);
      expect([...out.subarray(0, values.length)]).toEqual(values.map(Math.exp));
    });
  });
});

test('memory grows in the middle of what is made, and every array is there in the end', () => {
  const lines = simdLines(module);
  const made = lines.arrays(() => {
    const small = lines.array(10).fill(1);
    const large = lines.array(5e6);
    return { small, large };
  });
  expect([made.small.length, made.large.length]).toEqual([10, 5e6]);
  made.small.fill(2);
  expect(made.large.every((value) => value === 0)).toBe(true);
});
