import type { ColumnPreparation, DesignRecipe, TableInfo } from '../types';
import { checkRecipe } from '../design-check';
import { BYTES, WINDOW_BYTES } from '../../model/row-file';
import { LARGEST_MATRIX } from '../prepare/encoder';

/** What a fit may use, and where the rows go that are more. */
export interface MemoryLimit {
  /** Bytes. */
  readonly bytes: number;
  /** A private folder of ours. */
  readonly folder: string;
  /** Rows of each part that are kept at hand where they are in files; absent: as many as the limit allows. */
  readonly shown?: number;
}

/** Of the memory, what a table may take before it goes to disk. */
export const TABLE_SHARE = 0.25;

/** What a design will take, told from the table's profile before anything is read. */
export interface MemoryPlan {
  readonly rows: number;
  /** Encoded columns, at most. */
  readonly columns: number;
  /** Bytes of the encoded rows, targets and weights: the matrix. */
  readonly matrix: number;
  /** Bytes that building, fitting and evaluating it in memory takes, and that it takes as planned. */
  readonly inMemory: number;
  readonly needed: number;
  /** The smallest limit that it can be done within. */
  readonly least: number;
  readonly allowed: number;
  /** Whether the rows go to files. */
  readonly onFile: boolean;
  /** Bytes of the files; 0 in memory. */
  readonly disk: number;
}

/** Numbers a row besides the matrix while a design is built or a model evaluated in memory: targets, weights, predictions, a column. */
const NUMBERS_A_ROW = 12;
/** Rows at hand: as many as take so much of the limit, at least and at most these. */
const SHOWN_SHARE = 1 / 16;
const LEAST_SHOWN = 200;
const MOST_SHOWN = 200_000;
/** What is read, written or encoded at once is so much of the limit, at least and at most; and so many are there at the same time. */
const WINDOW_SHARE = 1 / 128;
const LEAST_WINDOW = 2 ** 10;
const WINDOWS = 8;

/** Null for a recipe that cannot be carried out: the refusal comes from where it is. */
export function memoryPlan(info: TableInfo, recipe: DesignRecipe, allowed: number): MemoryPlan | null {
  const checked = checkRecipe(info, recipe);
  if (!checked.ok) return null;
  const { rows } = info;
  const distinct = new Map(info.columns.map((column) => [column.name, column.distinct]));
  const { used } = checked.value;
  const columns = used.reduce((sum, { column, kind }) => {
    const preparation = recipe.prepare && Object.hasOwn(recipe.prepare, column) ? recipe.prepare[column] : {};
    return sum + width(kind, distinct.get(column) ?? 0, preparation);
  }, 0);
  const matrix = BYTES * rows * (columns + 2);
  // In original units and in those of the fit, and the columns as they were read.
  const inMemory = 2 * matrix + BYTES * rows * (used.length + NUMBERS_A_ROW);
  const onFile = inMemory > allowed || rows * columns > LARGEST_MATRIX;
  const held = rows * bytesARow(recipe, used) + metBytes(info, recipe, used);
  const neededWith = (limit: number) =>
    held +
    BYTES * Math.min(rows, shownRows({ bytes: limit }, columns)) * (2 * columns + NUMBERS_A_ROW) +
    WINDOWS * windowBytes(limit);
  return {
    rows,
    columns,
    matrix,
    inMemory,
    needed: onFile ? neededWith(allowed) : inMemory,
    least: Math.min(inMemory, leastLimit(neededWith)),
    allowed,
    onFile,
    disk: onFile ? 2 * matrix : 0,
  };
}

/** Bytes of a number of a record, and of what stands for a value in a table of values that were met. */
const RECORD = 4;
const MET = 100;

/**
 * Bytes a row that are held at the worst moment with the rows in files, whatever the number of columns: the record numbers with a flag,
 * one column as it is read, and the training rows' values of it; twice the last where the column is sorted or changed, since it is
 * copied. Weights are two more, and two where values are sorted with them.
 */
function bytesARow({ split, weights, prepare = {}, preprocess, targetTransform = 'none' }: DesignRecipe, used: Used) {
  const steps = used.flatMap(({ column }) => (Object.hasOwn(prepare, column) ? [prepare[column]] : []));
  const isSorted = preprocess === 'robust' || steps.some(({ missing, winsorise }) => missing || winsorise);
  const isPowered = targetTransform === 'yeo-johnson' || steps.some(({ transform }) => transform === 'yeo-johnson');
  const isDivided = split.kind === 'ordered' || split.kind === 'grouped' || split.kind === 'column';
  const copies = isPowered ? 2 : isSorted || isDivided || split.kind === 'fold' ? 1 : 0;
  return 2 * RECORD + 1 + BYTES * (2 + copies + (weights ? (isSorted ? 4 : 2) : 0));
}

