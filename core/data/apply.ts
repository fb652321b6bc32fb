import type { ModelFile } from '../model/model-file';
import { fail, ok, type Result } from '../result';
import { encodeRows } from './encode';
import { listed, nearestName } from './names';
import { filledWarnings, outsideWarnings, unseenWarnings } from './prepare/words';
import { takenRows } from './prepare/encoder';
import type { Table } from './table';
import type { ColumnInfo, TableInfo } from './types';
import { columnsOf, completeRows, keptColumns, type Values } from './values';

/** A table seen through a model's pipeline. */
export interface Applied {
  /** Record numbers of the rows that can be predicted, ascending. */
  readonly rows: Uint32Array;
  /** rows.length × d, original units, row-major. */
  readonly z: Float64Array;
  /** One target a record of the table, NaN where missing; null when the table has no such column. */
  readonly actual: Float64Array | null;
  /** Records without a prediction because a feature has no value, or one that a step cannot take. */
  readonly incomplete: number;
  /** Columns that the model does not look at. */
  readonly ignored: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * Takes a table through a model's steps, by the names of its columns: their order does not matter, others are ignored. A level that
 * training did not see counts as the reference, a missing value as what the model says of it; a row that has none of these gets no
 * prediction. Lets others run.
 */
export async function applyPipeline(
  model: Pick<ModelFile, 'features' | 'target'>,
  table: Table,
): Promise<Result<Applied>> {
  const { info } = table;
  const { features } = model;
  const names = info.columns.map(({ name }) => name);
  const absent = features.filter(({ column }) => !names.includes(column)).map(({ column }) => column);
  if (absent.length > 0)
    return lacking(
      absent,
      features.map(({ column }) => column),
      info,
    );
  const columns = features.map(({ column, kind }) => ({ column, kind }));
  const read = keptColumns(columnsOf(table));
  for (const feature of features) {
    const refusal = feature.kind === 'numeric' ? await notNumbers(feature.column, table) : null;
    if (refusal) return refusal;
  }
  const filled = new Set(features.filter(({ missing }) => missing.policy !== 'drop-row').map(({ column }) => column));
  const complete = await completeRows(columns, read, info.rows, filled);
  const values = new Map<string, Values>();
  for (const used of columns) values.set(used.column, await read(used));
  const encoded = await encodeRows(features, values, complete.rows);
  const { rows, z } = takenRows(complete.rows, encoded);
  const used = new Set([model.target, ...features.map(({ column }) => column)]);
  const outside = [...encoded.outside].map(([column, what]) => ({ column, ...what }));
  return ok({
    rows,
    z,
    actual: names.includes(model.target) ? await table.numbers(model.target) : null,
    incomplete: info.rows - rows.length,
    ignored: names.filter((name) => !used.has(name)),
    warnings: [
      ...unseenWarnings(encoded.unseen),
      ...filledWarnings(features, encoded.filled),
      ...missingWarning(complete.missing, info.rows - complete.rows.length, info.rows),
      ...outsideWarnings(outside, (count) => `${count === 1 ? 'gets' : 'get'} no prediction`),
    ],
  });
}

function missingWarning(missing: ReadonlyMap<string, number>, incomplete: number, rows: number): string[] {
  if (incomplete === 0) return [];
  const said = incomplete.toLocaleString('en');
  const which = [...missing].map(([column, count]) => `“${column}” in ${count.toLocaleString('en')}`).join(', ');
  return [
    `${said} of ${rows.toLocaleString('en')} rows have no value in a column the model needs and get no prediction (${which}).`,
  ];
}

/** All columns that are not there, in one sentence. */
function lacking(absent: readonly string[], needed: readonly string[], { columns, file }: TableInfo): Result<never> {
  // A column that is in use already, or was guessed already, is no guess.
  const free = new Set(columns.map(({ name }) => name).filter((name) => !needed.includes(name)));
  const near = absent.map((column) => {
    const guess = nearestName(column, [...free]);
    if (guess !== null) free.delete(guess);
    return guess;
  });
  const guess = (i: number) => (near[i] ? ` (is it “${near[i]}”?)` : '');
  const details = { column: absent[0], nearest: near[0], columns: absent.length };
  if (absent.length === 1)
    return fail(
      'predict/missing-column',
      `“${file.name}” has no column “${absent[0]}”, which the model needs${guess(0)}: add it or give it that name.`,
      details,
    );
  const named = absent.map((column, i) => `“${column}”${guess(i)}`);
  // A file of which nothing is known was read otherwise than the one of the fit.
  const otherwise =
    absent.length === needed.length && near.every((name) => name === null)
      ? ', or, if its table begins further down or is separated otherwise, have it read as for the fit'
      : '';
  return fail(
    'predict/missing-column',
    `“${file.name}” has no columns ${named.slice(0, -1).join(', ')} and ${named.at(-1)}, which the model needs: add them or give them those names${otherwise}.`,
    details,
  );
}

/** A refusal where a column of numbers holds texts: predicting nothing for most rows would hide that it was read otherwise. */
async function notNumbers(column: string, table: Table): Promise<Result<never> | null> {
  const described = table.info.columns.find(({ name }) => name === column)!;
  if (described.type === 'number' || described.missing === table.info.rows) return null;
  const numbers = await table.numbers(column);
  const texts = await table.texts(column);
  const row = texts.findIndex((text, i) => text !== null && Number.isNaN(numbers[i]));
  if (row < 0) return null;
  return fail(
    'predict/not-numbers',
    `“${column}” holds numbers in the model and reads as ${typeWords[described.type]} in “${table.info.file.name}”: ${placeOf(row, table.info)} has “${shortened(texts[row]!)}”. Mend the cell, or its decimal mark.`,
    { column, row },
  );
}

const typeWords: Readonly<Record<ColumnInfo['type'], string>> = {
  number: 'numbers',
  category: 'a category',
  text: 'text',
  date: 'dates',
  boolean: 'yes or no',
};

/** The line of a record where every record is one line, else its number. */
function placeOf(row: number, { lines, rows, dialect }: TableInfo): string {
  const before = dialect.skip + (dialect.header ? 1 : 0);
  return lines === before + rows ? `line ${before + row + 1}` : `row ${row} (counted from 0)`;
}

const shortened = (text: string) => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

/** Columns that a model does not look at, in a sentence; null where there are none. */
export const ignoredWords = (ignored: readonly string[]): string | null =>
  ignored.length === 0 ? null : `The model does not use ${listed(ignored)}.`;
