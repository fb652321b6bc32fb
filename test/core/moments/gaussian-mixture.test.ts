import { describe, expect, test } from 'vitest';
import type { MemoryRows } from '../../../core/model/problem';
import { whitening } from '../../../core/moments/coordinates';
import { fitGaussianMixture, type GaussianMixture, type MixtureData } from '../../../core/moments/gaussian-mixture';
import { secondMoments } from '../../../core/moments/second-moments';
import { random } from '../../../core/random';
import { inMemory } from '../in-memory';

const cancel = new Int32Array(1);

function dataOf(rows: MemoryRows, d: number): MixtureData {
  const usable = new Uint8Array(d).fill(1);
  const moments = secondMoments(rows, d, cancel);
  const coordinates = whitening(moments, d, usable);
  if (!coordinates) throw new Error('no coordinates');
  return { rows, d, usable, moments, coordinates, cancel };
}

function fitted(data: MixtureData, components: number, seed = 1): GaussianMixture {
  const mixture = fitGaussianMixture(data, components, random(seed));
  if (!mixture) throw new Error('no mixture');
  return mixture;
}

/** Rows around centres with a covariance of their own that is the same for all: x = centre + (z_0, z_0 / 2 + z_1, ..). */
function clouds(
  n: number,
  centres: readonly (readonly number[])[],
  shares: readonly number[],
  seed: number,
): MemoryRows {
  const d = centres[0].length;
  const stream = random(seed);
  const x = new Float64Array(n * d);
  for (let r = 0; r < n; r++) {
    let left = stream.uniform();
    const chosen = shares.findIndex((share) => (left -= share) < 0);
    const z = Array.from({ length: d }, () => stream.normal());
    for (let j = 0; j < d; j++) x[r * d + j] = centres[Math.max(chosen, 0)][j] + z[j] + (j > 0 ? z[j - 1] / 2 : 0);
  }
  return { n, x, y: new Float64Array(n), weights: null };
}

/** Means in the columns' own units: white coordinates turned back by their covariance with the columns. */
function meansOf({ d, coordinates: { q, affine }, moments }: MixtureData, mixture: GaussianMixture): number[][] {
  const back = Array.from({ length: d }, (_, j) =>
    Array.from({ length: q }, (_, i) => {
      let sum = 0;
      for (let a = 0; a < d; a++) sum += affine[i * (d + 1) + 1 + a] * moments.covariance[a * (d + 1) + j];
      return sum;
    }),
  );
  return Array.from({ length: mixture.components }, (_, c) =>
    back.map((line, j) => line.reduce((sum, value, i) => sum + value * mixture.means[c * q + i], moments.mean[j])),
  );
}

const centres = [
  [4, 0, 0],
  [-3, 3, 1],
  [0, -4, -2],
];

