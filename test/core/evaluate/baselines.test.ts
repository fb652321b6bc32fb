import { expect, test } from 'vitest';
import { finish } from '../../../core/turns';
import { meanBaseline, olsBaseline } from '../../../core/evaluate/baselines';
import type { OriginalRows, Predictor } from '../../../core/evaluate/scored-rows';
import { isInMemory } from '../../../core/model/row-windows';

const part = (z: number[], actual: number[], weights: number[] | null = null): OriginalRows => ({
  rows: {
    n: actual.length,
    x: Float64Array.from(z),
    y: Float64Array.from(actual),
    weights: weights && Float64Array.from(weights),
  },
  d: z.length / actual.length,
});

/** What a predictor says of rows that are there. */
function said(predictor: Predictor, { rows }: OriginalRows) {
  if (!isInMemory(rows)) throw new Error('These rows are in memory.');
  return finish(predictor.of({ ...rows, first: 0, from: 0, to: rows.n }));
}

test('the mean baseline predicts the training mean everywhere, with the training spread', () => {
  const [train, held] = [part([0, 0], [1, 3]), part([0], [10])];
  const mean = finish(meanBaseline(train, 0));
  expect([...said(mean, train).prediction]).toEqual([2, 2]);
  expect([...said(mean, held).prediction]).toEqual([2]);
  // sigma² = ((1 - 2)² + (3 - 2)²) / 2 = 1.
  expect(said(mean, train).logDensity[0]).toBeCloseTo(-0.5 - 0.5 * Math.log(2 * Math.PI), 14);
  expect(said(mean, held).logDensity[0]).toBeCloseTo(-32 - 0.5 * Math.log(2 * Math.PI), 12);
});

test('the straight line predicts held-out rows with the training coefficients', () => {
  const line = finish(olsBaseline(part([0, 1, 2], [1, 3, 4]), true, 0));
  expect(said(line, part([10], [0])).prediction[0]).toBeCloseTo(7 / 6 + 15, 12);
});

test('a perfect line claims no less than the floor as its spread', () => {
  const train = part([0, 1, 2], [1, 2, 3]);
  const line = finish(olsBaseline(train, true, 0.5));
  expect(said(line, train).logDensity[0]).toBeCloseTo(-Math.log(0.5) - 0.5 * Math.log(2 * Math.PI), 12);
});
