import { describe, expect, test } from 'vitest';
import { isoDate, kindOfCode, numberKind } from '../../../../core/data/formats/number-format';

describe('what a number format makes of a number', () => {
  test.each([
    ['General', 'number'],
    ['0.00', 'number'],
    ['#,##0.00 [$€-407];[Red]-#,##0.00', 'number'],
    ['0.00E+00', 'number'],
    ['0" days"', 'number'],
    ['0\\d', 'number'],
    ['0.0%', 'percent'],
    ['yyyy-mm-dd', 'date'],
    ['[$-409]d-mmm-yy;@', 'date'],
    ['mmm', 'date'],
    ['dd.mm.yyyy hh:mm', 'date'],
    ['h:mm AM/PM', 'time'],
    ['mm:ss.0', 'time'],
    ['[h]:mm:ss', 'duration'],
    ['[mm]:ss', 'duration'],
  ])('%s: %s', (code, kind) => expect(kindOfCode(code)).toBe(kind));

  test('formats every program knows go by their number, unless the workbook says otherwise', () => {
    const none = new Map<number, string>();
    expect([0, 2, 9, 14, 20, 22, 46, 200].map((id) => numberKind(id, none))).toEqual([
      'number',
      'number',
      'percent',
      'date',
      'time',
      'date',
      'duration',
      'number',
    ]);
    expect(numberKind(14, new Map([[14, '0.00']]))).toBe('number');
  });
});

describe('a number as a date', () => {
  test.each([
    [1, 'date', '1900-01-01'],
    [59, 'date', '1900-02-28'],
    [61, 'date', '1900-03-01'],
    [25569, 'date', '1970-01-01'],
    [41365.520833333336, 'date', '2013-04-01 12:30:00'],
    [41365.52083333, 'date', '2013-04-01 12:30:00'],
    [45000.500005787, 'date', '2023-03-15 12:00:00.500'],
    [0.75, 'time', '18:00:00'],
    [2958465, 'date', '9999-12-31'],
  ] as const)('%d is %s %s', (serial, kind, text) => expect(isoDate(serial, kind, false)).toBe(text));

  test('a day that never was, a negative one and one after the year 9999 are no dates', () => {
    for (const serial of [60, -1, 2958466, Number.NaN]) expect(isoDate(serial, 'date', false)).toBeNull();
  });

  test('workbooks of old Macs count from 1904', () => {
    expect(isoDate(0, 'date', true)).toBe('1904-01-01');
    expect(isoDate(39903, 'date', true)).toBe('2013-04-01');
  });
});
