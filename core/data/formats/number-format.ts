/** What the format of a cell says its number is. A duration ("[h]:mm") stays a number: of days. */
export type NumberKind = 'number' | 'percent' | 'date' | 'time' | 'duration';

/** Formats that a workbook does not write down, because every program knows them by their number. */
const known: readonly { readonly from: number; readonly to: number; readonly kind: NumberKind }[] = [
  { from: 9, to: 10, kind: 'percent' },
  { from: 14, to: 17, kind: 'date' },
  { from: 18, to: 21, kind: 'time' },
  { from: 22, to: 22, kind: 'date' },
  { from: 27, to: 36, kind: 'date' },
  { from: 45, to: 45, kind: 'time' },
  { from: 46, to: 46, kind: 'duration' },
  { from: 47, to: 47, kind: 'time' },
  { from: 50, to: 58, kind: 'date' },
];

/** @param codes  the formats the workbook itself defines, by number */
export function numberKind(id: number, codes: ReadonlyMap<number, string>): NumberKind {
  const code = codes.get(id);
  if (code !== undefined) return kindOfCode(code);
  return known.find(({ from, to }) => id >= from && id <= to)?.kind ?? 'number';
}

export function kindOfCode(code: string): NumberKind {
  // The section of positive numbers, without texts, padding and colours; a bracket around h, m or s counts on over 24 hours.
  const bare = code
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .split(';')[0]
    .toLowerCase();
  if (/\[(h+|m+|s+)\]/.test(bare)) return 'duration';
  const marks = bare.replace(/\[[^\]]*\]/g, '').replace(/general|am\/pm|a\/p|e[+-]/g, ' ');
  const clock = /[hs]/.test(marks);
  if (/[yd]/.test(marks) || (!clock && marks.includes('m'))) return 'date';
  if (clock) return 'time';
  return marks.includes('%') ? 'percent' : 'number';
}

const DAY = 86_400_000;
/** Days from the beginning of each calendar to 1 January 1970. */
const FROM_1900 = 25_569;
const FROM_1904 = 24_107;
/** 31 December 9999. */
const LAST_DAY = 2_958_465;

/**
 * A date as ISO text: "2013-04-01", with the time of day where there is one ("2013-04-01 12:30:00"), or the time alone for a
 * number below one day. To the millisecond, which is what the number can carry. Null for a number that is no date.
 *
 * @param serial  days, as the workbook counts them
 * @param since1904  the workbook counts from 1904
 */
export function isoDate(serial: number, kind: 'date' | 'time', since1904: boolean): string | null {
  if (!(serial >= 0 && serial < LAST_DAY + 1)) return null;
  const shift = since1904 ? FROM_1904 : FROM_1900;
  // The calendar from 1900 has a 29 February 1900 that never was: days before it count from one day later.
  if (!since1904 && serial >= 60 && serial < 61) return null;
  const days = serial + (!since1904 && serial < 60 ? 1 : 0);
  const iso = new Date(Math.round((days - shift) * DAY)).toISOString();
  const time = iso.slice(11, 23).replace('.000', '');
  if (serial < 1 && kind === 'time') return time;
  return time === '00:00:00' ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${time}`;
}
