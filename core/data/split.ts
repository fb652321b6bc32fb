import { finish } from '../turns';
import type { Values } from './encode';
import { divideByFold } from './splits/folds';
import { divideByFraction } from './splits/fraction';
import { divideByGroups } from './splits/grouped';
import { divideByRows } from './splits/named-rows';
import { divideByOrder } from './splits/ordered';
import { divideByColumn } from './splits/own-column';
import type { Dividing } from './splits/parts';
import type { Split } from './types';

export type { Parts } from './splits/parts';

/** The values of the column that a split looks at, one a record of the table: numbers where it asks for an order. */
export interface SplitValues {
  readonly values: Values;
  /** A value of an order as a person writes it. */
  readonly label: (value: number) => string;
  /** What is to be said of how they were read. */
  readonly warnings: readonly string[];
}

/**
 * Divides the used records into training and held-out ones.
 *
 * @param used   record numbers, ascending; each has a value in the column of the split
 * @param total  records in the table
 * @param column  null where the split has no column
 */
export function divideRows(used: Uint32Array, split: Split, total: number, column: SplitValues | null): Dividing {
  switch (split.kind) {
    case 'fraction':
      return divideByFraction(used, split);
    case 'rows':
      return divideByRows(used, split, total);
    case 'grouped':
      return divideByGroups(used, split, valuesOf(column));
    case 'ordered': {
      const order = column && { values: valuesOf(column) as Float64Array, label: column.label };
      return divideByOrder(used, split, order);
    }
    case 'column':
      return divideByColumn(used, split, valuesOf(column) as readonly (string | null)[]);
    case 'fold':
      return divideByFold(used, split, column && column.values);
  }
}

/** The same at once. */
export const splitRows = (used: Uint32Array, split: Split, total: number, column: SplitValues | null = null) =>
  finish(divideRows(used, split, total, column));

function valuesOf(column: SplitValues | null): Values {
  if (column === null) throw new Error('A split by a column needs the values of the column.');
  return column.values;
}
