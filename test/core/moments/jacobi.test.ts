import { describe, expect, test } from 'vitest';
import { contract, decomposeByJacobi } from '../../../core/moments/jacobi';
import { random, type Random } from '../../../core/random';

/** Orthonormal vectors, by Gram and Schmidt on random ones. */
function orthonormal(k: number, stream: Random): Float64Array[] {
  const basis: Float64Array[] = [];
  while (basis.length < k) {
    const v = Float64Array.from({ length: k }, () => stream.normal());
    for (let pass = 0; pass < 2; pass++) {
      for (const u of basis) {
        const along = v.reduce((sum, entry, j) => sum + entry * u[j], 0);
        for (let j = 0; j < k; j++) v[j] -= along * u[j];
      }
    }
    const norm = Math.hypot(...v);
    basis.push(v.map((entry) => entry / norm));
  }
  return basis;
}

function tensorOf(values: readonly number[], vectors: readonly Float64Array[], k: number): Float64Array {
  const tensor = new Float64Array(k ** 3);
  vectors.forEach((v, i) => {
    for (let a = 0; a < k; a++)
      for (let b = 0; b < k; b++)
        for (let c = 0; c < k; c++) tensor[(a * k + b) * k + c] += values[i] * v[a] * v[b] * v[c];
  });
  return tensor;
}

describe('Jacobi joint diagonalisation', () => {
  test.each([1, 2, 3, 5, 8])('an exactly orthogonal tensor of %i components is taken apart to 1e-10', (k) => {
    for (let seed = 0; seed < 5; seed++) {
      const stream = random(seed, k);
      const vectors = orthonormal(k, stream);
      const values = vectors.map(() => (stream.uniform() < 0.5 ? -1 : 1) * (0.5 + 2 * stream.uniform()));
      const found = decomposeByJacobi(tensorOf(values, vectors, k), k);
      expect(found.residual).toBeLessThan(1e-10);
      const unused = new Set(vectors.keys());
      found.vectors.forEach((v, i) => {
        const cosines = vectors.map((u) => u.reduce((sum, entry, j) => sum + entry * v[j], 0));
        const match = cosines.findIndex((cosine, j) => unused.has(j) && Math.abs(cosine) > 1 - 1e-10);
        expect(match).toBeGreaterThanOrEqual(0);
        unused.delete(match);
        // The tensor is odd: a component of negative value is one of positive value in the opposite direction.
        expect(Math.sign(cosines[match])).toBe(Math.sign(values[match]));
        expect(found.values[i]).toBeCloseTo(Math.abs(values[match]), 10);
      });
    }
  });

  test('equal values on the axes at 45 degrees, where the textbook angle stands still, are found', () => {
    const h = Math.SQRT1_2;
    const found = decomposeByJacobi(tensorOf([1, -1], [Float64Array.of(h, h), Float64Array.of(h, -h)], 2), 2);
    expect(found.residual).toBeLessThan(1e-12);
    expect(Array.from(found.values)).toEqual([expect.closeTo(1, 12), expect.closeTo(1, 12)]);
  });

  test('the basis stays orthonormal and no rotation leaves it worse than the axes on a noisy tensor', () => {
    const k = 4;
    const stream = random(3);
    const vectors = orthonormal(k, stream);
    const tensor = tensorOf([1, 1.5, 2, 2.5], vectors, k);
    const noisy = tensor.map((entry) => entry + 0.01 * stream.normal());
    const found = decomposeByJacobi(noisy, k);
    for (let i = 0; i < k; i++) {
      for (let j = 0; j < k; j++) {
        const dot = found.vectors[i].reduce((sum, entry, a) => sum + entry * found.vectors[j][a], 0);
        expect(dot).toBeCloseTo(i === j ? 1 : 0, 12);
      }
    }
    expect(found.residual).toBeLessThan(0.1);
  });

  test('the tensor is not written and a zero tensor ends', () => {
    const tensor = Float64Array.from({ length: 8 }, (_, i) => i % 3);
    const copy = tensor.slice();
    decomposeByJacobi(tensor, 2);
    expect(tensor).toEqual(copy);
    expect(decomposeByJacobi(new Float64Array(27), 3).residual).toBe(0);
  });

  test('contract evaluates the trilinear form', () => {
    const tensor = tensorOf([2], [Float64Array.of(1, 0, 0)], 3);
    expect(contract(tensor, 3, [3, 1, 1], [5, 1, 1], [7, 1, 1])).toBe(2 * 3 * 5 * 7);
  });
});
