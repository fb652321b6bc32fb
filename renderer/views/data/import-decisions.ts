import type { Decision, Dialect, DialectChoice } from '../../../core/data/types';
import { counted } from '../../format';

/** A part of the import strip: one decision in sight, and those that belong to it in its drop-down. */
export interface StripPart {
  readonly label: string;
  readonly ids: readonly Decision['id'][];
}

/** A part without a decision about this file (a workbook has no delimiter, a text no sheet) is not shown. */
export const stripParts: readonly StripPart[] = [
  { label: 'Sheet', ids: ['sheet'] },
  { label: 'Encoding', ids: ['encoding'] },
  { label: 'Delimiter', ids: ['delimiter', 'quote', 'escape'] },
  { label: 'Decimal', ids: ['decimal', 'thousands'] },
  { label: 'Header', ids: ['header', 'skip', 'comment'] },
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

/** Choices without what was chosen for these decisions: they are made by the detection again. */
export function asDetected(choice: DialectChoice, ids: readonly Decision['id'][]): DialectChoice {
  const left = { ...choice };
  for (const id of ids) {
    delete left[id];
    if (id === 'missing') delete left.missingIn;
  }
  return left;
}

/** Tokens of single columns with one more or one less; a column without any is not named. */
export function withTokenIn(
  missingIn: Dialect['missingIn'],
  column: string,
  token: string,
  on: boolean,
): NonNullable<Dialect['missingIn']> {
  const own = Object.hasOwn(missingIn ?? {}, column) ? missingIn![column] : [];
  const others = Object.entries(missingIn ?? {}).filter(([name]) => name !== column);
  const tokens = withToken(own, token, on);
  return Object.fromEntries(tokens.length ? [...others, [column, tokens]] : others);
}

/** Codes of single columns as the strip tells them: "-200 in CO", and where they are many in how many columns. */
function codeWords(missingIn: Dialect['missingIn']): string[] {
  const columnsOf = new Map<string, string[]>();
  for (const [column, tokens] of Object.entries(missingIn ?? {}))
    for (const token of tokens) columnsOf.set(token, [...(columnsOf.get(token) ?? []), column]);
  return [...columnsOf].map(
    ([token, columns]) => `${token} in ${columns.length === 1 ? columns[0] : counted(columns.length, 'column')}`,
  );
}

/** What stands in the strip for a part: its first decision, and the others where they are not as usual. */
export function partLabel(own: readonly Decision[], missingIn?: Dialect['missingIn']): string {
  const [first, ...others] = own;
  const codes = first?.id === 'missing' ? codeWords(missingIn) : [];
  // Where nothing means "no value" in every column, the codes of single columns are all there is.
  if (codes.length > 0) return [...(first.chosen === '' ? [] : [first.label]), ...codes].join(', ');
  const unusual = others.flatMap(({ id, chosen, label }) => {
    if (id === 'thousands' && chosen !== '') return [`thousands ${label}`];
    if (id === 'escape' && chosen === 'backslash') return ['backslash quotes'];
    if (id === 'comment' && chosen !== '') return [`without ${chosen} lines`];
    return [];
  });
  return [first?.label ?? 'as it is', ...unusual].join(', ');
}

/** A decision that could as well have been made otherwise: the two readings, as a person tells them. */
export interface Doubt {
  readonly decision: Decision;
  readonly rival: Decision['alternatives'][number];
}

export const doubtsOf = (decisions: readonly Decision[]): Doubt[] =>
  decisions.flatMap((decision) => {
    const rival = decision.alternatives.find(({ value }) => value === decision.rival);
    return rival && !decision.byHand ? [{ decision, rival }] : [];
  });
