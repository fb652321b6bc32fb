import type { Decision, Dialect, DialectChoice } from '../../../core/data/types';

/** A part of the import strip: one decision in sight, and those that belong to it in its drop-down. */
export interface StripPart {
  readonly label: string;
  readonly ids: readonly Decision['id'][];
}

export const stripParts: readonly StripPart[] = [
  { label: 'Encoding', ids: ['encoding'] },
  { label: 'Delimiter', ids: ['delimiter', 'quote'] },
  { label: 'Decimal', ids: ['decimal'] },
  { label: 'Header', ids: ['header', 'skip'] },
  { label: 'Missing', ids: ['missing'] },
];

export const decisionNames: Record<Decision['id'], string> = {
  encoding: 'Encoding',
  delimiter: 'Delimiter',
  quote: 'Quotation mark',
  decimal: 'Decimal mark',
  header: 'Header',
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
