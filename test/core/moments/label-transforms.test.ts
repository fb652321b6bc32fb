import { describe, expect, test } from 'vitest';
import { gaussianExpectation, gaussLegendre } from '../../../core/moments/gaussian-expectation';
import { labelTransforms } from '../../../core/moments/label-transforms';
import { normalMean, responses } from './responses';

describe('expectations under N(0, 1)', () => {
  test('Gauss-Legendre with m nodes is exact for polynomials of degree 2m − 1', () => {
    const { nodes, weights } = gaussLegendre(5);
    for (let degree = 0; degree <= 9; degree++) {
      const sum = weights.reduce((total, w, i) => total + w * nodes[i] ** degree, 0);
      expect(sum).toBeCloseTo(degree % 2 === 0 ? 2 / (degree + 1) : 0, 13);
    }
  });

  test('the moments of the normal distribution are 1, 0, 1, 0, 3, 0, 15, 0, 105', () => {
    [1, 0, 1, 0, 3, 0, 15, 0, 105].forEach((moment, m) => {
      expect(gaussianExpectation((z) => z ** m)).toBeCloseTo(moment, 10);
    });
  });

  test('a kink at 0 costs no digits: E[max(Z, 0) He₂(Z)] = 1/√(2π)', () => {
    expect(gaussianExpectation((z) => Math.max(z, 0) * (z * z - 1))).toBeCloseTo(1 / Math.sqrt(2 * Math.PI), 13);
  });
});

describe('label transforms', () => {
  // Columns: alpha, beta at sigma 0, gamma, c2, c3; computed independently (numpy, Gauss-Legendre), to the digits given.
  const table: Record<keyof typeof responses, readonly number[]> = {
    linear: [0, -3, 0, 2, 6],
    sigmoid: [-1.5, 0.65099, -1, 0.062396, 0.022769],
    tanh: [0, -0.69986, 0, 0.3636, 0.23346],
    relu: [-3.29359, 2.25582, -1.59577, 0.36338, 0.37209],
    'leaky relu 0.1': [-2.85444, 1.36953, -1.43619, 0.49434, 0.74826],
  };

  test.each(Object.entries(table))('the transforms of %s are those of the table', (name, row) => {
    const { cubic, quadratic, c2, c3 } = labelTransforms(responses[name as keyof typeof responses], 0);
    [cubic.alpha, cubic.beta, quadratic.gamma, c2, c3].forEach((value, i) => {
      expect(Math.abs(value - row[i])).toBeLessThan(1e-5);
    });
  });

  test.each(Object.entries(responses))('P3 and P2 of %s have mean derivatives zero where they must', (_, g) => {
    const sigma = 0.4;
    const { cubic, quadratic } = labelTransforms(g, sigma);
    // E[y³ | z] = g³ + 3 sigma² g and E[y² | z] = g² + sigma²; E[f He_q] is the mean q-th derivative.
    const p3 = (z: number) =>
      g(z) ** 3 + 3 * sigma ** 2 * g(z) + cubic.alpha * (g(z) ** 2 + sigma ** 2) + cubic.beta * g(z);
    const p2 = (z: number) => g(z) ** 2 + sigma ** 2 + quadratic.gamma * g(z);
    expect(Math.abs(normalMean((z) => p3(z) * z))).toBeLessThan(1e-7);
    expect(Math.abs(normalMean((z) => p3(z) * (z * z - 1)))).toBeLessThan(1e-7);
    expect(Math.abs(normalMean((z) => p2(z) * z))).toBeLessThan(1e-7);
  });

  test.each(Object.entries(responses))('noise changes only beta of %s, by −3 sigma²', (_, g) => {
    const quiet = labelTransforms(g, 0);
    const noisy = labelTransforms(g, 0.7);
    expect(noisy.cubic.beta - quiet.cubic.beta).toBeCloseTo(-3 * 0.49, 10);
    expect(noisy.cubic.alpha).toBeCloseTo(quiet.cubic.alpha, 10);
    expect(noisy.c3).toBeCloseTo(quiet.c3, 10);
    expect(noisy.c2).toBeCloseTo(quiet.c2, 12);
  });
});
