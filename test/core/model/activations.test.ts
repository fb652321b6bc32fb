import { describe, expect, test } from 'vitest';
import { activationNamed, activationOf, DEFAULT_LEAK } from '../../../core/model/activations';
import { activationIds } from '../../../core/model/spec';

const scores = Float64Array.of(-800, -30, -2.5, -0.4, -1e-9, 1e-9, 0.4, 2.5, 30, 800);

const formulas: Record<(typeof activationIds)[number], (score: number) => number> = {
  linear: (s) => s,
  sigmoid: (s) => 1 / (1 + Math.exp(-s)),
  tanh: (s) => Math.sinh(s) / Math.cosh(s),
  relu: (s) => Math.max(0, s),
  'leaky-relu': (s) => Math.max(0.2 * s, s),
};

describe.each(activationIds)('%s', (id) => {
  const { value, derivative, respond, slope } = activationOf(activationNamed(id, 0.2));

  test('has its values, finite however far the score', () => {
    for (const score of scores) {
      expect(Number.isFinite(value(score))).toBe(true);
      if (Math.abs(score) < 100) expect(value(score)).toBeCloseTo(formulas[id](score), 12);
    }
  });

  test('has the derivative of its values, by a four-point difference', () => {
    for (const score of scores.filter((s) => Math.abs(s) > 1e-3)) {
      const h = 1e-4;
      const by = (step: number) => value(score + step) - value(score - step);
      const difference = (8 * by(h) - by(2 * h)) / (12 * h);
      expect(derivative(score)).toBeCloseTo(difference, 7);
      expect(derivative(score)).toBeGreaterThanOrEqual(0);
      expect(derivative(score)).toBeLessThanOrEqual(1);
    }
  });

  test('does the same over part of a line, and leaves the rest', () => {
    const [responses, slopes] = [scores.slice(), new Float64Array(scores.length).fill(7)];
    slope(scores, slopes, 1, 5);
    respond(responses, 1, 5);
    scores.forEach((score, at) => {
      const inside = at >= 1 && at < 5;
      expect(responses[at]).toBe(inside ? value(score) : score);
      expect(slopes[at]).toBe(inside ? derivative(score) : 7);
    });
  });
});

test('the leak is the leaky ReLU’s alone', () => {
  expect(activationNamed('leaky-relu')).toEqual({ id: 'leaky-relu', leak: DEFAULT_LEAK });
  expect(activationNamed('relu', 0.4)).toEqual({ id: 'relu' });
});
