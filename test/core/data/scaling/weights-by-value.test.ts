import { expect, test } from 'vitest';
import { weightsByValue } from '../../../../core/data/scaling/weights-by-value';
import { random } from '../../../../core/random';
import { finish } from '../../../../core/turns';

test('weights are added up by value in the order of the rows, however they are cut into windows', () => {
  const stream = random(5);
  const n = 500;
  const values = Float64Array.from({ length: n }, () => stream.integer(40) - 20);
  const weights = Float64Array.from({ length: n }, () => stream.uniform());
  const kept = new Map<number, number>();
  values.forEach((value, i) => kept.set(value, (kept.get(value) ?? 0) + weights[i]));
  const expected = [...kept].sort(([a], [b]) => a - b).map(([, sum]) => sum);
  const sorted = values.slice().sort();
  const cuts = [0, 1, 130, n];
  const windows = () =>
    cuts.slice(1).map((to, i) => ({
      first: cuts[i],
      to,
      values: values.subarray(cuts[i]),
      weights: weights.subarray(cuts[i]),
    }));
  expect([...finish(weightsByValue(sorted, windows))]).toEqual(expected);
  expect([...finish(weightsByValue(sorted, () => [{ values, weights }]))]).toEqual(expected);
});

test('zero and minus zero are one value', () => {
  const values = Float64Array.of(0, -0, 1);
  const sums = finish(weightsByValue(values.slice().sort(), () => [{ values, weights: Float64Array.of(1, 2, 4) }]));
  expect([...sums]).toEqual([3, 4]);
});