/** Bytes of the different values of the column that has most of them, where values are told apart: texts, groups, most frequent numbers. */
function metBytes({ columns }: TableInfo, { split, prepare = {} }: DesignRecipe, used: Used): number {
  const met = new Set(
    used.flatMap(({ column, kind }) => {
      const isCounted = Object.hasOwn(prepare, column) && prepare[column].missing === 'most-frequent';
      return kind !== 'numeric' || isCounted ? [column] : [];
    }),
  );
  if (split.kind === 'grouped' || split.kind === 'column') met.add(split.column);
  if (split.kind === 'fold' && split.groups !== null) met.add(split.groups);
  return MET * columns.reduce((most, { name, distinct }) => (met.has(name) ? Math.max(most, distinct) : most), 0);
}

/** What is needed grows with the limit, but ever less than it: where the two meet. */
function leastLimit(neededWith: (limit: number) => number): number {
  let limit = 0;
  for (let step = 0; step < 20; step++) limit = neededWith(limit);
  return Math.ceil(limit);
}

type Used = readonly { readonly column: string; readonly kind: string }[];

/** Bytes that are read of a file at once. */
export const windowBytes = (allowed: number): number =>
  Math.min(WINDOW_BYTES, Math.max(LEAST_WINDOW, Math.floor(WINDOW_SHARE * allowed)));

/** Entries of a column in the encoded vector, at most. */
function width(kind: string, distinct: number, { missing, date }: ColumnPreparation): number {
  const flag = missing === 'indicator' ? 1 : 0;
  if (kind === 'categorical') return Math.max(1, distinct - 1) + flag;
  return (kind === 'date' && date === 'parts' ? 4 : 1) + flag;
}

/** How many rows of a part are kept at hand. */
export const shownRows = ({ bytes, shown }: Pick<MemoryLimit, 'bytes' | 'shown'>, columns: number): number =>
  shown ??
  Math.min(
    MOST_SHOWN,
    Math.max(LEAST_SHOWN, Math.floor((SHOWN_SHARE * bytes) / (BYTES * (2 * columns + NUMBERS_A_ROW)))),
  );

/** "1.6 GB", "250 MB", "12 KB": decimal units, as --memory takes them. */
export function sizeWords(bytes: number): string {
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB'];
  let [value, at] = [bytes, 0];
  while (value >= 1000 && at < units.length - 1) [value, at] = [value / 1000, at + 1];
  return `${at === 0 ? Math.round(value) : Number(value.toPrecision(value < 10 ? 2 : 3))} ${units[at]}`;
}

/** Why the rows go to files: behind "rows" or "they". */
export function whyFiles({ inMemory, allowed }: Pick<MemoryPlan, 'inMemory' | 'allowed'>): string {
  if (inMemory <= allowed)
    return `are more numbers than one array in memory may hold (${sizeWords(BYTES * LARGEST_MATRIX)})`;
  const [asked, had] = [sizeWords(inMemory), sizeWords(allowed)];
  return `would take about ${asked} of memory, ${asked === had ? 'a little ' : ''}more than the ${had} that may be used`;
}

/** What is planned, in a sentence. */
export function planWords({ rows, columns, inMemory, needed, allowed, onFile, disk }: MemoryPlan): string {
  const size = `${rows.toLocaleString('en')} rows by ${columns.toLocaleString('en')} encoded columns`;
  if (!onFile)
    return `${size}: about ${sizeWords(inMemory)} of memory besides the table, of ${sizeWords(allowed)} that may be used.`;
  return `${size} ${whyFiles({ inMemory, allowed })}: the rows are read from files (${sizeWords(disk)} of disk) at every pass, with about ${sizeWords(needed)} of memory besides the table.`;
}

/** Why a plan cannot be kept, before anything is read; null where it can. */
export const overLimitWords = ({ rows, columns, least, needed, allowed, onFile }: MemoryPlan): string | null =>
  !onFile || needed <= allowed
    ? null
    : `${rows.toLocaleString('en')} rows by ${columns.toLocaleString('en')} encoded columns take about ${sizeWords(needed)} of memory even where the rows are read from files, and ${sizeWords(allowed)} may be used: allow at least ${sizeWords(least)}, or fit fewer rows.`;
