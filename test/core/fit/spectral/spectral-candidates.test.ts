import { expect, test } from 'vitest';
import { spectralCandidates } from '../../../../core/fit/spectral/spectral-candidates';
import { random } from '../../../../core/random';
import { simulatedProblem } from '../../../bench/problems';

const shape = { rows: 2000, features: 5, experts: 2, sigma: 0.1, inputs: 'gaussian', gates: 'random' } as const;
const { problem } = simulatedProblem({ ...shape, seed: 1 });
const find = (moments: 'raw' | 'gmm', intercept = false) =>
  spectralCandidates({ ...problem, intercept }, ['none'], {
    moments,
    components: 1,
    decomposition: 'jacobi',
    random: random(1),
  });

test('inputs that are N(0, I) to sampling error are taken as they stand without intercepts, but for a mixture of normals', () => {
  expect(find('raw').whitened).toBe(false);
  expect(find('raw', true).whitened).toBe(true);
  expect(find('gmm').whitened).toBe(true);
});

test('with one normal distribution the score functions are those of the plain averages in whitened inputs', () => {
  const [mixture, plain] = [find('gmm', true), find('raw', true)];
  expect(mixture.components).toBe(1);
  expect(plain.components).toBeNull();
  mixture.candidates[0].found.weights.forEach((weight, at) =>
    expect(weight).toBeCloseTo(plain.candidates[0].found.weights[at], 8),
  );
});
