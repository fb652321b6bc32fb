import type { ColumnName } from './names';
import { NUMERIC_SHARE } from './missing';
import { isIdentifier, type Described } from './roles';
import type { NumericSummary, TextSummary } from './summarise';
import type { ColumnType } from './types';

/** Cells of a column by what they are. */
export interface Counts {
  readonly rows: number;
  readonly missing: number;
  readonly present: number;
  readonly numbers: number;
}
/** What is said of a column beside its name and its empty cells. */
export type Facts = Omit<Described, 'index' | keyof ColumnName | 'missing'>;

/** @param counts  with the numbers that have more digits than are kept */
export function ofNumbers(
  { name }: ColumnName,
  counts: Counts & { readonly rounded: number },
  { summary, histogram, distinct, counting }: NumericSummary,
): Facts {
  const failed = counts.present - counts.numbers;
  const numbersRows = isIdentifier({
    name,
    type: 'number',
    distinct,
    filled: counts.numbers,
    integer: summary.integer,
    counting,
    first: summary.min,
  });
  // Nothing that is measured has so many digits without a fraction.
  const codes = summary.integer && counts.rounded >= counts.numbers / 2;
  const identifier = numbersRows || codes;
  const notes = commonNotes(counts, distinct);
  if (codes)
    notes.push(
      'Its whole numbers have more digits than are kept, as codes have, so it is left out; as a category it keeps every digit.',
    );
  else if (numbersRows) notes.push('Numbers the rows and says nothing about them, so it is left out.');
  if (failed > 0)
    notes.push(
      failed === 1
        ? '1 cell is not a number and is treated as missing.'
        : `${failed.toLocaleString('en')} cells are not numbers and are treated as missing.`,
    );
  const cells = { numbers: counts.numbers, texts: 0, missing: counts.missing, failed };
  return { type: 'number', failed, cells, distinct, summary, histogram, levels: null, notes, identifier };
}

export function ofTexts({ name }: ColumnName, counts: Counts, text: TextSummary): Facts {
  const type = textType(counts, text);
  const identifier = isIdentifier({
    name,
    type,
    distinct: text.distinct,
    filled: counts.present,
    integer: false,
    counting: false,
    first: null,
  });
  const notes = commonNotes(counts, text.distinct);
  const example = text.levels[0]?.value ?? '';
  const failed = type === 'date' ? counts.present - text.dates : 0;
  if (type === 'date') notes.push(...dateNotes(text.offsets, failed));
  // Of a date nothing is said: what becomes of it is a matter of its role.
  if (type !== 'date' && isDressed(counts.present, text))
    notes.push(
      `Cells such as “${example}” carry a sign or thousands marks and are not read as numbers; without them they would be.`,
    );
  else if (identifier) notes.push('Every value is different, so it names the rows and is left out.');
  else if (type === 'category' && text.rareLevels > 0)
    notes.push(`${text.rareLevels} of ${text.distinct} values occur in fewer than 5 rows.`);
  else if (type === 'text' && counts.present > 0)
    notes.push(`${text.distinct.toLocaleString('en')} different texts are too many for a category.`);
  return {
    type,
    failed,
    cells: { numbers: 0, texts: counts.present - failed, missing: counts.missing, failed },
    distinct: text.distinct,
    summary: null,
    histogram: null,
    levels: text.levels,
    notes,
    identifier,
  };
}

/** In which zone the clock of dates stands, where all say the same, and how many cells are none. */
function dateNotes(offsets: readonly string[], failed: number): string[] {
  const notes: string[] = [];
  if (offsets.length === 1)
    notes.push(`Its times are read as the clock stands there, in ${isUtc(offsets[0]) ? 'UTC' : `UTC${offsets[0]}`}.`);
  if (failed > 0)
    notes.push(
      failed === 1
        ? '1 cell is not a date and is treated as missing.'
        : `${failed.toLocaleString('en')} cells are not dates and are treated as missing.`,
    );
  return notes;
}

/** True for the ways to write UTC itself. */
const isUtc = (offset: string) => /^(?:Z|UTC|GMT|[+-]00(?::?00)?)$/.test(offset);

function textType({ present, rows }: Counts, { distinct, dates, dressed, levels }: TextSummary): ColumnType {
  if (present === 0) return 'text';
  if (dates >= NUMERIC_SHARE * present) return 'date';
  if (isDressed(present, { dressed })) return 'text';
  const values = levels
    .map(({ value }) => value.toLowerCase())
    .sort()
    .join(' ');
  if (distinct <= 2 && ['false true', 'no yes', 'n y', 'f t', 'off on'].includes(values)) return 'boolean';
  return distinct <= Math.min(100, rows / 2) ? 'category' : 'text';
}

/** Numbers that a mark keeps from being read. */
export const isDressed = (present: number, { dressed }: Pick<TextSummary, 'dressed'>) =>
  dressed > 0 && dressed >= NUMERIC_SHARE * present;

function commonNotes({ rows, missing, present }: Counts, distinct: number): string[] {
  const notes: string[] = [];
  if (present === 0) notes.push('No row has a value here.');
  else if (missing >= 0.95 * rows) notes.push(`${Math.round((100 * missing) / rows)}% of the rows have no value here.`);
  if (present > 0 && distinct === 1) notes.push('The value is the same in every row.');
  return notes;
}
