/** Numbers as a person reads them: a true minus (U+2212), thousands apart, as many digits as they carry. */

const MINUS = '\u2212';
/** Between a number and its unit: unbreakable. (A thin space is 1.7 px in our type at 13 px, which reads as none.) */
export const SPACE = '\u00a0';
/** What stands where there is no number. */
export const NONE = '\u2013';

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ',');
const superscript = (value: number): string =>
  String(value).replace(/[-\d]/g, (sign) => (sign === '-' ? '\u207b' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(sign)]));

/** The number with `decimals` places. */
export function fixed(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? NONE : value > 0 ? '∞' : `${MINUS}∞`;
  const [whole, part] = Math.abs(value).toFixed(decimals).split('.');
  const text = grouped(whole) + (part ? `.${part}` : '');
  // -0.001 with two places is 0.00, not minus zero.
  return value < 0 && /[1-9]/.test(text) ? MINUS + text : text;
}

/**
 * The number with `digits` significant digits; digits before the point are never rounded away (12,346 at three). Very large and
 * very small numbers stand as a power of ten.
 */
export function significant(value: number, digits = 3): string {
  if (!Number.isFinite(value) || value === 0) return fixed(value, 0);
  const rounded = Number(value.toPrecision(digits));
  const magnitude = Math.floor(Math.log10(Math.abs(rounded)));
  if (magnitude < -4 || magnitude > 14) {
    const [mantissa, exponent] = value.toExponential(digits - 1).split('e');
    return `${fixed(Number(mantissa), digits - 1)}×10${superscript(Number(exponent))}`;
  }
  return fixed(value, Math.max(0, digits - 1 - magnitude));
}

/**
 * As `significant`, without zeros at the end of the decimals: for values of the data, which are exact. Four digits before the
 * point stand together, since they may be a year.
 */
export function compact(value: number, digits = 4): string {
  const [number, exponent] = significant(value, digits).split('×');
  const short = /\.\d*0$/.test(number) ? number.replace(/\.?0+$/, '') : number;
  const joined = short.replace(/^(\D?\d),(\d{3})(?!,)/, '$1$2');
  return exponent ? `${joined}×${exponent}` : joined;
}

/** As `compact`, in little room: from a million on as a power of ten, rounded to at most three digits. */
export function brief(value: number, digits = 4): string {
  if (!Number.isFinite(value) || Math.abs(value) < 1e6) return compact(value, digits);
  const [mantissa, exponent] = value.toExponential(Math.min(digits, 3) - 1).split('e');
  return `${compact(Number(mantissa), 3)}×10${superscript(Number(exponent))}`;
}

/**
 * Writes numbers that stand together, under each other or in a sentence, with the same decimals: as many as the smallest of these
 * needs for `digits` significant digits. Numbers too far apart for that are written each by itself.
 */
export function alike(values: readonly number[], digits = 3): (value: number) => string {
  const sizes = values.map(Math.abs).filter((size) => size > 0 && Number.isFinite(size));
  const smallest = Number(Math.min(...sizes).toPrecision(digits));
  if (sizes.length === 0 || smallest < 1e-4 || Math.max(...sizes) >= 1e4 * smallest)
    return (value) => significant(value, digits);
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(smallest)));
  return (value) => fixed(value, decimals);
}

/**
 * Writes the ends of an interval, and what lies between them, so that they can be told apart: with two significant digits, or more
 * where the last of two would be coarser than half the width.
 */
export function withinInterval(low: number, high: number): (value: number) => string {
  const largest = Math.max(Math.abs(low), Math.abs(high));
  const width = high - low;
  if (!(width > 0) || !Number.isFinite(width)) return alike([largest], 2);
  const needed = 1 + Math.floor(Math.log10(largest)) - Math.floor(Math.log10(width / 2));
  return alike([largest], Math.min(6, Math.max(2, needed)));
}

export const count = (value: number): string => fixed(value, 0);

/** A record of the file (from 0, as exported files count) as a person counts rows: the first is 1. */
export const rowNumber = (record: number): string => count(record + 1);

