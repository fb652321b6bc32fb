import { expect, test } from 'vitest';
import { exactLineNote, isExactLine } from '../../../core/evaluate/exact-line';

const metrics = (line: number, mean: number) => {
  const both = (rmse: number) => ({ train: { rows: 9, rmse, mae: rmse, r2: 0, logLikelihood: 0 }, test: null });
  return { baselines: { mean: both(mean), ols: both(line) } };
};

test('errors of a line that are rounding beside those of the mean make it exact, whatever the units', () => {
  for (const unit of [1e-12, 1, 1e12]) {
    expect(isExactLine(metrics(1e-14 * unit, unit))).toBe(true);
    expect(isExactLine(metrics(1e-6 * unit, unit))).toBe(false);
  }
});

test('an exact line is told of in one sentence, any other is not', () => {
  expect(exactLineNote(metrics(0, 1))).toHaveLength(1);
  expect(exactLineNote(metrics(0.5, 1))).toEqual([]);
});
