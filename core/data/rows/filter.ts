import { datePattern } from '../date-text';
import { isMissing, literal, numberOf, numeral, textOf, trimmed, type Reading } from '../database';
import type { ColumnInfo } from '../types';
import type { RowFilter } from './types';

/** The column as filters need it: a name for whoever asks, a place in the table, and what its cells should be. */
export type FilteredColumn = Pick<ColumnInfo, 'name' | 'index' | 'type'>;

/** What the receipt counts cells as. */
export type CellState = 'number' | 'text' | 'missing' | 'failed';

/**
 * True where a cell is counted so: in a column of numbers a cell with a value is a number or has failed, in one of dates it is a date,
 * which counts as a text, or has failed, in any other it is a text.
 * An SQL condition, never null.
 */
export function cellIs(state: CellState, { index, type }: FilteredColumn, reading: Reading): string {
  const numeric = type === 'number';
  const number = `(${numberOf(index, reading)}) is not null`;
  const missing = isMissing(index, reading);
  switch (state) {
    case 'number':
      return numeric ? number : 'false';
    case 'text':
      return numeric ? 'false' : type === 'date' ? `(not ${missing} and ${isDate(index)})` : `not ${missing}`;
    case 'missing':
      return missing;
    case 'failed':
      if (type === 'date') return `(not ${missing} and not ${isDate(index)})`;
      return numeric ? `(not ${missing} and not (${number}))` : 'false';
  }
}

/** True where the cell is written like a date: an SQL condition, never null. */
const isDate = (index: number): string => `coalesce(regexp_matches(${trimmed(index)}, ${literal(datePattern)}), false)`;

/** What a cell shows as, one letter: v is a value, 0 the number zero, m no value, f a value that its column cannot use. */
export function cellLetter({ index, type }: FilteredColumn, reading: Reading): string {
  const missing = isMissing(index, reading);
  if (type === 'date') return `case when ${missing} then 'm' when ${isDate(index)} then 'v' else 'f' end`;
  if (type !== 'number') return `case when ${missing} then 'm' else 'v' end`;
  const number = `(${numberOf(index, reading)})`;
  return `case when ${number} = 0 then '0' when ${number} is not null then 'v' when ${missing} then 'm' else 'f' end`;
}

/** True where the cell has the text in it, in capitals or not: an SQL condition, never null. */
export function cellContains(index: number, text: string): string {
  const wanted = text.toLowerCase();
  // Without letters there is nothing to fold, and folding every cell is most of the work.
  const folded = wanted === text.toUpperCase() ? `c${index}` : `lower(c${index})`;
  return `coalesce(contains(${folded}, ${literal(wanted)}), false)`;
}

/** A filter as an SQL condition on `cells`, never null. */
export function conditionOf(filter: RowFilter, column: FilteredColumn, reading: Reading): string {
  const { index } = column;
  switch (filter.kind) {
    case 'range': {
      const number = `(${numberOf(index, reading)})`;
      const bounds = [
        ...(filter.min === null ? [] : [`${number} >= ${numeral(filter.min)}`]),
        ...(filter.max === null ? [] : [`${number} <= ${numeral(filter.max)}`]),
      ];
      return `coalesce(${bounds.length ? bounds.join(' and ') : `${number} is not null`}, false)`;
    }
    case 'values':
      if (filter.values.length === 0) return 'false';
      return `coalesce((${textOf(index, reading)}) in (${filter.values.map(literal).join(', ')}), false)`;
    case 'missing':
    case 'failed':
      return cellIs(filter.kind, column, reading);
    case 'contains':
      return filter.text === '' ? `${trimmed(index)} is not null` : cellContains(index, filter.text);
  }
}
