import { expect, test } from 'vitest';
import { arrangement, firstPlace, nextPlace, rememberPlace, SMALLEST } from '../../../electron/windows/window-place';

const display = (x: number, y: number, width: number, height: number) => ({
  bounds: { x, y, width, height },
  // A bar at the top.
  workArea: { x, y: y + 30, width, height: height - 30 },
});
const laptop = display(0, 0, 1920, 1080);
const beside = display(1920, 0, 2560, 1440);
const usual = { maximized: false, fullScreen: false };
const place = (x: number, y: number, width = 1200, height = 800) => ({ x, y, width, height, ...usual });

test('the first window of all stands in the middle of the main display', () => {
  expect(firstPlace([], [laptop, beside])).toEqual(place(240, 105, 1440, 900));
  expect(firstPlace([], [display(0, 0, 1280, 720)])).toEqual(place(0, 30, 1280, 690));
});

test('the next start finds the window where it was, as it was', () => {
  const last = { ...place(2000, 100), maximized: true };
  const places = rememberPlace([], [laptop, beside], last);
  expect(firstPlace(places, [laptop, beside])).toEqual(last);
  expect(firstPlace(places, [beside, laptop])).toEqual(last);
});

test('each arrangement of displays has a place of its own', () => {
  const desk = rememberPlace([], [laptop, beside], place(2000, 100));
  const both = rememberPlace(desk, [laptop], place(10, 40));
  expect(firstPlace(both, [laptop, beside])).toEqual(place(2000, 100));
  expect(firstPlace(both, [laptop])).toEqual(place(10, 40));
  expect(rememberPlace(both, [laptop], place(20, 40))).toHaveLength(2);
});

test('no more than eight arrangements are kept', () => {
  const all = Array.from({ length: 12 }, (_, i) => display(0, 0, 1000 + i, 700));
  const places = all.reduce(
    (known, one) => rememberPlace(known, [one], place(0, 30)),
    rememberPlace([], [laptop], place(0, 30)),
  );
  expect(places).toHaveLength(8);
  expect(places[0].displays).toBe(arrangement([all[11]]));
});

test.each([
  ['far to the right', place(5000, 200), place(720, 200)],
  ['far to the left', place(-3000, 200), place(0, 200)],
  ['above the upper edge', place(300, -400), place(300, 30)],
  ['below the lower edge', place(300, 1070), place(300, 280)],
  ['larger than the display', place(0, 30, 4000, 3000), place(0, 30, 1920, 1050)],
  ['smaller than the page can be', place(100, 100, 10, 10), place(100, 100, SMALLEST.width, SMALLEST.height)],
  ['partly over the edge, with its title in reach', place(1600, 200), place(1600, 200)],
  ['on a display left of the main one', place(-1500, 200), place(0, 200)],
])('a window that was %s is put where it can be reached', (_, was, is) => {
  expect(firstPlace(rememberPlace([], [laptop], was), [laptop])).toEqual(is);
});

test('a display left of or above the main one has negative coordinates, and is as good', () => {
  const left = display(-2560, -400, 2560, 1440);
  const last = place(-2000, -300);
  expect(firstPlace(rememberPlace([], [laptop, left], last), [laptop, left])).toEqual(last);
});

test('each further window lies a step beside the one before, and begins again in the corner', () => {
  expect(nextPlace(place(100, 100), [laptop])).toEqual(place(128, 128));
  expect(nextPlace(place(710, 100), [laptop])).toEqual(place(0, 30));
  expect(nextPlace({ ...place(2000, 640), ...beside.workArea, width: 1200, height: 800 }, [laptop, beside])).toEqual(
    place(1948, 58),
  );
});
