import { expect, test } from 'vitest';
import { wolfeSearch } from '../../../../core/fit/descent/wolfe-search';

type Line = (t: number) => { gain: number; slope: number };

/** Lines that rise at 0, with their tops near, far, sharp and between valleys. */
const lines: Record<string, Line> = {
  'a parabola whose top is at 1': (t) => ({ gain: t * (2 - t), slope: 2 - 2 * t }),
  'a top at 0.001': (t) => ({ gain: t * (0.002 - t), slope: 0.002 - 2 * t }),
  'a top at 300': (t) => ({ gain: t * (600 - t), slope: 600 - 2 * t }),
  'a narrow ridge at 0.3': (t) => ({
    gain: 0.1 * t - Math.log(Math.cosh(50 * (t - 0.3))) / 50,
    slope: 0.1 - Math.tanh(50 * (t - 0.3)),
  }),
  'waves on a slope': (t) => ({ gain: Math.sin(5 * t) + 0.2 * t, slope: 5 * Math.cos(5 * t) + 0.2 }),
  'a logarithm that ends at 0.8': (t) => ({ gain: Math.log(0.8 - t) + 3 * t, slope: 3 - 1 / (0.8 - t) }),
};

test.each(Object.entries(lines))('the step meets the strong Wolfe conditions: %s', (_, line) => {
  const start = line(0);
  const step = wolfeSearch(start, start.slope, (length) => ({ length, ...line(length) }));
  if (step === null) throw new Error('no step');
  expect(step.length).toBeGreaterThan(0);
  expect(step.gain).toBeGreaterThanOrEqual(start.gain + 1e-4 * step.length * start.slope);
  expect(Math.abs(step.slope)).toBeLessThanOrEqual(0.9 * start.slope);
});

test('a step of 1 that will do is taken at once', () => {
  const asked: number[] = [];
  wolfeSearch({ gain: 0 }, 2, (length) => {
    asked.push(length);
    return { length, gain: length * (2 - length), slope: 2 - 2 * length };
  });
  expect(asked).toEqual([1]);
});

test('where nothing gains there is no step', () => {
  expect(wolfeSearch({ gain: 0 }, 1, (length) => ({ length, gain: -length, slope: 1 }))).toBeNull();
});

test('where the gain has no top, the furthest point tried is taken', () => {
  const step = wolfeSearch({ gain: 0 }, 1, (length) => ({ length, gain: length, slope: 1 }));
  expect(step?.length).toBeGreaterThan(1e6);
});
