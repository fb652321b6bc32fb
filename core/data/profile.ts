import type { DuckDBConnection } from '@duckdb/node-api';
import { isDressed, ofNumbers, ofTexts } from './column-facts';
import { findColumnReadings } from './column-reading';
import { cell, numberOf, perColumn, rowsOf, type Reading } from './database';
import { columnFlags } from './flags/column-flags';
import { findMissing, firstFailures, NUMERIC_SHARE } from './missing';
import type { ColumnName } from './names';
import { ownTokens, tokenWarnings } from './missing-in';
import { codeWarnings, groupedWarnings, roundedWarnings, signWarnings, vanishedWarnings } from './number-warnings';
import {
  dressedWarning,
  failureWarnings,
  formulaWarning,
  hollowWarning,
  offsetWarnings,
  textWarnings,
} from './profile-warnings';
import { suggestRoles, type Described } from './roles';
import { findRounded, findVanished } from './rounded';
import { summariseNumbers, summariseTexts } from './summarise';
import { findSentinels, sentinelWarnings } from './sentinels';
import type { Decision, Dialect, TableInfo } from './types';

export interface Profile {
  readonly reading: Reading;
  /** Marks between thousands could be decimal marks: nothing in their columns proves them. */
  readonly doubtfulThousands: boolean;
  readonly missing: Decision;
  readonly columns: TableInfo['columns'];
  readonly failures: TableInfo['failures'];
  readonly proposals: TableInfo['proposals'];
  readonly warnings: readonly string[];
}

/** Cells listed a column in the receipt. */
const LISTED = 5;

/**
 * Types every column of `cells` by casting each cell, with a receipt of the cells that are not numbers, and describes it. A
 * column is one of numbers when at least 95% of its cells with a value are; whole numbers stay numbers.
 *
 * @param readAs  its missing tokens are those set by hand, absent to find them
 */
export async function profileColumns(
  connection: DuckDBConnection,
  names: readonly ColumnName[],
  rows: number,
  readAs: ReadAs,
): Promise<Profile> {
  const { decimal, thousands = '', missing: missingByHand, missingIn = {} } = readAs;
  const all = names.map((_, i) => i);
  const own = ownTokens(names, missingIn);
  const plain: Reading = { decimal, thousands, missing: missingByHand ?? [], columns: own };
  const counts = await perColumn(connection, all, 'cells', (i) => [
    `count(${cell(i)})`,
    `count(${numberOf(i, plain)})`,
  ]);
  const filled = counts.map(([cells]) => Number(cells));
  const numbers = counts.map(([, cells]) => Number(cells));
  const suspects = all.filter((i) => numbers[i] < filled[i]);
  const { readings, unproven } = await findColumnReadings(connection, suspects, { decimal, thousands }, own);
  const cast: Reading = { ...plain, columns: new Map([...own, ...readings]) };
  const dressed = [...readings.keys()];
  const recounted = await perColumn(connection, dressed, 'cells', (i) => [`count(${numberOf(i, cast)})`]);
  dressed.forEach((i, at) => (numbers[i] = Number(recounted[at][0])));
  const missing = await findMissing(connection, rows, { filled, numbers }, missingByHand, own);
  const reading: Reading = { ...cast, missing: missing.tokens };

  const present = all.map((i) => rows - missing.perColumn[i]);
  const numeric = new Set(all.filter((i) => numbers[i] > 0 && numbers[i] >= NUMERIC_SHARE * present[i]));
  const numericSummaries = await summariseNumbers(connection, [...numeric], reading);
  const textSummaries = await summariseTexts(
    connection,
    all.filter((i) => !numeric.has(i)),
    reading,
  );
  const rounded = await findRounded(connection, [...numeric], reading);
  const vanished = await findVanished(connection, [...numeric], reading);
  const proposals = await findSentinels(connection, [...numericSummaries.keys()], names, numericSummaries, reading);
  const [[hollow]] = await rowsOf(
    connection,
    `select count(*) from cells where coalesce(${all.map(cell).join(', ')}) is null`,
  );

  const described = names.map((name, i): Described => {
    const known = { rows, missing: missing.perColumn[i], present: present[i], numbers: numbers[i] };
    const facts = numeric.has(i)
      ? ofNumbers(name, { ...known, rounded: rounded.get(i)?.count ?? 0 }, numericSummaries.get(i)!)
      : ofTexts(name, known, textSummaries.get(i)!);
    const unit = name.unit ?? (numeric.has(i) ? (readings.get(i)?.sign ?? null) : null);
    return { index: i, ...name, unit, missing: missing.perColumn[i], ...facts };
  });
  const failing = described.filter(({ failed }) => failed > 0);
  const failures = await firstFailures(connection, failing, reading, LISTED);
  const roles = suggestRoles(described, rows);
  const flags = await columnFlags(
    connection,
    described.map((column, i) => ({ ...column, suggestedRole: roles[i] })),
    rows,
    reading,
  );
  const columns = described.map(({ identifier: _, notes, ...column }, i) => ({
    ...column,
    notes: [...notes, ...(flags.has(i) ? [flags.get(i)!] : [])],
    suggestedRole: roles[i],
  }));
  const grouped = await groupedWarnings(connection, columns, unproven, { decimal, thousands });
  const codes = await codeWarnings(connection, columns);
  return {
    reading,
    doubtfulThousands: grouped.length > 0,
    missing: missing.decision,
    columns,
    failures: failures.map(({ column, row, text }) => ({ column: names[column].name, row, text })),
    proposals,
    warnings: [
      ...tokenWarnings(missing, names, missingIn),
      ...grouped,
      ...codes,
      ...roundedWarnings(columns, rounded),
      ...vanishedWarnings(columns, vanished),
      ...signWarnings(columns, readings),
      ...sentinelWarnings(proposals),
      ...failureWarnings(columns, failures),
      ...textWarnings(
        names.map(({ name }, i) => ({ name, values: present[i], numbers: numbers[i], numeric: numeric.has(i) })),
      ),
      ...offsetWarnings(columns, (index) => textSummaries.get(index)?.offsets ?? []),
      ...dressedWarning(
        // 31.01.2024 looks like a number with marks, and is none.
        columns.filter(
          ({ index, type }) => type !== 'date' && isDressed(present[index], textSummaries.get(index) ?? { dressed: 0 }),
        ),
      ),
      ...formulaWarning(names.map(({ name }, i) => ({ name, formulas: textSummaries.get(i)?.formulas ?? 0 }))),
      ...hollowWarning(Number(hollow)),
    ],
  };
}

/** The part of the dialect that says how cells are read. */
export type ReadAs = Pick<Dialect, 'decimal' | 'thousands' | 'missingIn'> & Partial<Pick<Dialect, 'missing'>>;
