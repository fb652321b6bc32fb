import type { ColumnType } from '../../../../core/data/types';

export type CellState = 'value' | 'zero' | 'missing' | 'failed';

/**
 * What a cell is to its column as it is used: the core said what it was read as (v a value, 0 the number zero, m no value, f a value
 * that is no number, or no date), and a column used as a category has no numbers.
 */
export function cellState(letter: string, type: ColumnType): CellState {
  if (letter === 'm') return 'missing';
  if (type === 'date' && letter === 'f') return 'failed';
  if (type !== 'number') return 'value';
  return letter === 'f' ? 'failed' : letter === '0' ? 'zero' : 'value';
}

/** The text itself, as it stands in the file: no number is seen changed. */
export const shownText = (text: string | null): string => text?.trim() ?? '';
