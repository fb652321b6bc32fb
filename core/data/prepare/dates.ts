import { dateOrders, type DateOrder, type DatePart } from '../../model/feature';
import { datedPattern, monthNumber } from '../date-text';
import { inBlocks, type Steps } from '../../turns';

const DAY_MS = 86_400_000;
const dated = new RegExp(datedPattern);
const clock = /^(\d{1,2})(?:([:.])(\d{2})\2(\d{2})|:(\d{2}))$/;

/**
 * A date as days since 1970-01-01 00:00, a time of day alone as a share of a day; NaN where the text is neither in this order. Years of
 * two digits are 1969 to 2068; names of months are English. The clock is read as it stands: what it is apart from UTC is not taken out.
 */
export function parseDate(text: string, order: DateOrder): number {
  if (order === 'time') {
    const found = clock.exec(text);
    return found === null ? Number.NaN : timeOfDay(found[1], found[3] ?? found[5], found[4] ?? '0');
  }
  const found = dated.exec(text);
  if (found === null) return Number.NaN;
  const days = dayOf(order, found);
  const [hour, minute, seconds, half] = found.slice(16) as (string | undefined)[];
  return hour === undefined ? days : days + timeOfDay(hour, minute!, seconds ?? '0', half);
}

/** @param found  the groups of `datedPattern` */
function dayOf(order: Exclude<DateOrder, 'time'>, found: RegExpExecArray): number {
  const group = (at: number) => found[at] as string | undefined;
  switch (order) {
    case 'year-month-day':
      if (group(1)) return dayNumber(found[1], Number(found[2]), found[3]);
      return group(13) ? dayNumber(found[13], monthNumber(found[14]), found[15]) : Number.NaN;
    case 'day-month-year':
      if (group(4)) return dayNumber(found[6], Number(found[5]), found[4]);
      return group(7) ? dayNumber(found[9], monthNumber(found[8]), found[7]) : Number.NaN;
    case 'month-day-year':
      if (group(4)) return dayNumber(found[6], Number(found[4]), found[5]);
      return group(10) ? dayNumber(found[12], monthNumber(found[10]), found[11]) : Number.NaN;
  }
}

function yearOf(text: string): number {
  const year = Number(text);
  if (text.length === 2) return year < 69 ? 2000 + year : 1900 + year;
  return text.length === 4 ? year : Number.NaN;
}

function dayNumber(yearText: string, month: number, day: string): number {
  const year = yearOf(yearText);
  if (!(year >= 100) || !(month >= 1 && month <= 12)) return Number.NaN;
  const time = Date.UTC(year, month - 1, Number(day));
  // A day that its month does not have would be one of the next.
  return new Date(time).getUTCDate() === Number(day) ? time / DAY_MS : Number.NaN;
}

/** @param half  a or p of a clock of twelve hours */
function timeOfDay(hour: string, minute: string, seconds: string, half?: string): number {
  let h = Number(hour);
  if (half !== undefined) {
    if (h < 1 || h > 12) return Number.NaN;
    h = (h % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  }
  const [m, s] = [Number(minute), Number(seconds)];
  return h < 24 && m < 60 && s < 61 ? (h * 3600 + m * 60 + s) / 86_400 : Number.NaN;
}

/** How the dates of a column are read, and one of them that another order reads as another day, where that order fits as well. */
export interface LearnedOrder {
  readonly order: DateOrder;
  readonly ambiguous: string | null;
}

/** The order in which most of the texts of the rows can be read; of equals the first of `dateOrders`. In turns. */
export function* learnDateOrder(texts: readonly (string | null)[], rows: Uint32Array): Steps<LearnedOrder> {
  const read = new Float64Array(dateOrders.length);
  const days = new Float64Array(dateOrders.length);
  const differ: { text: string | null } = { text: null };
  yield* inBlocks(rows.length, 200, (from, to) => {
    for (let i = from; i < to; i++) {
      const text = texts[rows[i]];
      if (text === null) continue;
      for (let o = 0; o < dateOrders.length; o++) {
        days[o] = parseDate(text, dateOrders[o]);
        if (!Number.isNaN(days[o])) read[o]++;
      }
      if (!Number.isNaN(days[1]) && !Number.isNaN(days[2]) && days[1] !== days[2]) differ.text ??= text;
    }
  });
  const most = Math.max(...read);
  const order = dateOrders[read.indexOf(most)];
  const either = order === 'day-month-year' && read[2] === most;
  return { order, ambiguous: either ? differ.text : null };
}

/** Whether a text is a date in any order. */
export const isDate = (text: string): boolean => dateOrders.some((order) => !Number.isNaN(parseDate(text, order)));

/** Part of a day number: month from 1, weekday from Monday = 1, hour from 0. */
export function datePart(days: number, part: DatePart): number {
  if (Number.isNaN(days)) return Number.NaN;
  if (part === 'weekday') return ((((Math.floor(days) + 3) % 7) + 7) % 7) + 1;
  // Shares of a day are rounded: the clock they came from had no more than microseconds.
  const date = new Date(Math.round(days * DAY_MS));
  if (part === 'hour') return date.getUTCHours();
  return part === 'year' ? date.getUTCFullYear() : date.getUTCMonth() + 1;
}

/** A day number as a person reads it: "2004-03-10", with the clock where there is one; a time of day alone as "18:00". */
export function dateLabel(days: number, order: DateOrder): string {
  const iso = new Date(Math.round(days * DAY_MS)).toISOString();
  const [day, time] = [iso.slice(0, 10), iso.slice(11, 19).replace(/:00$/, '')];
  if (order === 'time') return time;
  return time === '00:00' ? day : `${day} ${time}`;
}
