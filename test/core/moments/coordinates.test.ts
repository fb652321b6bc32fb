import { describe, expect, test } from 'vitest';
import type { MemoryRows } from '../../../core/model/problem';
import { identity, looksStandard, project, weightsOf, whitening } from '../../../core/moments/coordinates';
import { secondMoments } from '../../../core/moments/second-moments';
import { leadingSubspace } from '../../../core/moments/subspace';
import { symmetricEigen } from '../../../core/moments/symmetric-eigen';
import { random } from '../../../core/random';

const cancel = new Int32Array(1);
const all = (d: number) => new Uint8Array(d).fill(1);

function correlatedRows(n: number, seed: number): MemoryRows {
  const stream = random(seed);
  const x = new Float64Array(n * 3);
  for (let r = 0; r < n; r++) {
    const [a, b] = [stream.normal(), stream.normal()];
    x.set([5 + a, 100 * (a + 0.1 * b), 3], r * 3);
  }
  return { n, x, y: Float64Array.from({ length: n }, () => stream.normal()), weights: null };
}

describe('second moments', () => {
  test('a row of weight 2 is the row twice, of weight 0 is absent', () => {
    const rows = correlatedRows(4, 1);
    const weighted = secondMoments({ ...rows, weights: Float64Array.of(2, 0, 1, 1) }, 3, cancel);
    const order = [0, 0, 2, 3];
    const copied = secondMoments(
      {
        n: 4,
        x: Float64Array.from(order.flatMap((r) => Array.from(rows.x.subarray(3 * r, 3 * r + 3)))),
        y: Float64Array.from(order, (r) => rows.y[r]),
        weights: null,
      },
      3,
      cancel,
    );
    expect(weighted.weight).toBe(4);
    weighted.mean.forEach((value, j) => expect(value).toBeCloseTo(copied.mean[j], 10));
    weighted.covariance.forEach((value, at) => expect(value).toBeCloseTo(copied.covariance[at], 8));
  });
});

describe('whitening', () => {
  test('its coordinates have mean 0 and covariance I; a constant and a repeated column take none', () => {
    const rows = correlatedRows(500, 2);
    const doubled: MemoryRows = {
      ...rows,
      x: Float64Array.from(
        { length: 500 * 4 },
        (_, at) => rows.x[Math.floor(at / 4) * 3 + (at % 4 === 3 ? 0 : at % 4)],
      ),
    };
    const moments = secondMoments(doubled, 4, cancel);
    const coordinates = whitening(moments, 4, all(4));
    expect(coordinates?.q).toBe(2);
    if (!coordinates) return;
    const z = Array.from({ length: 500 }, (_, r) =>
      [0, 1].map((i) =>
        Array.from({ length: 4 }, (_, j) => coordinates.affine[i * 5 + 1 + j] * doubled.x[4 * r + j]).reduce(
          (sum, value) => sum + value,
          coordinates.affine[i * 5],
        ),
      ),
    );
    for (const i of [0, 1]) {
      expect(z.reduce((sum, row) => sum + row[i], 0) / 500).toBeCloseTo(0, 9);
      for (const j of [0, 1]) {
        expect(z.reduce((sum, row) => sum + row[i] * row[j], 0) / 500).toBeCloseTo(i === j ? 1 : 0, 8);
      }
    }
  });

  test('columns that may not be used have no weight', () => {
    const moments = secondMoments(correlatedRows(50, 3), 3, cancel);
    const coordinates = whitening(moments, 3, Uint8Array.of(0, 1, 1));
    expect(coordinates?.q).toBe(1);
    expect(coordinates?.affine[1]).toBe(0);
    expect(identity(3, Uint8Array.of(0, 1, 1)).q).toBe(2);
  });

  test('moments that are not numbers are refused, not decomposed', () => {
    const rows = correlatedRows(50, 4);
    rows.x[7] = NaN;
    expect(whitening(secondMoments(rows, 3, cancel), 3, all(3))).toBeNull();
    expect(symmetricEigen(Float64Array.of(1, NaN, NaN, 1), 2)).toBeNull();
  });

  test('standard normal inputs look standard; shifted, scaled and correlated ones do not', () => {
    const stream = random(8);
    const n = 2000;
    const x = Float64Array.from({ length: 3 * n }, () => stream.normal());
    const look = (change: (value: number, j: number, r: number) => number) =>
      looksStandard(
        secondMoments(
          { n, x: x.map((v, at) => change(v, at % 3, Math.floor(at / 3))), y: new Float64Array(n), weights: null },
          3,
          cancel,
        ),
        3,
        all(3),
      );
    expect(look((v) => v)).toBe(true);
    expect(look((v, j) => (j === 1 ? v + 0.3 : v))).toBe(false);
    expect(look((v, j) => (j === 1 ? 1.3 * v : v))).toBe(false);
    expect(look((v, j, r) => (j === 1 ? Math.SQRT1_2 * (v + x[3 * r]) : v))).toBe(false);
  });

  test('a direction of z is the same function as its weights on x', () => {
    const coordinates = { q: 2, affine: Float64Array.of(1, 2, 3, 4, 5, 6) };
    expect(Array.from(weightsOf(coordinates, 2, [1, -1]))).toEqual([-3, -3]);
    expect(Array.from(project(coordinates, 2, [Float64Array.of(1, -1)]).affine)).toEqual([-3, -3, -3]);
  });
});

describe('the leading subspace', () => {
  test('it has the largest eigenvalues, and the ratio compares the k-th with the largest of the others', () => {
    const subspace = leadingSubspace(Float64Array.of(4, 0, 0, 0, -1, 0, 0, 0, 2), 3, 2);
    expect(Array.from(subspace?.values ?? [])).toEqual([4, 2]);
    expect(subspace?.ratio).toBe(2);
    expect(subspace?.deficient).toBe(0);
    expect(Array.from(subspace?.basis[1] ?? [])).toEqual([0, 0, 1]);
  });

  test('eigenvalues that are not positive are counted and lifted to 5% of the first', () => {
    const subspace = leadingSubspace(Float64Array.of(4, 0, 0, -1), 2, 2);
    expect(Array.from(subspace?.values ?? [])).toEqual([4, 0.2]);
    expect(subspace?.deficient).toBe(1);
    expect(subspace?.ratio).toBe(Infinity);
  });

  test('without a positive eigenvalue there is none', () => {
    expect(leadingSubspace(Float64Array.of(-1, 0, 0, -2), 2, 1)).toBeNull();
    expect(leadingSubspace(new Float64Array(4), 2, 1)).toBeNull();
  });
});
