import { describe, expect, test } from 'vitest';
import { hatchLines } from '../../../renderer/charts/hatch';
import { markOf, symbolPath, symbols } from '../../../renderer/charts/identity';
import { withResolution } from '../../../renderer/charts/png';
import { spread } from '../../../renderer/charts/spread';
import { swarm } from '../../../renderer/charts/starts-strip';
import { compareSpread } from '../../../renderer/charts/statistics';
import { toCsv, toTsv } from '../../../renderer/charts/table-text';
import { axisNumber, logTicks, niceScale, symmetricScale } from '../../../renderer/charts/ticks';

describe('identity', () => {
  test('the first six marks differ in colour, in symbol and in dash', () => {
    const marks = Array.from({ length: 6 }, (_, i) => markOf(i));
    for (const part of ['colour', 'symbol', 'dash'] as const) {
      expect(new Set(marks.map((mark) => String(mark[part]))).size).toBe(6);
    }
  });

  test('36 marks are distinct, though their colours repeat', () => {
    const marks = Array.from({ length: 36 }, (_, i) => JSON.stringify(markOf(i)));
    expect(new Set(marks).size).toBe(36);
  });

  test('every symbol is a closed path without stray numbers', () => {
    for (const symbol of symbols) expect(symbolPath(symbol, 4, 6, 6)).toMatch(/^M[-\d.\sLa]+z$/);
  });
});

describe('labels moved apart', () => {
  test('stay where they are when they do not touch', () => {
    expect(spread([10, 60, 110], 17, 0, 200)).toEqual([10, 60, 110]);
  });

  test('share the distance when they touch, in their order', () => {
    const placed = spread([51, 50, 50], 17, 0, 200);
    expect(placed[0]).toBeCloseTo(50 + 1 / 3 + 17, 9);
    expect(placed[1]).toBeCloseTo(50 + 1 / 3 - 17, 9);
    expect(placed[2]).toBeCloseTo(50 + 1 / 3, 9);
  });

  test('never leave the plot nor come nearer than the gap while there is room', () => {
    const wanted = [199, 199, 198, 3, 2, 1, 100];
    const placed = spread(wanted, 17, 0, 200);
    const sorted = [...placed].sort((a, b) => a - b);
    expect(sorted[0]).toBeGreaterThanOrEqual(0);
    expect(sorted.at(-1)).toBeLessThanOrEqual(200);
    sorted.slice(1).forEach((y, i) => expect(y - sorted[i]).toBeGreaterThanOrEqual(17 - 1e-9));
  });

  test('close up when there is no room', () => {
    expect(spread([5, 5, 5], 17, 0, 10)).toEqual([0, 5, 10]);
  });
});

describe('ticks', () => {
  test('stand at 1, 2 or 5 times a power of ten, around the data', () => {
    expect(niceScale(3.2, 97, 5)).toEqual({ min: 0, max: 100, step: 20 });
    expect(niceScale(0, 0.3, 3)).toEqual({ min: 0, max: 0.3, step: 0.1 });
    expect(symmetricScale(23, 4)).toEqual({ min: -40, max: 40, step: 20 });
  });

  test('of a logarithmic axis are powers of ten, with values between where these are too few to be read', () => {
    expect(logTicks(1, 160)).toEqual([1, 10, 100]);
    expect(logTicks(5.9, 25)).toEqual([10, 15, 20, 25]);
    expect(logTicks(0.5, 12)).toEqual([0.5, 1, 2, 5, 10]);
    expect(logTicks(6.1, 7.9)).toEqual([6.5, 7, 7.5]);
    expect(logTicks(2.5, 6.5)).toEqual([3, 4, 5, 6]);
  });

  test('exist for a single value too', () => {
    const { min, max, step } = niceScale(7, 7);
    expect(min).toBeLessThan(7);
    expect(max).toBeGreaterThan(7);
    expect(step).toBeGreaterThan(0);
  });

  test('are written with a true minus, thousands apart and the decimals of their step', () => {
    expect(axisNumber(-12500, 500)).toBe('−12,500');
    expect(axisNumber(0.30000000000000004, 0.1)).toBe('0.3');
    expect(axisNumber(-1e-17, 0.5)).toBe('0.0');
    expect(axisNumber(1234567, 1)).toBe('1,234,567');
  });
});

describe('a table as text', () => {
  const table = {
    columns: ['name', 'x'],
    rows: [
      ['a "b", c', 0.1 + 0.2],
      ['=1+1', -3.2],
      [null, null],
    ] as const,
  };

  test('keeps every digit and quotes what must be quoted', () => {
    expect(toCsv(table)).toBe('name,x\n"a ""b"", c",0.30000000000000004\n\'=1+1,-3.2\n,\n');
  });

  test('is tab-separated for the clipboard', () => {
    expect(toTsv({ columns: ['a'], rows: [['x\ty\nz']] })).toBe('a\nx y z\n');
  });
});

describe('png', () => {
  test('carries its resolution in a pHYs chunk right after the header', () => {
    // The smallest PNG: 1 × 1, transparent.
    const png = Uint8Array.from(
      atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='),
      (c) => c.charCodeAt(0),
    );
    const out = withResolution(png, 300);
    expect(out.length).toBe(png.length + 21);
    expect([...out.slice(33, 54)]).toEqual([
      0, 0, 0, 9, 0x70, 0x48, 0x59, 0x73, 0, 0, 0x2e, 0x23, 0, 0, 0x2e, 0x23, 1, 0x78, 0xa5, 0x3f, 0x76,
    ]);
    expect([...out.slice(54)]).toEqual([...png.slice(33)]);
  });
});

describe('statistics of findings', () => {
  const wave = (n: number, size: number): number[] => Array.from({ length: n }, (_, i) => size * Math.sin(12.9898 * i));

  test('a clear change of spread is told, in its direction', () => {
    expect(compareSpread(wave(80, 1), wave(80, 3))).toBe(1);
    expect(compareSpread(wave(80, 3), wave(80, 1))).toBe(-1);
  });

  test('a small change, or one on few rows, is not', () => {
    expect(compareSpread(wave(80, 1), wave(80, 1.2))).toBe(0);
    expect(compareSpread(wave(9, 1), wave(9, 3))).toBe(0);
  });

  test('fat tails do not decide', () => {
    const outlier = [...wave(40, 1), 12];
    expect(compareSpread(wave(41, 1), outlier)).toBe(0);
  });
});

test('dots of a swarm do not lie on each other', () => {
  const xs = [10, 10, 10, 11, 12, 30];
  const ys = swarm(xs, 6, 40);
  xs.forEach((x, i) => {
    for (let j = 0; j < i; j++) expect(Math.hypot(x - xs[j], ys[i] - ys[j])).toBeGreaterThanOrEqual(6);
  });
  expect(ys[5]).toBe(0);
});

test('every expert beyond the first has a hatch of its own', () => {
  expect(hatchLines(0, 0, 0, 100, 50)).toEqual([]);
  const patterns = [1, 2, 3, 4, 5].map((expert) => JSON.stringify(hatchLines(expert, 0, 0, 100, 50)));
  expect(new Set(patterns).size).toBe(5);
});
