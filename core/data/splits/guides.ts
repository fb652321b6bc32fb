import { setImmediate as breathe } from 'node:timers/promises';
import { fail, ok, type Result } from '../../result';
import { inBlocks, inTurns } from '../../turns';
import { isMissingAt, type Values } from '../encode';
import { dateLabel, learnDateOrder, parseDate } from '../prepare/dates';
import { dateOrderWarnings } from '../prepare/words';
import { defaultFeatures } from '../roles';
import { rowsWhere } from '../records';
import type { SplitValues } from '../split';
import type { Table } from '../table';
import type { ColumnInfo, ColumnType, ColumnWarning, DesignRecipe, Split, TableInfo } from '../types';
import { rowCount } from './parts';

/** Columns that say how rows are used and are no features for that: what the split goes by, and the weights. */
export interface Guides {
  readonly split: SplitValues | null;
  /** One a record of the table; null where every row counts once. */
  readonly weights: Float64Array | null;
}

/** The column a split goes by. */
function splitColumn(split: Split): string | null {
  switch (split.kind) {
    case 'grouped':
    case 'ordered':
    case 'column':
      return split.column;
    case 'fold':
      return split.groups;
    default:
      return null;
  }
}

/** Columns that must not be features unless somebody says so: groups and parts of the split, and the weights. */
function guideColumns({ split, weights }: Pick<DesignRecipe, 'split' | 'weights'>): string[] {
  // A time is a feature as good as any: the held-out rows lie beyond it, which is said.
  const splits = split.kind === 'ordered' ? null : splitColumn(split);
  return [splits, weights ?? null].filter((column) => column !== null);
}

/** The features of a fit that names none: every column that was not better left out and does not guide the rows. */
export function usualFeatures(
  columns: readonly ColumnInfo[],
  recipe: Pick<DesignRecipe, 'target' | 'split' | 'weights'>,
): string[] {
  const guides = guideColumns(recipe);
  return defaultFeatures(columns, recipe.target).filter((name) => !guides.includes(name));
}

/** Whether the table has the columns, and they can do what they are for. */
export function checkGuides(info: TableInfo, recipe: DesignRecipe): Result<null> {
  const { split, weights, target } = recipe;
  const column = splitColumn(split);
  const known = info.columns.map(({ name }) => name);
  for (const name of [column, weights ?? null]) {
    if (name === null) continue;
    if (!known.includes(name))
      return fail(
        'design/unknown-column',
        `The table has no column “${name}” to divide or weight rows by: choose one of its own.`,
        {
          column: name,
        },
      );
    if (name === target)
      return fail(
        'design/target-is-guide',
        `“${name}” is the target: rows held out or weighted by what is to be predicted would tell nothing about new rows, so choose another column.`,
        { column: name },
      );
  }
  if (split.kind === 'ordered' && column !== null && !ordered.has(typeOf(info, recipe, column)))
    return fail(
      'design/no-order',
      `“${column}” has no order to hold the last rows out by: choose a column of numbers or dates, or the order of the file.`,
      { column },
    );
  if (split.kind === 'column' && split.test.length === 0)
    return fail(
      'design/no-test-values',
      `No value of “${split.column}” is named whose rows are to be held out: name at least one.`,
      { column },
    );
  if (weights && typeOf(info, recipe, weights) !== 'number')
    return fail(
      'design/weights-not-numeric',
      `“${weights}” does not hold numbers, so it cannot weight the rows: choose another column.`,
      {
        column: weights,
      },
    );
  return ok(null);
}

const ordered: ReadonlySet<ColumnType | undefined> = new Set(['number', 'date']);

const typeOf = ({ columns }: TableInfo, { types }: DesignRecipe, name: string): ColumnType | undefined =>
  Object.hasOwn(types, name) ? types[name] : columns.find((column) => column.name === name)?.type;

export async function readGuides(table: Table, recipe: DesignRecipe): Promise<Guides> {
  const { split, weights } = recipe;
  const column = splitColumn(split);
  return {
    split: column === null ? null : await readSplitValues(table, recipe, column),
    weights: weights ? await table.numbers(weights) : null,
  };
}

async function readSplitValues(table: Table, recipe: DesignRecipe, column: string): Promise<SplitValues> {
  if (recipe.split.kind === 'ordered' && typeOf(table.info, recipe, column) === 'date')
    return datesOf(column, await table.texts(column));
  // The values of a split of the user's own are named as texts; equal numbers are one group however they are written.
  const asNumbers = recipe.split.kind !== 'column' && typeOf(table.info, recipe, column) === 'number';
  const values: Values = asNumbers ? await table.numbers(column) : await table.texts(column);
  return { values, label: String, warnings: [] };
}

