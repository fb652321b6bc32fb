import { expect, test } from 'vitest';
import { digitCost, keptShare } from '../../../renderer/views/results/rate-words';
import { plain } from '../charts/fixture';

test('a share is whole per cent, with decimals where it is nearly all', () => {
  expect(keptShare(0.664)).toBe('66%');
  expect(keptShare(0.9957)).toBe('99.57%');
  expect(keptShare(0.001)).toBe('less than 1%');
  expect(keptShare(null)).toBe('–');
});

test('the cost of a digit is told in iterations, and not where it is not known', () => {
  const rate = { predicted: 0.94, observed: null, sentence: '' };
  expect(plain(digitCost({ ...rate, iterationsPerDigit: 37.2 }))).toBe('37 iterations');
  expect(plain(digitCost({ ...rate, iterationsPerDigit: 1 }))).toBe('1 iteration');
  expect(digitCost({ ...rate, predicted: null, iterationsPerDigit: null })).toBe('–');
});
