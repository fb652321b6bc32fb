import { expect, test } from 'vitest';
import { factor, solveFactored } from '../../../core/kernels/cholesky';
import { random } from '../../../core/random';

function positive(m: number, seed: number): Float64Array {
  const stream = random(seed);
  const b = Array.from({ length: m + 2 }, () => Array.from({ length: m }, () => stream.normal()));
  return Float64Array.from({ length: m * m }, (_, at) =>
    b.reduce((sum, row) => sum + row[Math.floor(at / m)] * row[at % m], 0),
  );
}

test.each([1, 2, 5, 12])('the factor of a positive definite matrix of order %i solves its system', (m) => {
  const a = positive(m, m);
  const solution = Float64Array.from({ length: m }, (_, i) => i - 1.5);
  const b = solution.map((_, i) => solution.reduce((sum, value, j) => sum + a[i * m + j] * value, 0));
  expect(factor(a, m, 1e-12)).toBeGreaterThan(1e-12);
  solveFactored(a, m, b);
  b.forEach((value, i) => expect(value).toBeCloseTo(solution[i], 8));
});

test('dependent, indefinite and not-a-number matrices are told by their smallest pivot', () => {
  expect(factor(Float64Array.of(1, 1, 1, 1), 2, 1e-10)).toBeLessThanOrEqual(1e-10);
  expect(factor(Float64Array.of(1, 2, 2, 1), 2, 1e-10)).toBeLessThanOrEqual(1e-10);
  expect(factor(Float64Array.of(1, NaN, NaN, 1), 2, 1e-10)).toBeLessThanOrEqual(1e-10);
  expect(factor(Float64Array.of(0), 1, 1e-10)).toBeLessThanOrEqual(1e-10);
});

test('a factorisation can be stopped by the function it calls once a column', () => {
  const stop = () => {
    throw new Error('stopped');
  };
  expect(() => factor(positive(3, 1), 3, 1e-12, stop)).toThrow('stopped');
});
