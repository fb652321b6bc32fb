import { expect, test } from 'vitest';
import { finish } from '../../../core/turns';
import { meanBaseline, olsBaseline } from '../../../core/evaluate/baselines';
import { originalRows } from '../../../core/evaluate/scored-rows';

const part = (z: number[], actual: number[], weights: number[] | null = null) =>
  originalRows(
    {
      n: actual.length,
      x: Float64Array.from(z),
      y: Float64Array.from(actual),
      weights: weights && Float64Array.from(weights),
    },
    z.length / actual.length,
  );

test('the mean baseline predicts the training mean everywhere, with the training spread', () => {
  const { train, test: held } = meanBaseline(part([0, 0], [1, 3]), part([0], [10]), 0);
  expect([...train.prediction]).toEqual([2, 2]);
  expect([...(held?.prediction ?? [])]).toEqual([2]);
  // sigma² = ((1 - 2)² + (3 - 2)²) / 2 = 1.
  expect(train.logDensity[0]).toBeCloseTo(-0.5 - 0.5 * Math.log(2 * Math.PI), 14);
  expect(held?.logDensity[0]).toBeCloseTo(-32 - 0.5 * Math.log(2 * Math.PI), 12);
});

test('the straight line predicts held-out rows with the training coefficients', () => {
  const { test: held } = finish(olsBaseline(part([0, 1, 2], [1, 3, 4]), part([10], [0]), 1, true, 0));
  expect(held?.prediction[0]).toBeCloseTo(7 / 6 + 15, 12);
});

test('a perfect line claims no less than the floor as its spread', () => {
  const { train } = finish(olsBaseline(part([0, 1, 2], [1, 2, 3]), null, 1, true, 0.5));
  expect(train.logDensity[0]).toBeCloseTo(-Math.log(0.5) - 0.5 * Math.log(2 * Math.PI), 12);
});
