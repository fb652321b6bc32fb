import { expect, test } from 'vitest';
import { curve } from '../../../core/fit/curve';

test('a short curve is kept whole, in order', () => {
  const line = curve<number>(10);
  for (let i = 0; i < 5; i++) line.add(i, i);
  expect(line.points()).toEqual([0, 1, 2, 3, 4]);
});

test('a long curve never holds more than its limit, keeps its first point and always shows its last', () => {
  const line = curve<number>(100);
  for (let i = 0; i <= 12_345; i++) {
    line.add(i, i);
    expect(line.points().length).toBeLessThanOrEqual(100);
  }
  expect(line.points()[0]).toBe(0);
  expect(line.points().at(-1)).toBe(12_345);
});

test('which points remain depends on the iterations alone, not on when somebody looked', () => {
  const watched = curve<number>(50);
  const unwatched = curve<number>(50);
  for (let i = 0; i < 777; i++) {
    watched.add(i, i);
    unwatched.add(i, i);
    if (i % 7 === 0) watched.changes();
  }
  expect(watched.points()).toEqual(unwatched.points());
});

test('a follower that appends and replaces as told holds the points on the stride', () => {
  const line = curve<number>(64);
  let followed: number[] = [];
  for (let i = 0; i < 1000; i++) {
    line.add(i, i);
    if (i % 13 !== 0) continue;
    const { replace, points } = line.changes();
    followed = replace ? [...points] : [...followed, ...points];
  }
  const rest = line.changes();
  followed = rest.replace ? [...rest.points] : [...followed, ...rest.points];
  const shown = line.points();
  expect(shown.slice(0, followed.length)).toEqual(followed);
  expect(shown.length - followed.length).toBeLessThanOrEqual(1);
});
