import { describe, expect, test } from 'vitest';
import type { MemoryRows } from '../../../core/model/problem';
import { type Coordinates, whitening } from '../../../core/moments/coordinates';
import { fitGaussianMixture } from '../../../core/moments/gaussian-mixture';
import { labelTensor, type TensorData } from '../../../core/moments/label-tensor';
import { mixtureTensor } from '../../../core/moments/mixture-tensor';
import { secondMoments } from '../../../core/moments/second-moments';
import { contract } from '../../../core/moments/tensor';
import { random } from '../../../core/random';

const cancel = new Int32Array(1);

/** Inputs at ±(2.5, 0) with the noise of N(0, I), and a target that is a cubic of them. */
function cubic(n: number, seed: number): MemoryRows {
  const stream = random(seed);
  const x = new Float64Array(2 * n);
  const y = new Float64Array(n);
  for (let r = 0; r < n; r++) {
    const [a, b] = [(stream.uniform() < 0.3 ? 2.5 : -2.5) + stream.normal(), stream.normal()];
    x.set([a, b], 2 * r);
    y[r] = f(a, b);
  }
  return { n, x, y, weights: null };
}

const f = (a: number, b: number) => a * a * b + 0.5 * a * a - a * b - b * b + 0.3 * b * b * b;

function setUp(rows: MemoryRows, components: number) {
  const usable = Uint8Array.of(1, 1);
  const moments = secondMoments(rows, 2, cancel);
  const coordinates = whitening(moments, 2, usable);
  if (!coordinates) throw new Error('no coordinates');
  const mixture = fitGaussianMixture({ rows, d: 2, usable, moments, coordinates, cancel }, components, random(1));
  if (!mixture) throw new Error('no mixture');
  const units = { base: new Float64Array(3), scale: 1 };
  const data: TensorData = { rows, d: 2, weight: rows.n, units, cancel };
  return { coordinates, mixture, data };
}

/** x = back z + mean. */
function backOf({ affine }: Coordinates): readonly (readonly number[])[] {
  const [p, q, r, s] = [1, 2, 4, 5].map((at) => affine[at]);
  const determinant = p * s - q * r;
  return [
    [s / determinant, -q / determinant],
    [-r / determinant, p / determinant],
  ];
}

/** A tensor of derivatives in x as one of derivatives in z. */
function turned(tensor: readonly number[], back: readonly (readonly number[])[], order: number): number[] {
  const digit = (at: number, place: number) => (at >> (order - 1 - place)) & 1;
  const places = Array.from({ length: order }, (_, place) => place);
  return tensor.map((_, to) =>
    tensor.reduce(
      (sum, entry, from) => sum + places.reduce((value, i) => value * back[digit(from, i)][digit(to, i)], entry),
      0,
    ),
  );
}

/** What mixtureTensor finds beyond the mean derivatives of f, entry after entry. */
function errors(seed: number): number[] {
  const rows = cubic(20000, seed);
  const { coordinates, mixture, data } = setUp(rows, 2);
  let [a, b] = [0, 0];
  for (let r = 0; r < rows.n; r++) [a, b] = [a + rows.x[2 * r] / rows.n, b + rows.x[2 * r + 1] / rows.n];
  const derivatives = [
    [2 * b + 1, 2 * a - 1, 2 * a - 1, -2 + 1.8 * b],
    [0, 2, 2, 0, 2, 0, 0, 1.8],
  ];
  return ([2, 3] as const).flatMap((order) => {
    const found = mixtureTensor(data, coordinates, mixture, axes, [0, 1, 0, 0], order);
    const wanted = turned(derivatives[order - 2], backOf(coordinates), order);
    return wanted.map((entry, at) => (found?.[at] ?? Number.NaN) - entry);
  });
}

const axes = [Float64Array.of(1, 0), Float64Array.of(0, 1)];

describe('moments with the score functions of a mixture', () => {
  test('Stein: E[S₂ f] = E[∇²f] and E[S₃ f] = E[∇³f] for inputs of two clouds, within five standard errors', () => {
    // The spread over samples is the standard error.
    const samples = [1, 2, 3, 4, 5, 6, 7, 8].map(errors);
    for (let entry = 0; entry < 12; entry++) {
      const values = samples.map((row) => row[entry]);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
      expect(Math.abs(mean)).toBeLessThan(5 * (spread / Math.sqrt(values.length)));
    }
  });

  test('one component gives the plain averages', () => {
    const { coordinates, mixture, data } = setUp(cubic(500, 9), 1);
    for (const order of [2, 3] as const) {
      const found = mixtureTensor(data, coordinates, mixture, axes, [0, 1, 0.5, 0], order);
      const plain = labelTensor(data, coordinates, [0, 1, 0.5, 0], order, 'raw');
      found?.forEach((entry, at) => expect(entry).toBeCloseTo(plain?.[at] ?? Number.NaN, 10));
      expect(found?.length).toBe(2 ** order);
    }
  });

  test('along one direction it is the tensor contracted with that direction', () => {
    const { coordinates, mixture, data } = setUp(cubic(800, 10), 3);
    const v = Float64Array.of(0.6, -0.8);
    const whole = mixtureTensor(data, coordinates, mixture, axes, [0, 1, 0, 0.2], 3);
    const along = mixtureTensor(data, coordinates, mixture, [v], [0, 1, 0, 0.2], 3);
    expect(along?.[0]).toBeCloseTo(contract(whole ?? new Float64Array(8), 2, v, v, v), 8);
  });
});
