import { datePattern } from './date-text';
import { isGrouped, isPlain, isUnit, type Marks } from './number-text';

/** Texts that commonly mean "no value", in lower case; '' is a cell of blanks. */
export const missingTokens: ReadonlySet<string> = new Set([
  '',
  '?',
  'na',
  'n/a',
  '#n/a',
  '<na>',
  'nan',
  'null',
  'none',
  'nil',
  'missing',
  '.',
  '-',
  '--',
  '*',
]);

/**
 * What a cell looks like. `comma` and `point` are numbers with that decimal mark; `grouped` is a number with thousands marks or
 * one that could be ("1,234"); `unit` carries a percent sign or a currency.
 */
export type CellKind = 'missing' | 'integer' | 'point' | 'comma' | 'grouped' | 'unit' | 'date' | 'word' | 'other';

const integer = /^[+-]?\d+(?:[eE][+-]?\d+)?$/;
const point = /^[+-]?(?:\d+\.\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const comma = /^[+-]?(?:\d+,\d*|,\d+)(?:[eE][+-]?\d+)?$/;
const thousands = /^[+-]?[1-9]\d{0,2}(?:([,.]|['’]|[ \u00a0\u2009\u202f])\d{3})(?:\1\d{3})*(?:(?!\1)[.,]\d+)?$/;
const unit =
  /^(?:[+-]?[\d.,'’ \u00a0\u2009\u202f]+[ \u00a0\u202f]?%|[+-]?[$€£] ?[+-]?[\d.,'’]+|[+-]?[\d.,'’]+[ \u00a0\u202f]?[$€£])$/;
const date = new RegExp(datePattern);
const month = /^[ADFJMNOSadfjmnos][A-Za-z]{2}/;
// Letters first; blanks, digits and a few marks after; never a character that could be a delimiter.
const word = /^[\p{L}_][\p{L}\p{N}\p{M} _.'/()&%+:#°²³^*[\]-]*$/u;

/** @param text  trimmed */
export function cellKind(text: string): CellKind {
  const first = text.charCodeAt(0);
  const numeric = (first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46 || first === 44;
  if (numeric) {
    if (integer.test(text)) return 'integer';
    if (thousands.test(text)) return 'grouped';
    if (point.test(text)) return 'point';
    if (comma.test(text)) return 'comma';
  }
  if (missingTokens.has(text.toLowerCase())) return 'missing';
  if (unit.test(text)) return 'unit';
  if ((numeric || month.test(text)) && date.test(text)) return 'date';
  return word.test(text) ? 'word' : 'other';
}

/** True when the kind is a number with these marks, alone or with a unit's sign. A `grouped` cell is judged by its text: "1.234" is a number when the point is the decimal mark. */
export function isNumber(kind: CellKind, text: string, marks: Marks): boolean {
  if (kind === 'integer') return true;
  if (kind === 'grouped') return isPlain(text, marks.decimal) || isGrouped(text, marks);
  if (kind === 'unit') return isUnit(text, marks);
  return kind === (marks.decimal === '.' ? 'point' : 'comma');
}