/** Dates as days, in the order that most of them can be read in; NaN where one cannot. */
async function datesOf(column: string, texts: readonly (string | null)[]): Promise<SplitValues> {
  const learned = await inTurns(
    learnDateOrder(
      texts,
      new Uint32Array(texts.length).map((_, row) => row),
    ),
  );
  const { order } = learned;
  const values = new Float64Array(texts.length);
  const read = inBlocks(texts.length, 100, (from, to) => {
    for (let row = from; row < to; row++) {
      const text = texts[row];
      values[row] = text === null ? Number.NaN : parseDate(text, order);
    }
  });
  await inTurns(read);
  return { values, label: (days) => dateLabel(days, order), warnings: dateOrderWarnings(column, learned) };
}

/** Rows that the guides can use. */
export interface Guided {
  readonly rows: Uint32Array;
  /** Records of the table that each column is to blame for. */
  readonly missing: readonly (readonly [string, number])[];
  readonly warnings: readonly string[];
}

/** Of complete rows those with a value in the column of the split and a weight above 0. Lets others run in between. */
export async function guidedRows(rows: Uint32Array, recipe: DesignRecipe, { split, weights }: Guides): Promise<Guided> {
  const missing: [string, number][] = [];
  const warnings: string[] = [...(split?.warnings ?? [])];
  let kept = rows;
  const column = splitColumn(recipe.split);
  if (split && column !== null) {
    await breathe();
    const lacking = count(split.values.length, (row) => isMissingAt(split.values, row));
    if (lacking > 0) missing.push([column, lacking]);
    const usable = kept;
    kept = rowsWhere(usable, (i) => !isMissingAt(split.values, usable[i]));
  }
  if (weights && recipe.weights) {
    await breathe();
    const unusable = count(weights.length, (row) => !(weights[row] >= 0 && weights[row] < Infinity));
    const zero = count(weights.length, (row) => weights[row] === 0);
    if (unusable + zero > 0) missing.push([recipe.weights, unusable + zero]);
    const has = (n: number) => `${rowCount(n)} ${n === 1 ? 'has' : 'have'}`;
    const left = (n: number) => `${n === 1 ? 'is' : 'are'} left out`;
    if (zero > 0) warnings.push(`${has(zero)} a weight of 0 in “${recipe.weights}” and ${left(zero)}.`);
    if (unusable > 0)
      warnings.push(`${has(unusable)} no weight or a negative one in “${recipe.weights}” and ${left(unusable)}.`);
    const weighable = kept;
    kept = rowsWhere(weighable, (i) => weights[weighable[i]] > 0 && weights[weighable[i]] < Infinity);
    const total = kept.reduce((sum, row) => sum + weights[row], 0);
    if (kept.length > 0 && total < FEW * kept.length)
      warnings.push(
        `The weights of “${recipe.weights}” add up to ${Number(total.toPrecision(3))} for ${rowCount(kept.length)}: a weight says for how many rows a row counts, so multiply them if they only say how much more one row matters than another.`,
      );
  }
  return { rows: kept, missing, warnings };
}

/** Weights with a mean below this are likely shares or importances rather than counts. */
const FEW = 0.1;

/** A column that divides or weights the rows and is a feature as well. */
export function guideWarnings(recipe: DesignRecipe): ColumnWarning[] {
  const features = new Set([...recipe.features, ...(recipe.gateFeatures ?? [])]);
  const { split, weights } = recipe;
  const column = splitColumn(split);
  const warnings: ColumnWarning[] = [];
  if (column !== null && features.has(column))
    warnings.push({
      column,
      sentence:
        split.kind === 'ordered'
          ? `“${column}” is a feature and the held-out rows lie beyond all training rows in it: predictions there go on where the data end.`
          : `“${column}” says which rows are held out and is a feature as well: leave it out of the features unless it means something for new rows.`,
    });
  if (weights && features.has(weights))
    warnings.push({
      column: weights,
      sentence: `“${weights}” weights the rows and is a feature as well: leave it out of the features unless new rows have it.`,
    });
  return warnings;
}

function count(n: number, holds: (row: number) => boolean): number {
  let sum = 0;
  for (let row = 0; row < n; row++) if (holds(row)) sum++;
  return sum;
}