/** "1 row", "1,030 rows". */
export const counted = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`;

/** "38%"; below one percent with one significant digit, so that a little is not nothing. */
export function percent(fraction: number): string {
  const hundredths = fraction * 100;
  if (!Number.isFinite(hundredths) || hundredths === 0 || Math.abs(hundredths) >= 0.95)
    return `${fixed(hundredths, 0)}%`;
  return Math.abs(hundredths) < 0.001 ? `<${SPACE}0.001%` : `${compact(hundredths, 1)}%`;
}

/** A unit after this number: "28 days". Words of time have a plural, abbreviations have none, and other words cannot be known. */
export const unitAfter = (number: string, unit: string): string =>
  number !== '1' && /^(second|minute|hour|day|week|month|year)$/i.test(unit) ? `${unit}s` : unit;

/** "6.39 MPa" with an unbreakable space; signs that belong to the number stand close. */
export function withUnit(text: string, unit: string | null): string {
  if (!unit) return text;
  return /^[%°′″]/.test(unit) ? text + unit : `${text}${SPACE}${unitAfter(text, unit)}`;
}

/** Seconds as "0.42 s", "8 s", "1 min 20 s" or "2 h 5 min". */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return NONE;
  if (seconds < 0.1) return withUnit('<0.1', 's');
  if (seconds < 9.95) return withUnit(compact(seconds, seconds < 1 ? 1 : 2), 's');
  const whole = Math.round(seconds);
  if (whole < 60) return withUnit(String(whole), 's');
  if (whole < 3600) return pair(Math.floor(whole / 60), 'min', whole % 60, 's');
  return pair(Math.floor(whole / 3600), 'h', Math.round((whole % 3600) / 60), 'min');
}

/** A time that is not known better: "about 1.4 s", "about 23 min". */
export function aboutTime(seconds: number): string {
  if (!Number.isFinite(seconds)) return NONE;
  const minutes = Math.round(seconds / 60);
  if (minutes < 5) return duration(seconds);
  return minutes < 60 ? withUnit(String(minutes), 'min') : duration(60 * minutes);
}

/** The time of day of milliseconds since 1970: "14:02". */
export const clockTime = (milliseconds: number): string =>
  new Date(milliseconds).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });

/** The same with its day where that is not today: "21 Nov, 14:02", "31 Dec 2025, 14:02". Milliseconds since 1970. */
export function moment(milliseconds: number, now: number): string {
  const [then, today] = [new Date(milliseconds), new Date(now)];
  if (then.toDateString() === today.toDateString()) return clockTime(milliseconds);
  const year = then.getFullYear() === today.getFullYear() ? {} : { year: 'numeric' as const };
  const day = then.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', ...year });
  return `${day}, ${clockTime(milliseconds)}`;
}

/** Seconds gone by, as a clock shows them: with tenths up to a minute, so that they do not jump while they grow. */
export const elapsed = (seconds: number): string =>
  seconds < 59.95 ? withUnit(fixed(seconds, 1), 's') : duration(seconds);

const pair = (large: number, unit: string, small: number, smallUnit: string): string =>
  withUnit(count(large), unit) + (small ? ` ${withUnit(String(small), smallUnit)}` : '');

/** "212 MB", counted in powers of 1,000 as file managers do. */
export function bytes(value: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let size = value;
  let step = 0;
  while (size >= 999.5 && step < units.length - 1) {
    size /= 1000;
    step++;
  }
  return withUnit(step < 2 ? fixed(size, 0) : compact(size, 3), units[step]);
}

/** "10⁻⁶" for exact powers of ten, else as a number. */
export function power(value: number): string {
  const exponent = Math.round(Math.log10(value));
  return Math.abs(10 ** exponent / value - 1) < 1e-9 && Math.abs(exponent) > 2
    ? `10${superscript(exponent)}`
    : compact(value, 3);
}

/** "a", "a and b", "a, b and c". */
export const list = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