describe('a mixture of normals over the inputs', () => {
  test('means of clouds that lie apart are found within five standard errors, and as many clouds as there are', () => {
    const data = dataOf(clouds(3000, centres, [0.5, 0.3, 0.2], 1), 3);
    const mixture = fitted(data, 0);
    expect(mixture.components).toBe(3);
    const found = meansOf(data, mixture);
    for (const centre of centres) {
      const nearest = Math.min(...found.map((mean) => Math.hypot(...mean.map((m, j) => m - centre[j]))));
      expect(nearest).toBeLessThan(5 * Math.sqrt((3 * 1.25) / 600));
    }
  });

  test('BIC takes normal inputs for one normal distribution', () => {
    for (const d of [4, 12])
      expect(fitted(dataOf(clouds(2000, [Array<number>(d).fill(0)], [1], 2), d), 0).components).toBe(1);
  });

  test('the log-likelihood is that of the densities written out', () => {
    const data = dataOf(clouds(400, centres, [0.5, 0.3, 0.2], 3), 3);
    const { components, means, precision, affine, logLikelihood } = fitted(data, 3);
    const { q, affine: lines } = data.coordinates;
    const determinant = (p: (i: number, j: number) => number) =>
      p(0, 0) * (p(1, 1) * p(2, 2) - p(1, 2) * p(2, 1)) -
      p(0, 1) * (p(1, 0) * p(2, 2) - p(1, 2) * p(2, 0)) +
      p(0, 2) * (p(1, 0) * p(2, 1) - p(1, 1) * p(2, 0));
    const logDeterminant = Math.log(determinant((i, j) => precision[i * 3 + j]));
    const { x } = inMemory(data.rows);
    let sum = 0;
    for (let r = 0; r < data.rows.n; r++) {
      const z = Array.from({ length: q }, (_, i) =>
        [0, 1, 2].reduce((total, j) => total + lines[i * 4 + 1 + j] * x[3 * r + j], lines[i * 4]),
      );
      let density = 0;
      for (let c = 0; c < components; c++) {
        const away = z.map((value, i) => value - means[c * q + i]);
        const square = away.reduce(
          (total, a, i) => total + a * away.reduce((s, b, j) => s + precision[i * q + j] * b, 0),
          0,
        );
        // The share is what the odds at the mean of the component leave over its own quadratic.
        const mean = means.subarray(c * q, (c + 1) * q);
        const own = mean.reduce((t, a, i) => t + a * mean.reduce((s, b, j) => s + precision[i * q + j] * b, 0), 0);
        const slopes = Array.from({ length: q }, (_, i) => mean.reduce((s, b, j) => s + precision[i * q + j] * b, 0));
        const constant = affine[c * 4] - slopes.reduce((s, slope, i) => s + slope * lines[i * 4], 0);
        density += Math.exp(constant + own / 2 - square / 2);
      }
      sum += Math.log(density) + logDeterminant / 2 - (q / 2) * Math.log(2 * Math.PI);
    }
    expect(logLikelihood).toBeCloseTo(sum, 7);
  });

  test('more components never have a lower likelihood than one, and the same stream gives the same bits', () => {
    const data = dataOf(clouds(500, centres, [0.4, 0.4, 0.2], 4), 3);
    const one = fitted(data, 1).logLikelihood;
    for (const count of [2, 3, 5]) expect(fitted(data, count).logLikelihood).toBeGreaterThan(one);
    expect(fitted(data, 3, 7)).toEqual(fitted(data, 3, 7));
  });

  test('a row of weight 2 is the row twice, of weight 0 is absent', () => {
    const rows = clouds(300, centres, [0.4, 0.4, 0.2], 5);
    const weights = Float64Array.from({ length: 300 }, (_, r) => r % 3);
    const order = Array.from(weights, (w, r) => new Array<number>(w).fill(r)).flat();
    const x = Float64Array.from(order.flatMap((r) => [...rows.x.subarray(3 * r, 3 * r + 3)]));
    const spelled = fitted(dataOf({ n: order.length, x, y: new Float64Array(order.length), weights: null }, 3), 3);
    const weighted = fitted(dataOf({ ...rows, weights }, 3), 3);
    expect(weighted.logLikelihood).toBeCloseTo(spelled.logLikelihood, 2);
  });

  test('a column of two values does not make the likelihood unbounded', () => {
    const rows = clouds(500, [[0, 0, 0]], [1], 6);
    for (let r = 0; r < rows.n; r++) rows.x[3 * r] = r % 2;
    const { logLikelihood, precision } = fitted(dataOf(rows, 3), 2);
    expect(Number.isFinite(logLikelihood)).toBe(true);
    expect(Math.max(...precision)).toBeLessThan(1 / 0.05 + 1e-6);
  });

  test('many rows are begun on some of them and finished on all', () => {
    const data = dataOf(clouds(12000, centres, [0.5, 0.3, 0.2], 7), 3);
    const found = meansOf(data, fitted(data, 0));
    expect(found.length).toBe(3);
    for (const centre of centres) {
      const nearest = Math.min(...found.map((mean) => Math.hypot(...mean.map((m, j) => m - centre[j]))));
      expect(nearest).toBeLessThan(5 * Math.sqrt((3 * 1.25) / 2400));
    }
  });
});
