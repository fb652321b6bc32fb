import { random } from '../../random';
import { inBlocks, type Steps } from '../../turns';
import type { ColumnInfo } from '../types';
import { sample } from './sample';

/** A column read for a drawing: numbers, or texts with the levels that the numbers stand for. */
export interface Drawn {
  /** One a row; NaN for none. Of a column of texts: the position among `levels`, their number for any other text. */
  readonly values: Float64Array;
  readonly levels: readonly string[] | null;
}

/** Points of a drawing: the rows with a value in all of its columns, or some of them drawn at random. */
export interface Points {
  /** Rows looked at, and those of them with a value in every column. */
  readonly total: number;
  readonly of: number;
  /** Records of the file, from 0, ascending. */
  readonly row: Float64Array;
  readonly columns: Float64Array[];
  readonly by: Float64Array | null;
}

/**
 * @param columns  what the axes show: a row without a value in one of them is not drawn
 * @param by  what the marks show, NaN for none
 * @param rows  the records to look at, ascending; null for all of them
 * @param limit  the most points
 * @param seed  the same one gives the same rows
 */
export function* points(
  columns: readonly Float64Array[],
  by: Float64Array | null,
  rows: Uint32Array | null,
  limit: number,
  seed: number,
): Steps<Points> {
  const total = rows?.length ?? columns[0]?.length ?? 0;
  const complete = new Uint32Array(total);
  let of = 0;
  yield* inBlocks(total, columns.length, (begin, end) => {
    for (let i = begin; i < end; i++) {
      const row = rows ? rows[i] : i;
      if (columns.every((column) => !Number.isNaN(column[row]))) complete[of++] = row;
    }
  });
  const chosen = yield* sample(of, limit, random(seed));
  const row = Float64Array.from(chosen, (i) => complete[i]);
  const pick = (values: Float64Array): Float64Array => row.map((record) => values[record]);
  return { total, of, row, columns: columns.map(pick), by: by && pick(by) };
}

/** Texts as positions among a column's most frequent values. In turns. */
export function* positionsOf(texts: readonly (string | null)[], { levels }: Pick<ColumnInfo, 'levels'>): Steps<Drawn> {
  const names = (levels ?? []).map(({ value }) => value);
  const positions = new Map(names.map((name, i) => [name, i]));
  const values = new Float64Array(texts.length);
  yield* inBlocks(texts.length, 10, (from, to) => {
    for (let row = from; row < to; row++) {
      const text = texts[row];
      values[row] = text === null ? Number.NaN : (positions.get(text) ?? names.length);
    }
  });
  return { values, levels: names };
}
