import { expect, test } from 'vitest';
import { clip, cosineRate, optimiserIds, optimiserOf } from '../../../../core/fit/sgd/optimiser';

test.each(optimiserIds)('%s descends a bowl to its bottom under a falling rate', (id) => {
  const optimiser = optimiserOf(id, 2);
  const point = Float64Array.of(3, -2);
  for (let step = 0; step < 2000; step++) {
    const gradient = Float64Array.of(point[0] - 1, 4 * (point[1] - 2));
    optimiser.step(point, gradient, cosineRate(0.1, 1e-4, step, 2000));
  }
  expect(point[0]).toBeCloseTo(1, 3);
  expect(point[1]).toBeCloseTo(2, 3);
});

test('Adam’s first step is the rate in every coordinate, whatever the gradient’s size', () => {
  const point = Float64Array.of(0, 0, 0);
  optimiserOf('adam', 3).step(point, Float64Array.of(1e-3, -50, 0), 0.01);
  expect(point[0]).toBeCloseTo(-0.01, 6);
  expect(point[1]).toBeCloseTo(0.01, 6);
  expect(point[2]).toBe(0);
});

test('two fits never share an optimiser’s memory', () => {
  const run = () => {
    const optimiser = optimiserOf('adam', 1);
    const point = Float64Array.of(1);
    for (let step = 0; step < 5; step++) optimiser.step(point, point.slice(), 0.1);
    return point[0];
  };
  expect(run()).toBe(run());
});

test('the rate falls from the first to the last along half a cosine', () => {
  expect(cosineRate(0.1, 0.01, 0, 101)).toBeCloseTo(0.1, 15);
  expect(cosineRate(0.1, 0.01, 50, 101)).toBeCloseTo(0.055, 15);
  expect(cosineRate(0.1, 0.01, 100, 101)).toBeCloseTo(0.01, 15);
  expect(cosineRate(0.1, 0.01, 0, 1)).toBe(0.1);
});

test('a gradient is clipped by length, its direction kept', () => {
  const long = Float64Array.of(30, 40);
  clip(long, 5);
  expect(long[0]).toBeCloseTo(3, 14);
  expect(long[1]).toBeCloseTo(4, 14);
  const short = Float64Array.of(0.3, 0.4);
  clip(short, 5);
  expect([...short]).toEqual([0.3, 0.4]);
});
