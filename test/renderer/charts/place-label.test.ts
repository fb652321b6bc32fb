import { expect, test } from 'vitest';
import { placeLabel } from '../../../renderer/charts/place-label';
import type { Box, Point } from '../../../renderer/charts/place-label';

const area: Box = { left: 0, top: 0, right: 200, bottom: 100 };
const size = { width: 60, height: 14 };
const across = (y: number): Point[] => [
  [0, y],
  [200, y],
];

test('a label stands above its point where nothing is in the way', () => {
  expect(placeLabel([100, 50], size, [across(50)], [], area)).toEqual({ left: 70, top: 28, right: 130, bottom: 42 });
});

test('a label goes below its point where a line runs above it', () => {
  expect(placeLabel([100, 50], size, [across(50), across(35)], [], area)?.top).toBe(58);
});

test('a label stays inside the area', () => {
  const place = placeLabel([195, 5], size, [across(5)], [], area);
  expect(place?.right).toBeLessThanOrEqual(200);
  expect(place?.top).toBeGreaterThan(5);
});

test('a steep line that only passes through a place counts as lying in it', () => {
  const steep: Point[] = [
    [99, 0],
    [101, 100],
  ];
  const place = placeLabel([100, 50], size, [steep], [], area)!;
  expect(place.right <= 99 || place.left >= 101).toBe(true);
});

test('a label lies on no other label, and is left out where there is no place', () => {
  expect(placeLabel([100, 50], size, [], [{ left: 60, top: 20, right: 140, bottom: 45 }], area)?.top).toBe(58);
  expect(placeLabel([100, 50], size, [], [area], area)).toBeNull();
});
