import { describe, expect, test } from 'vitest';
import { finish } from '../../../core/turns';
import { averageLine } from '../../../core/evaluate/average-line';
import { expertLine } from '../../../core/evaluate/lines';
import { predictModel, type PredictingModel } from '../../../core/model/fitted';
import { activationIds } from '../../../core/model/spec';
import { random } from '../../../core/random';

/** Two experts over a number and a category of three levels. */
const base: PredictingModel = {
  activation: 'linear',
  leak: 0.2,
  columns: [
    { name: 'age', center: 3 },
    { name: 'mix=b', center: 0.3 },
    { name: 'mix=c', center: 0.3 },
  ],
  experts: [
    { intercept: 0.4, weights: [0.5, 1, -2], sigma: 1 },
    { intercept: -0.3, weights: [-0.8, 0.5, 0], sigma: 1 },
  ],
  gates: [
    { intercept: 0.2, weights: [0.3, 0, 1] },
    { intercept: 0, weights: [0, 0, 0] },
  ],
  output: { offset: 5, scale: 40 },
};
const encoded = [
  { column: 'age', level: null },
  { column: 'mix', level: 'b' },
  { column: 'mix', level: 'c' },
];
const [n, d] = [300, 3];
const stream = random(3);
const z = Float64Array.from(
  Array.from({ length: n }, () => {
    const level = stream.integer(3);
    return [3 + 2 * stream.normal(), level === 1 ? 1 : 0, level === 2 ? 1 : 0];
  }).flat(),
);
const weights = Float64Array.from({ length: n }, () => stream.integer(3));

describe.each(activationIds)('of a %s expert', (activation) => {
  const model = { ...base, activation };
  const { gates, means } = predictModel(model, z);
  const meansWith = (change: (row: number[]) => number[]) =>
    predictModel(
      model,
      Float64Array.from(Array.from({ length: n }, (_, r) => change([...z.subarray(r * d, (r + 1) * d)])).flat()),
    ).means;

  test.each([0, 1])('the average line has the average effects, by raising a column in every row; expert %d', (e) => {
    const line = finish(averageLine(model, e, { z, weights }, gates, encoded));
    const average = (value: (r: number) => number) => {
      let [sum, total] = [0, 0];
      for (let r = 0; r < n; r++) {
        const weight = weights[r] * gates[r * 2 + e];
        sum += weight * value(r);
        total += weight;
      }
      return sum / total;
    };
    const h = 1e-6;
    const [up, down] = [h, -h].map((step) => meansWith(([age, b, c]) => [age + step, b, c]));
    expect(line.slopes[0]).toBeCloseTo(
      average((r) => (up[2 * r + e] - down[2 * r + e]) / (2 * h)),
      5,
    );
    const reference = meansWith(([age]) => [age, 0, 0]);
    for (const [j, level] of [
      [1, 0],
      [0, 1],
    ].entries()) {
      const there = meansWith(([age]) => [age, ...level]);
      expect(line.slopes[1 + j]).toBeCloseTo(
        average((r) => there[2 * r + e] - reference[2 * r + e]),
        9,
      );
    }
    const overLine = (r: number) => line.slopes.reduce((sum, slope, j) => sum + slope * z[r * d + j], line.constant);
    expect(average(overLine)).toBeCloseTo(
      average((r) => means[2 * r + e]),
      9,
    );
  });
});

test('a linear expert is its own average line, wherever its gate is', () => {
  const gates = new Float64Array(2 * n).fill(0.5);
  expect(finish(averageLine(base, 1, { z, weights }, gates, encoded))).toEqual(expertLine(base, 1));
});

test('an expert whose gate is 0 in every row has effects of 0 and its mean at the centre', () => {
  const gates = Float64Array.from({ length: 2 * n }, (_, at) => at % 2);
  const line = finish(averageLine({ ...base, activation: 'tanh' }, 0, { z, weights }, gates, encoded));
  expect(line).toEqual({ constant: 5 + 40 * Math.tanh(0.4), slopes: [0, 0, 0] });
});
