import { expect, test } from 'vitest';
import { lbfgs } from '../../../core/fit/lbfgs';

/** −½ (x − top)' D (x − top), D from 1 to 100. */
const bowl = (point: Float64Array) => {
  const gradient = point.map((x, j) => -(1 + 11 * j) * (x - j));
  return { gain: point.reduce((sum, x, j) => sum - 0.5 * (1 + 11 * j) * (x - j) ** 2, 0), gradient };
};

test('a quadratic top is found to ten digits in a few dozen steps', () => {
  const found = lbfgs(bowl, 10, 60, 0.01);
  found.forEach((x, j) => expect(x).toBeCloseTo(j, 10));
});

test('every further step gains', () => {
  let previous = bowl(new Float64Array(10)).gain;
  for (let steps = 1; steps < 15; steps++) {
    const { gain } = bowl(lbfgs(bowl, 10, steps, 0.01));
    expect(gain).toBeGreaterThan(previous);
    previous = gain;
  }
});

test('at the top, and where nothing gains, the point stays', () => {
  expect([...lbfgs((point) => ({ gain: 0, gradient: point.map(() => 0) }), 3, 5, 1)]).toEqual([0, 0, 0]);
  expect([...lbfgs((point) => ({ gain: -Math.hypot(...point), gradient: point.map(() => 1) }), 3, 5, 1)]).toEqual([
    0, 0, 0,
  ]);
});
