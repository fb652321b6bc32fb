import { expect, test } from 'vitest';
import { lbfgs } from '../../../../core/fit/descent/lbfgs';

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

test('the bent valley of Rosenbrock’s function is followed to its end, in fifty steps', () => {
  const valley = (point: Float64Array) => {
    const [x, y] = [point[0] - 1.2, point[1] + 1];
    return {
      gain: -100 * (y - x * x) ** 2 - (1 - x) ** 2,
      gradient: Float64Array.of(400 * x * (y - x * x) + 2 * (1 - x), -200 * (y - x * x)),
    };
  };
  const [dx, dy] = lbfgs(valley, 2, 50, 1e-3);
  expect(dx - 1.2).toBeCloseTo(1, 8);
  expect(dy + 1).toBeCloseTo(1, 8);
});

test('it ends where the gradient is flat enough', () => {
  const seen: number[] = [];
  const found = lbfgs(
    (point) => {
      const value = bowl(point);
      seen.push(Math.max(...value.gradient.map(Math.abs)));
      return value;
    },
    10,
    60,
    0.01,
    1e-3,
  );
  expect(Math.max(...bowl(found).gradient.map(Math.abs))).toBeLessThan(1e-3);
  expect(seen.filter((size) => size < 1e-3)).toHaveLength(1);
});

test('what rounding hides is not searched for: hundreds of steps allowed cost a few dozen evaluations', () => {
  let evaluations = 0;
  lbfgs(
    (point) => {
      evaluations++;
      const { gain, gradient } = bowl(point);
      return { gain: gain + 1e6, gradient };
    },
    10,
    300,
    0.01,
  );
  expect(evaluations).toBeLessThan(150);
});
