import { describe, expect, test } from 'vitest';
import { dateLabel, datePart, learnDateOrder, parseDate } from '../../../../core/data/prepare/dates';
import type { DateOrder } from '../../../../core/model/feature';
import { finish } from '../../../../core/turns';

describe('a date is read in its order', () => {
  test.each([
    ['2004-03-10', 'year-month-day', '2004-03-10'],
    ['2004/3/9', 'year-month-day', '2004-03-09'],
    ['10/03/2004', 'day-month-year', '2004-03-10'],
    ['10.3.04', 'day-month-year', '2004-03-10'],
    ['10-Mar-99', 'day-month-year', '1999-03-10'],
    ['03/10/2004 6:30 PM', 'month-day-year', '2004-03-10 18:30'],
    ['2004-03-10T18:05:07Z', 'year-month-day', '2004-03-10 18:05:07'],
    ['29/02/2024', 'day-month-year', '2024-02-29'],
    ['Jan 1 2000', 'month-day-year', '2000-01-01'],
    ['January 31, 2000', 'month-day-year', '2000-01-31'],
    ['Sept. 3, 2000, 6:30 pm', 'month-day-year', '2000-09-03 18:30'],
    ['MAY 9 2000 23:59', 'month-day-year', '2000-05-09 23:59'],
    ['1 Jan 2000', 'day-month-year', '2000-01-01'],
    ['01-Jan-2000 07:05:00', 'day-month-year', '2000-01-01 07:05'],
    ['1. February 2000', 'day-month-year', '2000-02-01'],
    ['01JAN2000', 'day-month-year', '2000-01-01'],
    ['2000-Dec-24', 'year-month-day', '2000-12-24'],
    ['2004-03-10 18:05:07.25+02:00', 'year-month-day', '2004-03-10 18:05:07'],
    ['2004-03-10 18:05 UTC', 'year-month-day', '2004-03-10 18:05'],
    ['18.00.00', 'time', '18:00'],
    ['7:45', 'time', '07:45'],
  ] as [string, DateOrder, string][])('%s, %s', (text, order, label) => {
    expect(dateLabel(parseDate(text, order), order)).toBe(label);
  });

  test.each([
    ['29/02/2023', 'day-month-year'],
    ['13/13/2020', 'month-day-year'],
    ['2004-03-10', 'day-month-year'],
    ['25:00', 'time'],
    ['Jan 1 2000', 'day-month-year'],
    ['1 Jan 2000', 'month-day-year'],
    ['Feb 30 2000', 'month-day-year'],
    ['Jan 1 20', 'month-day-year'],
    ['12 foo 2000', 'day-month-year'],
    ['Marching 1 2000', 'month-day-year'],
    ['may', 'month-day-year'],
    ['13:00 PM', 'time'],
    ['unknown', 'year-month-day'],
    ['', 'day-month-year'],
  ] as [string, DateOrder][])('%s is none, %s', (text, order) => {
    expect(parseDate(text, order)).toBeNaN();
  });
});

test('parts of a date', () => {
  const sunday = parseDate('2024-12-29 23:59:59', 'year-month-day');
  expect((['year', 'month', 'weekday', 'hour'] as const).map((part) => datePart(sunday, part))).toEqual([
    2024, 12, 7, 23,
  ]);
  expect(datePart(parseDate('1969-12-29', 'year-month-day'), 'weekday')).toBe(1);
  for (let hour = 0; hour < 24; hour++) expect(datePart(parseDate(`${hour}:00`, 'time'), 'hour')).toBe(hour);
});

const learned = (texts: (string | null)[]) => finish(learnDateOrder(texts, Uint32Array.from(texts.keys())));

test('the order is that in which most texts are dates', () => {
  expect(learned(['01/02/2020', '13/02/2020', null, 'x'])).toEqual({ order: 'day-month-year', ambiguous: null });
  expect(learned(['01/02/2020', '02/13/2020'])).toEqual({ order: 'month-day-year', ambiguous: null });
  expect(learned(['Jan 1 2000', 'Feb 2 2000', '03/04/2000'])).toEqual({ order: 'month-day-year', ambiguous: null });
  expect(learned(['2 Jan 2000', '03/04/2000'])).toEqual({ order: 'day-month-year', ambiguous: null });
  expect(learned(['2020-02-01'])).toEqual({ order: 'year-month-day', ambiguous: null });
  expect(learned(['10.03.04', '18.00.00'])).toEqual({ order: 'time', ambiguous: null });
});

test('dates that could be read two ways are told apart from those that could not', () => {
  expect(learned(['01/02/2020', '03/04/2020'])).toEqual({ order: 'day-month-year', ambiguous: '01/02/2020' });
  expect(learned(['02/02/2020'])).toEqual({ order: 'day-month-year', ambiguous: null });
});
