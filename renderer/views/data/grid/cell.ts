import type { ColumnType, Dialect } from '../../../../core/data/types';

export type CellState = 'value' | 'zero' | 'missing' | 'failed';

const point = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const comma = /^[+-]?(\d+,?\d*|,\d+)([eE][+-]?\d+)?$/;

/**
 * What a cell is to its column: for showing only, the core decides what enters a fit. The text itself is shown as it stands in
 * the file, so that no number is seen changed.
 */
export function cellState(
  text: string | null,
  type: ColumnType,
  dialect: Pick<Dialect, 'missing' | 'decimal'>,
): CellState {
  const trimmed = text?.trim() ?? '';
  if (trimmed === '' || dialect.missing.includes(trimmed)) return 'missing';
  if (type !== 'number') return 'value';
  if (!(dialect.decimal === ',' ? comma : point).test(trimmed)) return 'failed';
  return Number(trimmed.replace(',', '.')) === 0 ? 'zero' : 'value';
}

/** "1.5" is a number, "−1.5" (a typed minus) too. */
export const shownText = (text: string | null): string => text?.trim() ?? '';
