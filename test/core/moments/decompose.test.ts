import { describe, expect, test } from 'vitest';
import { decompositions, type DecompositionId } from '../../../core/moments/decompose';
import { contract, powerMap } from '../../../core/moments/tensor';
import { orthonormalised } from '../../../core/moments/unit-vector';
import { random } from '../../../core/random';
import { orthonormal, residualOf, tensorOf } from './tensors';

const ids = Object.keys(decompositions) as DecompositionId[];

/** Smallest cosine of a true component with the found one nearest to it, each found one used once. */
function agreement(found: readonly Float64Array[], wanted: readonly Float64Array[]): number {
  const unused = new Set(found.keys());
  return Math.min(
    ...wanted.map((v) => {
      const cosines = found.map((u, j) => (unused.has(j) ? u.reduce((sum, entry, a) => sum + entry * v[a], 0) : -2));
      const best = cosines.indexOf(Math.max(...cosines));
      unused.delete(best);
      return cosines[best];
    }),
  );
}

describe.each(ids)('decomposition by %s', (id) => {
  const decompose = decompositions[id];

  test.each([1, 2, 3, 5, 8])('an exactly orthogonal tensor of %i components is taken apart to 1e-10', (k) => {
    for (let seed = 0; seed < 5; seed++) {
      const stream = random(seed, k);
      const vectors = orthonormal(k, stream);
      const values = vectors.map(() => (stream.uniform() < 0.5 ? -1 : 1) * (0.5 + 2 * stream.uniform()));
      const tensor = tensorOf(values, vectors, k);
      const found = decompose(tensor, k, stream);
      // The tensor is odd: a component of negative value is one of positive value in the opposite direction.
      const wanted = vectors.map((v, i) => v.map((entry) => Math.sign(values[i]) * entry));
      expect(residualOf(tensor, found)).toBeLessThan(1e-9);
      expect(agreement(found.vectors, wanted)).toBeGreaterThan(1 - 1e-10);
      const sorted = values.map(Math.abs).sort((a, b) => a - b);
      [...found.values].sort((a, b) => a - b).forEach((value, i) => expect(value).toBeCloseTo(sorted[i], 9));
    }
  });

  test('noise of 2% of the components turns each by about 2%', () => {
    for (let seed = 0; seed < 10; seed++) {
      const k = 4;
      const stream = random(seed, 40);
      const vectors = orthonormal(k, stream);
      const noise = symmetricNoise(k, stream.normal);
      const tensor = tensorOf([1, 1.2, 1.4, 1.6], vectors, k).map((entry, at) => entry + 0.02 * noise[at]);
      const found = decompose(tensor, k, stream);
      expect(agreement(found.vectors, vectors)).toBeGreaterThan(0.995);
      expect(residualOf(tensor, found)).toBeLessThan(0.1);
    }
  });

  test('the tensor is not written, the same stream gives the same bits, and a zero tensor ends', () => {
    const tensor = Float64Array.from({ length: 8 }, (_, i) => i % 3);
    const copy = tensor.slice();
    expect(decompose(tensor, 2, random(1))).toEqual(decompose(tensor, 2, random(1)));
    expect(tensor).toEqual(copy);
    const nothing = decompose(new Float64Array(27), 3, random(1));
    expect([...nothing.values]).toEqual([0, 0, 0]);
    expect(nothing.vectors.map((v) => Math.hypot(...v))).toEqual([1, 1, 1].map((one) => expect.closeTo(one, 12)));
  });
});

/** Standard normal entries, made symmetric in all three indices. */
function symmetricNoise(k: number, normal: () => number): Float64Array {
  const tensor = new Float64Array(k ** 3);
  const at = (a: number, b: number, c: number) => (a * k + b) * k + c;
  for (let a = 0; a < k; a++)
    for (let b = a; b < k; b++)
      for (let c = b; c < k; c++) {
        const value = normal();
        for (const where of [at(a, b, c), at(a, c, b), at(b, a, c), at(b, c, a), at(c, a, b), at(c, b, a)])
          tensor[where] = value;
      }
  return tensor;
}

describe('forms of a tensor', () => {
  const tensor = tensorOf([2], [Float64Array.of(1, 0, 0)], 3);

  test('contract evaluates the trilinear form, the power map two of its arguments', () => {
    expect(contract(tensor, 3, [3, 1, 1], [5, 1, 1], [7, 1, 1])).toBe(2 * 3 * 5 * 7);
    expect([...powerMap(tensor, 3, [5, 1, 1])]).toEqual([2 * 25, 0, 0]);
  });
});

describe('orthonormal vectors', () => {
  test('nearly dependent and dependent vectors still give an orthonormal basis that begins with the first', () => {
    const basis = orthonormalised([
      Float64Array.of(1, 1, 0, 0),
      Float64Array.of(1, 1, 1e-8, 0),
      Float64Array.of(2, 2, 0, 0),
      Float64Array.of(0, 0, 0, 0),
    ]);
    basis.forEach((u, i) =>
      basis.forEach((v, j) =>
        expect(u.reduce((sum, entry, a) => sum + entry * v[a], 0)).toBeCloseTo(i === j ? 1 : 0, 12),
      ),
    );
    expect([...basis[0]]).toEqual([Math.SQRT1_2, Math.SQRT1_2, 0, 0].map((entry) => expect.closeTo(entry, 14)));
  });
});
