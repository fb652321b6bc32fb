import { describe, expect, test } from 'vitest';
import { decomposeByJacobi } from '../../../core/moments/jacobi';
import { random } from '../../../core/random';
import { orthonormal, residualOf, tensorOf } from './tensors';

describe('Jacobi joint diagonalisation', () => {
  test('equal values on the axes at 45 degrees, where the textbook angle stands still, are found', () => {
    const h = Math.SQRT1_2;
    const tensor = tensorOf([1, -1], [Float64Array.of(h, h), Float64Array.of(h, -h)], 2);
    const found = decomposeByJacobi(tensor, 2);
    expect(residualOf(tensor, found)).toBeLessThan(1e-12);
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
    expect(residualOf(noisy, found)).toBeLessThan(0.1);
  });
});
