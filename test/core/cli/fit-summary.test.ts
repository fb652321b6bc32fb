import { describe, expect, test } from 'vitest';
import { finding } from '../../../core/cli/fit-summary';
import { isUnusable, terminationSentence } from '../../../core/cli/termination';
import { textTable } from '../../../core/cli/text-table';
import type { Metrics } from '../../../core/evaluate/types';
import { terminationCodes } from '../../../core/fit/method';
import { model } from '../evaluate/fixture';

const errors = (rmse: number): Metrics => ({ rows: 100, rmse, mae: rmse, r2: 0, logLikelihood: 0 });
const both = (rmse: number, held: boolean) => ({ train: errors(rmse), test: held ? errors(rmse) : null });
const interval = (low: number, high: number, held: boolean) => {
  const range = { rmse: { low, high }, mae: { low, high } };
  return { train: range, test: held ? range : null };
};

function sentence(own: number, line: number, held = true): string {
  const metrics = { ...both(own, held), baselines: { mean: both(10, held), ols: both(line, held) } };
  const own95 = interval(own - 0.5, own + 0.5, held);
  return finding({ model, metrics }, { model: own95, mean: own95, ols: own95, draws: 2000 }, 'MPa');
}

describe('the finding', () => {
  test('a clear gain is told with its size and interval', () =>
    expect(sentence(6.1, 10)).toBe(
      'Two experts (joint-em): held-out RMSE 6.1 MPa (95% 5.6 to 6.6), 39% lower than a straight line.',
    ));

  test('a difference inside the interval is no clear difference', () =>
    expect(sentence(6.1, 6.4)).toContain(
      '5% lower than a straight line, which is within the interval: no clear difference',
    ));

  test('a loss is called a loss', () => expect(sentence(12, 10)).toContain('20% higher than a straight line.'));

  test('a difference of nothing is the same', () =>
    expect(sentence(10, 10.01)).toContain('the same as a straight line'));

  test('where a straight line is exact up to rounding, rounding is not compared', () =>
    expect(sentence(2.2e-16, 1.25e-15)).toMatch(/, where a straight line is exact\.$/));

  test('without held-out rows it speaks of training rows', () =>
    expect(sentence(6.1, 10, false)).toContain('training RMSE 6.1 MPa'));
});

test('every ending is told in words, with its code where the words do not say it', () => {
  for (const code of terminationCodes) {
    const text = terminationSentence({ code, iterations: 12, seconds: 0.5 });
    expect(text).toMatch(/^[A-Z].*\(.*12 iterations, 0\.5 s\)\.$/);
    if (code !== 'converged') expect(text).toContain(`(${code},`);
  }
});

test('only endings whose parameters mean nothing are unusable', () => {
  expect(terminationCodes.filter(isUnusable)).toEqual(['diverged', 'numerical-failure']);
});

test('a table aligns its first column left and numbers right, whatever the script', () => {
  expect(
    textTable([
      ['', 'RMSE'],
      ['größe', '1.25'],
      ['n', '10'],
    ]),
  ).toBe('       RMSE\ngröße  1.25\nn        10\n');
});
