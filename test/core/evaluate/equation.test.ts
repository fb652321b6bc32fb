import { expect, test } from 'vitest';
import { equationText } from '../../../core/evaluate/equation';

const text = (constant: number, slopes: number[], largest: number[]) =>
  equationText('y', ['a', 'b'], { constant, slopes }, largest, 1e-3);

test('a slope too small for plain decimals keeps the sign of its exponent, whichever its own sign is', () => {
  expect(text(1, [2e-10, -3e-10], [1e8, 1e8])).toBe('y = 1 + 2e-10 × a − 3e-10 × b');
});

test('a negative constant and negative slopes are set with a true minus', () => {
  expect(text(-1.5, [-2, 3], [1, 1])).toBe('y = −1.5 − 2 × a + 3 × b');
});

test('evaluated at the largest values the text agrees with the line within the tolerance', () => {
  const slopes = [1.23456789e-8, -9.87654321e-12];
  const largest = [4e8, 7e11];
  const [, constant, a, b] = /y = (\S+) \+ (\S+) × a − (\S+) × b/.exec(text(0.1234567, slopes, largest)) ?? [];
  const exact = 0.1234567 + slopes[0] * largest[0] + slopes[1] * largest[1];
  expect(Math.abs(Number(constant) + Number(a) * largest[0] - Number(b) * largest[1] - exact)).toBeLessThan(1e-3);
});
