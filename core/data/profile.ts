import type { DuckDBConnection } from '@duckdb/node-api';
import { cell, numberOf, perColumn, rowsOf, type Reading } from './database';
import { findMissing, firstFailures, NUMERIC_SHARE } from './missing';
import type { ColumnName } from './names';
import { dressedWarning, failureWarnings, hollowWarning, textWarnings } from './profile-warnings';
import { isIdentifier, suggestRoles, type Described } from './roles';
import { summariseNumbers, summariseTexts, type NumericSummary, type TextSummary } from './summarise';
import type { ColumnType, Decision, Dialect, TableInfo } from './types';

export interface Profile {
  readonly reading: Reading;
  readonly missing: Decision;
  readonly columns: TableInfo['columns'];
  readonly failures: TableInfo['failures'];
  readonly warnings: readonly string[];
}

/** Cells listed a column in the receipt. */
const LISTED = 5;

/**
 * Types every column of `cells` by casting each cell, with a receipt of the cells that are not numbers, and describes it. A
 * column is one of numbers when at least 95% of its cells with a value are; whole numbers stay numbers.
 */
export async function profileColumns(
  connection: DuckDBConnection,
  names: readonly ColumnName[],
  rows: number,
  decimal: Dialect['decimal'],
  missingByHand: readonly string[] | undefined,
): Promise<Profile> {
  const all = names.map((_, i) => i);
  const cast = { decimal, missing: missingByHand ?? [] };
  const counts = await perColumn(connection, all, 'cells', (i) => [`count(${cell(i)})`, `count(${numberOf(i, cast)})`]);
  const filled = counts.map(([cells]) => Number(cells));
  const numbers = counts.map(([, cells]) => Number(cells));
  const missing = await findMissing(connection, rows, { filled, numbers }, missingByHand);
  const reading: Reading = { decimal, missing: missing.tokens };

  const present = all.map((i) => rows - missing.perColumn[i]);
  const numeric = new Set(all.filter((i) => numbers[i] > 0 && numbers[i] >= NUMERIC_SHARE * present[i]));
  const numericSummaries = await summariseNumbers(connection, [...numeric], reading);
  const textSummaries = await summariseTexts(
    connection,
    all.filter((i) => !numeric.has(i)),
    reading,
  );
  const failing = all.filter((i) => numeric.has(i) && numbers[i] < present[i]);
  const failures = await firstFailures(connection, failing, reading, LISTED);
  const [[hollow]] = await rowsOf(
    connection,
    `select count(*) from cells where coalesce(${all.map(cell).join(', ')}) is null`,
  );

  const described = names.map((name, i): Described => {
    const known = { rows, missing: missing.perColumn[i], present: present[i], numbers: numbers[i] };
    const facts = numeric.has(i)
      ? ofNumbers(name, known, numericSummaries.get(i)!)
      : ofTexts(name, known, textSummaries.get(i)!);
    return { index: i, ...name, missing: missing.perColumn[i], ...facts };
  });
  const roles = suggestRoles(described, rows);
  const columns = described.map(({ identifier: _, notes, ...column }, i) => ({
    ...column,
    notes: [...notes],
    suggestedRole: roles[i],
  }));
  return {
    reading,
    missing: missing.decision,
    columns,
    failures: failures.map(({ column, row, text }) => ({ column: names[column].name, row, text })),
    warnings: [
      ...failureWarnings(columns, failures),
      ...textWarnings(
        names.map(({ name }, i) => ({ name, values: present[i], numbers: numbers[i], numeric: numeric.has(i) })),
      ),
      ...dressedWarning(
        columns.filter(({ index }) => isDressed(present[index], textSummaries.get(index) ?? { dressed: 0 })),
      ),
      ...hollowWarning(Number(hollow)),
    ],
  };
}

interface Counts {
  readonly rows: number;
  readonly missing: number;
  readonly present: number;
  readonly numbers: number;
}
type Facts = Omit<Described, 'index' | keyof ColumnName | 'missing'>;

function ofNumbers(
  { name }: ColumnName,
  counts: Counts,
  { summary, histogram, distinct, counting }: NumericSummary,
): Facts {
  const failed = counts.present - counts.numbers;
  const identifier = isIdentifier({
    name,
    type: 'number',
    distinct,
    filled: counts.numbers,
    integer: summary.integer,
    counting,
    first: summary.min,
  });
  const notes = commonNotes(counts, distinct);
  if (identifier) notes.push('Numbers the rows and says nothing about them, so it is left out.');
  if (failed > 0)
    notes.push(
      failed === 1
        ? '1 cell is not a number and is treated as missing.'
        : `${failed.toLocaleString('en')} cells are not numbers and are treated as missing.`,
    );
  const cells = { numbers: counts.numbers, texts: 0, missing: counts.missing, failed };
  return { type: 'number', failed, cells, distinct, summary, histogram, levels: null, notes, identifier };
}

function ofTexts({ name }: ColumnName, counts: Counts, text: TextSummary): Facts {
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
  if (type === 'date')
    notes.push('Dates and times are not used in a fit; a number such as the month in a column of its own can be.');
  else if (isDressed(counts.present, text))
    notes.push(
      `Cells such as "${example}" carry a sign or thousands marks and are not read as numbers; without them they would be.`,
    );
  else if (identifier) notes.push('Every value is different, so it names the rows and is left out.');
  else if (type === 'category' && text.rareLevels > 0)
    notes.push(`${text.rareLevels} of ${text.distinct} values occur in fewer than 5 rows.`);
  else if (type === 'text' && counts.present > 0)
    notes.push(`${text.distinct.toLocaleString('en')} different texts are too many for a category.`);
  return {
    type,
    failed: 0,
    cells: { numbers: 0, texts: counts.present, missing: counts.missing, failed: 0 },
    distinct: text.distinct,
    summary: null,
    histogram: null,
    levels: text.levels,
    notes,
    identifier,
  };
}

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
const isDressed = (present: number, { dressed }: Pick<TextSummary, 'dressed'>) =>
  dressed > 0 && dressed >= NUMERIC_SHARE * present;

function commonNotes({ rows, missing, present }: Counts, distinct: number): string[] {
  const notes: string[] = [];
  if (present === 0) notes.push('No row has a value here.');
  else if (missing >= 0.95 * rows) notes.push(`${Math.round((100 * missing) / rows)}% of the rows have no value here.`);
  if (present > 0 && distinct === 1) notes.push('The value is the same in every row.');
  return notes;
}
