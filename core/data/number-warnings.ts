import type { DuckDBConnection } from '@duckdb/node-api';
import { cell, literal, perColumn, rowsOf, type ColumnReading } from './database';
import { markLabels } from './labels';
import { listed } from './names';
import { patterns, withoutUnit, type Marks } from './number-text';
import type { Rounded } from './rounded';
import type { TableInfo } from './types';

type Columns = TableInfo['columns'];

/** Columns whose thousands marks nothing proves: they could be read two ways. */
export async function groupedWarnings(
  connection: DuckDBConnection,
  columns: Columns,
  unproven: ReadonlySet<number>,
  marks: Marks,
): Promise<string[]> {
  const doubtful = columns.filter(({ index, type }) => type === 'number' && unproven.has(index));
  if (doubtful.length === 0) return [];
  const text = `trim(${cell(doubtful[0].index)}, ' \t\r\n%$€£')`;
  const [[found]] = await rowsOf(
    connection,
    `select ${text} from cells where regexp_full_match(${text}, ${literal(patterns.grouped(marks))}) limit 1`,
  );
  const example = String(found);
  const mark = markLabels[marks.thousands];
  const other =
    marks.thousands === ' '
      ? 'if these are two numbers, set the thousands mark to none'
      : `if the ${mark} is a decimal mark there, set the thousands mark to none`;
  return [
    `${listed(doubtful.map(({ name }) => name))} could be read two ways: cells such as “${example}” were read with a ${mark} between thousands (${example.replace(/[^\d+-]/g, '')}); ${other}.`,
  ];
}

/** Columns of whole numbers written with noughts before them, as codes are: 00501 is not 501 to whoever sorts the post. */
export async function codeWarnings(connection: DuckDBConnection, columns: Columns): Promise<string[]> {
  const whole = columns.filter(({ type, summary }) => type === 'number' && summary?.integer);
  const found = await perColumn(
    connection,
    whole.map(({ index }) => index),
    'cells',
    // Two digits are a month or an hour. Texts are compared by their first characters, which costs next to nothing.
    (i) => [`min(${cell(i)}) filter (${cell(i)} >= '00' and ${cell(i)} < '0:' and length(${cell(i)}) > 2)`],
  );
  return whole.flatMap(({ name }, at) => {
    const [example] = found[at];
    return example === null
      ? []
      : [
          `Whole numbers of “${name}” begin with 0, such as “${String(example).trim()}”, and were read without it: if they are codes, use the column as a category or ignore it.`,
        ];
  });
}

/** Columns that get a sentence of their own. */
const TOLD = 5;

/** Numbers that became 0. */
export const vanishedWarnings = (columns: Columns, vanished: ReadonlyMap<number, Rounded>): string[] =>
  columns
    .filter(({ index }) => vanished.has(index))
    .map(({ index, name }) => {
      const { count, row, text } = vanished.get(index)!;
      const numbers = count === 1 ? '1 number' : `${count.toLocaleString('en')} numbers`;
      return `${numbers} of “${name}” ${count === 1 ? 'is' : 'are'} nearer to 0 than any that can be kept, and read as 0: “${text.slice(0, 60)}” in row ${(row + 1).toLocaleString('en')}.`;
    });

/** Numbers with more digits than a double has. */
export function roundedWarnings(columns: Columns, rounded: ReadonlyMap<number, Rounded>): string[] {
  const having = columns.filter(({ index }) => rounded.has(index));
  const told = having.slice(0, TOLD).map(({ index, name, summary }) => {
    const { count, row, text } = rounded.get(index)!;
    const example = `“${text.slice(0, 60)}” in row ${(row + 1).toLocaleString('en')}`;
    const said =
      count === 1
        ? `1 number of “${name}” has more digits than are kept (about 16) and was rounded, ${example}`
        : `${count.toLocaleString('en')} numbers of “${name}” have more digits than are kept (about 16) and were rounded, such as ${example}`;
    return summary?.integer ? `${said}: if they are codes, use the column as a category.` : `${said}.`;
  });
  const rest = having.slice(TOLD).map(({ name }) => name);
  return rest.length
    ? [...told, `Numbers of ${listed(rest)} have more digits than are kept as well, and were rounded.`]
    : told;
}

/** Signs that were taken for a unit. */
export function signWarnings(columns: Columns, readings: ReadonlyMap<number, ColumnReading>): string[] {
  const signed = columns.flatMap((column) => {
    const sign = column.type === 'number' ? readings.get(column.index)?.sign : null;
    return sign ? [{ name: column.name, sign }] : [];
  });
  return [...new Set(signed.map(({ sign }) => sign))].map((sign) => {
    const names = signed.filter((column) => column.sign === sign).map(({ name }) => name);
    return `The ${sign} in the cells of ${listed(names)} was taken for the unit: ${withoutUnit(`12.5${sign}`)}${sign} is read as 12.5.`;
  });
}
