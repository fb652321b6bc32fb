import type { Dialect } from './types';

export type ThousandsMark = NonNullable<Dialect['thousands']>;
export interface Marks {
  readonly decimal: Dialect['decimal'];
  readonly thousands: ThousandsMark;
}

/** Signs that are a unit when every number of a column has the same: before the number or behind it. */
export const unitSigns = ['%', '$', '€', '£'] as const;
export type UnitSign = (typeof unitSigns)[number];

/** The characters a thousands mark stands for: blanks of every width, straight and curved apostrophes. */
export const charactersOf: Readonly<Record<ThousandsMark, string>> = {
  '': '',
  '.': '.',
  ',': ',',
  ' ': ' \u00a0\u2009\u202f',
  "'": "'’",
};

/** Blanks that may stand around a cell. */
const AROUND = '[ \\t\\r\\n]*';
/** Blanks that may stand between a number and its sign. */
const BETWEEN = '[ \\x{00a0}\\x{202f}]?';

/**
 * Regular expressions for whole cells, in the dialect of the table engine (RE2), in which \x{hhhh} is a character. Here they are
 * translated; so that there and here a number is the same.
 */
export const patterns = {
  /** 12, -1.5, .5, 1.5e-3 with that decimal mark. */
  plain: (decimal: Dialect['decimal']) => {
    const mark = escaped(decimal);
    return `[+-]?(?:[0-9]+(?:${mark}[0-9]*)?|${mark}[0-9]+)(?:[eE][+-]?[0-9]+)?`;
  },
  /** 1,234 and 12,345.6: groups of three, the same mark between all. */
  grouped: ({ decimal, thousands }: Marks) => {
    const between = [...charactersOf[thousands]].map(
      (mark) => `[1-9][0-9]{0,2}(?:${escaped(mark)}[0-9]{3})+(?:${escaped(decimal)}[0-9]*)?`,
    );
    return `[+-]?(?:${between.join('|')})`;
  },
  /** Grouped, and no decimal mark could be taken for the one between groups. */
  surelyGrouped: ({ decimal, thousands }: Marks) => {
    const between = [...charactersOf[thousands]].map((mark) => {
      const group = `${escaped(mark)}[0-9]{3}`;
      return `[1-9][0-9]{0,2}(?:${group}){2,}(?:${escaped(decimal)}[0-9]*)?|[1-9][0-9]{0,2}${group}${escaped(decimal)}[0-9]*`;
    });
    return `[+-]?(?:${between.join('|')})`;
  },
  /** A number, grouped or not. */
  number: (marks: Marks): string =>
    marks.thousands === ''
      ? patterns.plain(marks.decimal)
      : `(?:${patterns.plain(marks.decimal)}|${patterns.grouped(marks)})`,
  /** A number with the sign: 13.9%, $5, -$5, 5 €. */
  unit: (marks: Marks, sign: UnitSign): string => {
    const [number, mark] = [patterns.number(marks), escaped(sign)];
    const behind = `${number}${BETWEEN}${mark}`;
    return sign === '%' ? behind : `(?:${behind}|[+-]?${mark}${BETWEEN}${number})`;
  },
  /** Whatever could be a number with marks and signs, right or wrong. */
  dressed:
    "[+-]?[$€£]? ?[+-]?[0-9][0-9.,'’ \\x{00a0}\\x{2009}\\x{202f}]*(?:[eE][+-]?[0-9]+)?[ \\x{00a0}\\x{202f}]?[%$€£]?",
  /** With the blanks that may stand around a cell. */
  cell: (pattern: string): string => `${AROUND}${pattern}${AROUND}`,
} as const;

function escaped(mark: string): string {
  const code = mark.codePointAt(0)!;
  return code > 127 ? `\\x{${code.toString(16).padStart(4, '0')}}` : mark === ' ' || mark === "'" ? mark : `\\${mark}`;
}

const compiled = (pattern: string) => new RegExp(`^(?:${pattern.replace(/\\x\{([0-9a-f]+)\}/g, '\\u$1')})$`);
const both = <T>(make: (decimal: Dialect['decimal']) => T) => ({ '.': make('.'), ',': make(',') });
const perMark = <T>(make: (marks: Marks) => T) =>
  both((decimal) => ({
    '': make({ decimal, thousands: '' }),
    '.': make({ decimal, thousands: '.' }),
    ',': make({ decimal, thousands: ',' }),
    ' ': make({ decimal, thousands: ' ' }),
    "'": make({ decimal, thousands: "'" }),
  }));

const plainTests = both((decimal) => compiled(patterns.plain(decimal)));
const groupedTests = perMark((marks) => compiled(patterns.grouped(marks)));
const unitTests = perMark((marks) => compiled(unitSigns.map((sign) => patterns.unit(marks, sign)).join('|')));

/** Of a trimmed cell. */
export const isPlain = (text: string, decimal: Dialect['decimal']): boolean => plainTests[decimal].test(text);
export const isGrouped = (text: string, { decimal, thousands }: Marks): boolean =>
  thousands !== '' && thousands !== decimal && groupedTests[decimal][thousands].test(text);
export const isUnit = (text: string, { decimal, thousands }: Marks): boolean =>
  unitTests[decimal][thousands === decimal ? '' : thousands].test(text);

/** A cell without the signs of units and the blanks next to them. */
export const withoutUnit = (text: string): string => text.replace(/[ \u00a0\u202f]?[%$€£][ \u00a0\u202f]?/, '').trim();
