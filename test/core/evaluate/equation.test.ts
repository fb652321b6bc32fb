import { describe, expect, test } from 'vitest';
import { equationText, type Response } from '../../../core/evaluate/equation';
import { activationNamed, activationOf } from '../../../core/model/activations';
import { activationIds } from '../../../core/model/spec';

const text = (constant: number, slopes: number[], largest: number[]) =>
  equationText('y', ['a', 'b'], { constant, slopes }, largest, 1e-3);

test('a slope too small for plain decimals keeps the sign of its exponent, whichever its own sign is', () => {
  expect(text(1, [2e-10, -3e-10], [1e8, 1e8])).toBe('y = 1 + 2e-10 × a − 3e-10 × b');
});

test('a negative constant and negative slopes are set with a true minus', () => {
  expect(text(-1.5, [-2, 3], [1, 1])).toBe('y = −1.5 − 2 × a + 3 × b');
});

test('evaluated at the largest values the text agrees with the line within the tolerance', () => {
  const slopes = [1.23456789e-8, -9.87654321e-12];
  const largest = [4e8, 7e11];
  const [, constant, a, b] = /y = (\S+) \+ (\S+) × a − (\S+) × b/.exec(text(0.1234567, slopes, largest)) ?? [];
  const exact = 0.1234567 + slopes[0] * largest[0] + slopes[1] * largest[1];
  expect(Math.abs(Number(constant) + Number(a) * largest[0] - Number(b) * largest[1] - exact)).toBeLessThan(1e-3);
});

describe('a response stands around the line', () => {
  const line = { constant: 0.4, slopes: [0.01, -2] };
  const bent = (response: Response, at = line) =>
    equationText('strength', ['cement', 'b'], at, [100, 1], 1e-3, response);

  test('of a bounded response with its offset and scale, left out where they change nothing', () => {
    const output = { offset: 2.3, scale: 79.9 };
    expect(bent({ activation: 'sigmoid', output })).toBe(
      'strength = 2.3 + 79.9 × sigmoid(0.4 + 0.01 × cement − 2 × b)',
    );
    expect(bent({ activation: 'tanh', output: { offset: -2.3, scale: 1 } })).toBe(
      'strength = −2.3 + tanh(0.4 + 0.01 × cement − 2 × b)',
    );
    expect(bent({ activation: 'tanh', output: { offset: 0, scale: 1 } })).toBe(
      'strength = tanh(0.4 + 0.01 × cement − 2 × b)',
    );
  });

  test('of a ReLU with the scale within, and of a leaky one with its leak', () => {
    const output = { offset: 2, scale: 10 };
    expect(bent({ activation: 'relu', output })).toBe('strength = 2 + relu(4 + 0.1 × cement − 20 × b)');
    expect(bent({ activation: 'leaky-relu', leak: 0.1, output: { offset: 0, scale: 10 } })).toBe(
      'strength = leaky_relu(4 + 0.1 × cement − 20 × b, 0.1)',
    );
  });

  test.each(activationIds)('and the text read back is the mean within the tolerance, %s', (activation) => {
    const exact = { constant: 0.123456789, slopes: [0.0123456789, -1.23456789] };
    const output = { offset: 12.3456789, scale: 98.7654321 };
    const response = { activation, leak: 0.2, output };
    const g = activationOf(activationNamed(activation, 0.2)).value;
    const ownLine = activation === 'linear' ? { constant: 1.23456, slopes: [1.23456, -98.7654] } : exact;
    const text = bent(response, ownLine).replaceAll('−', '-').replaceAll(' - ', ' + -').replace('strength = ', '');
    const numbers = [...text.matchAll(/-?[\d.]+(e-?\d+)?/g)].map(([number]) => Number(number));
    for (const [cement, b] of [
      [100, 1],
      [-100, -1],
      [3, 0.5],
    ]) {
      const sum = (c: number, slopes: readonly number[]) => c + slopes[0] * cement + slopes[1] * b;
      const isKinked = activation === 'relu' || activation === 'leaky-relu';
      const read =
        activation === 'linear'
          ? sum(numbers[0], numbers.slice(1))
          : isKinked
            ? numbers[0] + g(sum(numbers[1], numbers.slice(2)))
            : numbers[0] + numbers[1] * g(sum(numbers[2], numbers.slice(3)));
      const score = sum(ownLine.constant, ownLine.slopes);
      const mean = activation === 'linear' ? score : output.offset + output.scale * g(score);
      expect(Math.abs(read - mean)).toBeLessThan(1e-3);
    }
  });
});
