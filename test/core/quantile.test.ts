import { expect, test } from 'vitest';
import { quantiles, quantileSorted } from '../../core/quantile';
import { random } from '../../core/random';

const SHARES = [0, 0.025, 0.25, 0.5, 0.75, 0.975, 1];

test('the quantiles of 1 to 5 are linear between the values', () => {
  expect(quantiles(Float64Array.of(4, 1, 5, 3, 2), [0, 0.25, 0.5, 0.9, 1])).toEqual([1, 2, 3, 4.6, 5]);
});

test('quantiles by selection are those of the sorted values to the last bit, whatever their order and their ties', () => {
  const stream = random(3);
  for (let n = 1; n < 60; n++) {
    const draws = {
      normal: () => stream.normal(),
      tied: () => stream.integer(4),
      constant: () => 7,
    };
    for (const draw of Object.values(draws)) {
      const values = Float64Array.from({ length: n }, draw);
      const sorted = values.slice().sort();
      expect(quantiles(values.slice(), SHARES)).toEqual(SHARES.map((p) => quantileSorted(sorted, p)));
    }
  }
});

test.each([
  ['ascending', (i: number) => i],
  ['descending', (i: number) => -i],
  ['in waves', (i: number) => Math.abs((i % 2000) - 1000)],
  ['an organ pipe', (i: number) => Math.min(i, 200_000 - i)],
  ['alternating', (i: number) => (i % 2 ? i : -i)],
])('values %s take no longer than others', (_, value) => {
  const values = Float64Array.from({ length: 200_000 }, (_entry, i) => value(i));
  const begun = performance.now();
  const [median] = quantiles(values.slice(), [0.5]);
  // n² steps would take minutes.
  expect(performance.now() - begun).toBeLessThan(2000);
  expect(median).toBe(quantileSorted(values.sort(), 0.5));
});
