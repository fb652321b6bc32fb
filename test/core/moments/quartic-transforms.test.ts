import { describe, expect, test } from 'vitest';
import { labelTransforms } from '../../../core/moments/label-transforms';
import { quarticTransforms } from '../../../core/moments/quartic-transforms';
import { normalMean, responses } from './responses';

/** E[Q4(y) | a.x = z] less what does not depend on z; E[y⁴ | m] = m⁴ + 6 m² sigma² + 3 sigma⁴ and so on. */
const given =
  (g: (z: number) => number, sigma: number, [a, b, c]: readonly number[]) =>
  (z: number) =>
    g(z) ** 4 + 6 * sigma ** 2 * g(z) ** 2 + a * (g(z) ** 3 + 3 * sigma ** 2 * g(z)) + b * g(z) ** 2 + c * g(z);

const hermite = [(z: number) => z, (z: number) => z * z - 1, (z: number) => z ** 3 - 3 * z];

describe('quartic transforms', () => {
  // Columns: a, b and c at sigma 0, delta, c2, c4; computed independently (numpy, Gauss-Legendre), to the digits given.
  const table: Record<keyof typeof responses, readonly number[]> = {
    linear: [0, -6, 0, 0, 2, 24],
    sigmoid: [-2, 1.3386, -0.3386, -1, 0.062396, 0.009359],
    tanh: [0, -1.0193, 0, 0, 0.3636, 0.15687],
    relu: [-5.3525, 8.125, -3.2913, -1.59577, 0.36338, 0.50105],
    'leaky relu 0.1': [-4.4291, 4.7183, -0.4871, -1.43619, 0.49434, 1.5849],
  };

  test.each(Object.entries(table))('the transforms of %s are those of the table', (name, row) => {
    const { a, b, c, delta, c2, c4 } = quarticTransforms(responses[name as keyof typeof responses], 0);
    [a, b, c, delta, c2, c4].forEach((value, i) => expect(Math.abs(value - row[i])).toBeLessThan(1e-4));
  });

  test.each(Object.entries(responses))('the first three derivatives of Q4 of %s have mean zero', (_, g) => {
    const { a, b, c, c4 } = quarticTransforms(g, 0.3);
    const q4 = given(g, 0.3, [a, b, c]);
    for (const he of hermite) expect(Math.abs(normalMean((z) => q4(z) * he(z)))).toBeLessThan(1e-6);
    expect(normalMean((z) => q4(z) * (z ** 4 - 6 * z ** 2 + 3))).toBeCloseTo(c4, 5);
    expect(c4).toBeGreaterThan(0);
  });

  test.each(Object.entries(responses))(
    'noise moves b of %s by −6 sigma² and c by −3 a sigma², nothing else',
    (_, g) => {
      const quiet = quarticTransforms(g, 0);
      for (const sigma of [0.3, 0.7]) {
        const noisy = quarticTransforms(g, sigma);
        expect(Math.abs(noisy.b - quiet.b + 6 * sigma ** 2)).toBeLessThan(1e-10);
        expect(Math.abs(noisy.c - quiet.c + 3 * quiet.a * sigma ** 2)).toBeLessThan(1e-10);
        expect(Math.abs(noisy.a - quiet.a)).toBeLessThan(1e-10);
        expect(Math.abs(noisy.c4 - quiet.c4)).toBeLessThan(1e-10);
        expect(noisy.delta).toBe(quiet.delta);
      }
    },
  );

  test('Q2 is P2', () => {
    for (const g of Object.values(responses)) {
      const cubic = labelTransforms(g, 0.2);
      const { delta, c2 } = quarticTransforms(g, 0.2);
      expect([delta, c2]).toEqual([cubic.quadratic.gamma, cubic.c2]);
    }
  });

  test('the system published for ReLU leaves every mean derivative at −1.12 and c4 negative at sigma .3', () => {
    const published = given(responses.relu, 0.3, [-7.03, 12.5, -6.44]);
    for (const he of hermite) expect(Math.abs(normalMean((z) => published(z) * he(z)) + 1.1247)).toBeLessThan(0.02);
    expect(normalMean((z) => published(z) * (z ** 4 - 6 * z ** 2 + 3))).toBeLessThan(-1);
  });
});
