import type { Decision, Dialect, DialectChoice } from '../../../core/data/types';

/** A part of the import strip: one decision in sight, and those that belong to it in its drop-down. */
export interface StripPart {
  readonly label: string;
  readonly ids: readonly Decision['id'][];
}

export const stripParts: readonly StripPart[] = [
  { label: 'Encoding', ids: ['encoding'] },
  { label: 'Delimiter', ids: ['delimiter', 'quote', 'escape'] },
  { label: 'Decimal', ids: ['decimal', 'thousands'] },
  { label: 'Header', ids: ['sheet', 'header', 'skip', 'comment'] },
  { label: 'Missing', ids: ['missing'] },
];

export const decisionNames: Record<Decision['id'], string> = {
  sheet: 'Sheet',
  encoding: 'Encoding',
  delimiter: 'Delimiter',
  quote: 'Quotation mark',
  escape: 'Quotes within quotes',
  decimal: 'Decimal mark',
  thousands: 'Thousands mark',
  header: 'Header',
  comment: 'Remarks begin with',
  skip: 'Lines before the table',
  missing: 'Cells without a value',
};

/** The dialect with one decision made by hand; `value` is an alternative's value. */
export function choiceOf(id: Decision['id'], value: string): DialectChoice {
  switch (id) {
    case 'encoding':
      return { encoding: value as Dialect['encoding'] };
    case 'delimiter':
      return { delimiter: value as Dialect['delimiter'] };
    case 'sheet':
      return { sheet: value };
    case 'thousands':
      return { thousands: value as Dialect['thousands'] };
    case 'escape':
      return { escape: value as Dialect['escape'] };
    case 'comment':
      return { comment: value as Dialect['comment'] };
    case 'quote':
      return { quote: value as Dialect['quote'] };
    case 'decimal':
      return { decimal: value as Dialect['decimal'] };
    case 'header':
      return { header: value === 'true' };
    case 'skip':
      return { skip: Number(value) };
    case 'missing':
      throw new Error('Missing tokens are a set: use withToken');
  }
}

/** The missing tokens with one more or one less. */
export const withToken = (tokens: readonly string[], token: string, on: boolean): string[] =>
  on ? [...new Set([...tokens, token])] : tokens.filter((known) => known !== token);

export const tokenName = (token: string): string => (token === '' ? 'empty' : token);
