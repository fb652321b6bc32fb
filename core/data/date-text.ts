/** How dates are written, as a regular expression that is the same in JavaScript and in the table engine (RE2). */

const names = ['jan(uary)', 'feb(ruary)', 'mar(ch)', 'apr(il)', 'may', 'jun(e)', 'jul(y)', 'aug(ust)'];
const laterNames = ['sep(tember)', 'sept', 'oct(ober)', 'nov(ember)', 'dec(ember)'];

/** In capitals or not, which RE2 and older engines of JavaScript have no common sign for. */
const anyCase = (text: string): string =>
  text.replace(/[a-z]/g, (letter) => `[${letter.toUpperCase()}${letter}]`).replace(/\((.+)\)/, '(?:$1)?');

const month = `(${[...names, ...laterNames].map(anyCase).join('|')})`;
const day = '(0?[1-9]|[12][0-9]|3[01])';
const [year, anyYear] = ['([0-9]{4})', '([0-9]{4}|[0-9]{2})'];
const clock = '([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}(?:\\.[0-9]+)?))?(?: ?([AaPp])[Mm])?';
const zone = '(Z|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?)';

/**
 * Twenty groups: year, month, day of 2000-01-31; three numbers of 31/01/2000 or 01/31/00; day, name, year of 31-Jan-2000; name, day,
 * year of January 31, 2000; year, name, day of 2000-Jan-31; hour, minute, second, a or p, offset from UTC.
 */
export const datedPattern = `^(?:${[
  `${year}[-/.]${day}[-/.]${day}`,
  `${day}[-/.]${day}[-/.]${anyYear}`,
  `${day}(?:\\. |[- /.])?${month}\\.?(?:, |[- /.])?${anyYear}`,
  `${month}(?:\\. |[- /.])${day}(?:, ?|[- /.])${year}`,
  `${year}[- /]${month}[- /]${day}`,
].join('|')})(?:(?:[T ]|, )${clock}(?: ?${zone})?)?$`;

/** A time of day alone. */
const clockPattern = '^(?:[0-9]{1,2}[:.][0-9]{2}[:.][0-9]{2}|[0-9]{1,2}:[0-9]{2})$';

/** A date in any order, with a time of day or not, or a time of day alone. */
export const datePattern = `${datedPattern}|${clockPattern}`;

/** The offset from UTC behind a time of day, as the only group. */
export const offsetPattern = `:[0-9]{2}(?:\\.[0-9]+)?(?: ?[AaPp][Mm])? ?${zone}$`;

/** A month from 1 by the first three letters of its name. */
export const monthNumber = (name: string): number =>
  names
    .concat(laterNames.filter((one) => one !== 'sept'))
    .findIndex((one) => one.startsWith(name.slice(0, 3).toLowerCase())) + 1;
