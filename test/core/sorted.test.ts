import { expect, test } from 'vitest';
import { random } from '../../core/random';
import { sorted, sortedNumbers } from '../../core/sorted';
import { tiesInSteps } from '../../core/data/scale';
import { weightedQuantiles } from '../../core/data/scaling/quartiles';
import { finish, type Steps } from '../../core/turns';

const LENGTHS = [0, 1, 8192, 8193, 16_384, 16_385, 65_536, 65_537, 200_001];

const hasBytesOf = (found: Uint32Array | Float64Array, own: typeof found): boolean =>
  Buffer.from(found.buffer).equals(Buffer.from(own.buffer));

test.each(LENGTHS)('the order of %i rows is that of the typed array’s own sort, equal keys too', (n) => {
  const stream = random(n);
  const keys = Float64Array.from({ length: n }, () => stream.integer(1000));
  const compare = (a: number, b: number) => keys[a] - keys[b] || a - b;
  const places = () => Uint32Array.from(keys, (_, i) => i);
  expect(hasBytesOf(finish(sorted(places(), compare)), places().sort(compare))).toBe(true);
});

test.each(LENGTHS)('%i numbers come in the order of the typed array’s own sort, signs of 0 too', (n) => {
  const stream = random(n);
  const special = [0, -0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324];
  const values = Float64Array.from({ length: n }, () => {
    const kind = stream.integer(20);
    return kind < special.length ? special[kind] : 1e3 * stream.normal();
  });
  const own = values.slice().sort();
  const found = finish(sortedNumbers(values.slice()));
  expect(hasBytesOf(found, own)).toBe(true);
});

/** How often others could have had a turn. */
function pauses(steps: Steps<unknown>): number {
  let count = 0;
  while (!steps.next().done) count++;
  return count;
}

test('what sorts a long column stops every few thousand values', () => {
  const n = 400_000;
  const stream = random(1);
  const y = Float64Array.from({ length: n }, () => stream.normal());
  const weights = new Float64Array(n).fill(2);
  expect(pauses(sortedNumbers(y.slice()))).toBeGreaterThan(n / 5000);
  expect(pauses(tiesInSteps({ n, x: new Float64Array(0), y, weights: null }, 0))).toBeGreaterThan(n / 5000);
  expect(pauses(weightedQuantiles(y, weights, [0.25, 0.5, 0.75]))).toBeGreaterThan(n / 5000);
});
