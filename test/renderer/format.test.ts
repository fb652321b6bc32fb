import { describe, expect, test } from 'vitest';
import {
  alike,
  aboutTime,
  bytes,
  brief,
  compact,
  count,
  counted,
  duration,
  elapsed,
  fixed,
  list,
  moment,
  percent,
  rowNumber,
  power,
  significant,
  withinInterval,
  withUnit,
} from '../../renderer/format';

/** Unbreakable spaces as plain ones, so that expectations can be read. */
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

test('a moment is told by its time, with its day where that is another', () => {
  const now = new Date(2026, 10, 21, 9, 0).getTime();
  expect(moment(new Date(2026, 10, 21, 0, 5).getTime(), now)).toBe('00:05');
  expect(moment(new Date(2026, 10, 20, 23, 59).getTime(), now)).toBe('20 Nov, 23:59');
  expect(moment(new Date(2025, 11, 31, 14, 2).getTime(), now)).toBe('31 Dec 2025, 14:02');
});

test('words of time have a plural after a number, other units none', () => {
  expect(plain(withUnit('28', 'day'))).toBe('28 days');
  expect(plain(withUnit('1', 'day'))).toBe('1 day');
  expect(plain(withUnit('0.5', 'MPa'))).toBe('0.5 MPa');
});

describe('numbers that stand together', () => {
  test('have the same decimals, as many as the smallest needs', () => {
    expect([6.737, 10.48, 16.502].map(alike([6.737, 10.48, 16.502]))).toEqual(['6.74', '10.48', '16.50']);
    expect([124.1, 1030].map(alike([124.1, 1030]))).toEqual(['124', '1,030']);
    expect(alike([])(2.3456)).toBe('2.35');
  });

  test('are written each by itself when they are too far apart or too small for that', () => {
    expect([0.00213, 213].map(alike([0.00213, 213]))).toEqual(['0.00213', '213']);
    expect(alike([1.23e-7])(1.23e-7)).toBe('1.23×10⁻⁷');
  });

  test('tell the ends of an interval apart', () => {
    const ends = (low: number, high: number): string[] => [low, high].map(withinInterval(low, high));
    expect(ends(5.92, 7.57)).toEqual(['5.9', '7.6']);
    expect(ends(9.51, 11.42)).toEqual(['9.5', '11.4']);
    expect(ends(0.1242, 0.1283)).toEqual(['0.124', '0.128']);
    expect(ends(2, 2)).toEqual(['2.0', '2.0']);
  });
});

describe('numbers', () => {
  test('a negative number carries a true minus and thousands are apart', () => {
    expect(fixed(-1234.5, 1)).toBe('\u22121,234.5');
    expect(count(1030)).toBe('1,030');
    expect(count(1234567)).toBe('1,234,567');
  });

  test('a negative number that rounds to nothing is zero without a sign', () => {
    expect(fixed(-0.001, 2)).toBe('0.00');
    expect(fixed(-0, 0)).toBe('0');
  });

  test('what is not a number stands as a dash and infinity as its sign', () => {
    expect(fixed(Number.NaN, 2)).toBe('\u2013');
    expect(significant(-Infinity)).toBe('\u2212∞');
  });

  test('significant digits are counted from the first that is not zero, and digits before the point are never lost', () => {
    expect(significant(6.3917)).toBe('6.39');
    expect(significant(0.012345)).toBe('0.0123');
    expect(significant(12345.678)).toBe('12,346');
    expect(significant(9.9996)).toBe('10.0');
    expect(significant(0)).toBe('0');
  });

  test('very small and very large numbers stand as a power of ten', () => {
    expect(significant(-0.0000123)).toBe('\u22121.23×10⁻⁵');
    expect(significant(6.02214e23, 4)).toBe('6.022×10²³');
  });

  test('values of the data lose zeros that say nothing, and four digits stand together as in a year', () => {
    expect(compact(28)).toBe('28');
    expect(compact(17.5)).toBe('17.5');
    expect(compact(1970)).toBe('1970');
    expect(compact(-1970)).toBe('\u22121970');
    expect(compact(12345)).toBe('12,345');
    expect(compact(0.1 + 0.2)).toBe('0.3');
    expect(compact(100)).toBe('100');
  });
});

describe('quantities', () => {
  test('a unit follows after an unbreakable space, and a percent sign without one', () => {
    expect(withUnit('6.39', 'MPa')).toBe('6.39\u00a0MPa');
    expect(withUnit('38', '%')).toBe('38%');
    expect(withUnit('38', null)).toBe('38');
  });

  test('a small share is not nothing', () => {
    expect(percent(0.384)).toBe('38%');
    expect(percent(0)).toBe('0%');
    expect(percent(0.0034)).toBe('0.3%');
    expect(plain(percent(0.000001))).toBe('< 0.001%');
    expect(percent(1)).toBe('100%');
  });

  test('of what is only guessed, seconds are left out once there are minutes', () => {
    expect(plain(aboutTime(1.4))).toBe('1.4 s');
    expect(plain(aboutTime(80))).toBe('1 min 20 s');
    expect(plain(aboutTime(1350))).toBe('23 min');
    expect(plain(aboutTime(3599))).toBe('1 h');
    expect(aboutTime(Infinity)).toBe('–');
  });

  test('seconds are told in the units a person would use', () => {
    expect(plain(duration(0.02))).toBe('<0.1 s');
    expect(plain(duration(0.42))).toBe('0.4 s');
    expect(plain(duration(8))).toBe('8 s');
    expect(plain(duration(59.7))).toBe('1 min');
    expect(plain(duration(80))).toBe('1 min 20 s');
    expect(plain(duration(7500))).toBe('2 h 5 min');
  });

  test('bytes are counted in powers of a thousand', () => {
    expect(plain(bytes(999))).toBe('999 bytes');
    expect(plain(bytes(20160))).toBe('20 kB');
    expect(plain(bytes(212_000_000))).toBe('212 MB');
    expect(plain(bytes(999_999))).toBe('1 MB');
  });

  test('words agree with their number', () => {
    expect(rowNumber(0)).toBe('1');
    expect(rowNumber(1029)).toBe('1,030');
    expect(counted(1, 'row')).toBe('1 row');
    expect(counted(1030, 'row')).toBe('1,030 rows');
    expect(counted(2, 'category', 'categories')).toBe('2 categories');
    expect(list(['a', 'b', 'c'])).toBe('a, b and c');
  });

  test('tolerances are powers of ten when they are', () => {
    expect(power(1e-7)).toBe('10⁻⁷');
    expect(power(0.5)).toBe('0.5');
    expect(power(2e-6)).toBe('2×10⁻⁶');
  });
});

test('a clock keeps its tenths up to a minute', () => {
  expect([0.04, 3, 9.96, 59.9, 61].map((seconds) => plain(elapsed(seconds)))).toEqual([
    '0.0 s',
    '3.0 s',
    '10.0 s',
    '59.9 s',
    '1 min 1 s',
  ]);
});

test('in little room, millions and more are a power of ten', () => {
  expect(brief(999_999)).toBe('999,999');
  expect(brief(3_235_340_000)).toBe('3.24×10⁹');
  expect(brief(-5e9)).toBe('\u22125×10⁹');
  expect(brief(0)).toBe('0');
  expect(brief(17.5)).toBe('17.5');
});
