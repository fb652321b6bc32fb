import { describe, expect, test } from 'vitest';
import { evenStrip, unevenStrip } from '../../../renderer/ui/strip';

describe('things one after the other', () => {
  test('of one size are found without a look at each', () => {
    const strip = evenStrip(1_000_000, 22);
    expect(strip.length).toBe(22_000_000);
    expect([strip.at(0), strip.at(21.9), strip.at(22), strip.at(1e9), strip.at(-5)]).toEqual([0, 0, 1, 999_999, 0]);
    expect(strip.start(999_999)).toBe(21_999_978);
  });

  test('of several sizes cover every place once', () => {
    const sizes = [87, 120, 200, 90, 101];
    const strip = unevenStrip(sizes);
    expect(strip.length).toBe(598);
    for (let place = 0; place < strip.length; place++) {
      const at = strip.at(place);
      expect(strip.start(at)).toBeLessThanOrEqual(place);
      expect(strip.start(at + 1)).toBeGreaterThan(place);
    }
    expect([strip.at(-1), strip.at(10_000)]).toEqual([0, 4]);
  });

  test('that are none have no length', () => {
    expect([evenStrip(0, 22).length, unevenStrip([]).length]).toEqual([0, 0]);
  });
});
