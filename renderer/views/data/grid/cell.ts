import type { ColumnInfo, ColumnType } from '../../../../core/data/types';
import type { Reply } from '../../../../core/protocol';

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

export type GridRow = Reply<'data/page'>['rows'][number];

/** A column in sight with what every one of its cells needs. */
export interface ShownColumn {
  readonly index: number;
  readonly column: ColumnInfo;
  readonly type: ColumnType;
  readonly selected: boolean;
  readonly place: { readonly left: string; readonly width: string };
  /** What is drawn for it may have been drawn for another before. */
  readonly slot: number;
}

export interface ShownCell {
  readonly text: string;
  readonly state: CellState | 'waiting';
  readonly note: string | undefined;
  /** It has the text that is looked for. */
  readonly hit: boolean;
}

const waiting: ShownCell = { text: '', state: 'waiting', note: undefined, hit: false };
/** Texts longer than this may be cut by their column. */
const LONG = 10;

/** What a cell shows; of a row that is not here yet, that it is waited for. `wanted` is in small letters. */
export function cellOf(row: GridRow | null, index: number, type: ColumnType, wanted: string): ShownCell {
  if (!row) return waiting;
  const state = cellState(row.states[index], type);
  const text = shownText(row.cells[index]);
  const hit = wanted !== '' && text.toLowerCase().includes(wanted);
  return { text, state, note: noteOf(state, type) ?? (text.length > LONG ? text : undefined), hit };
}

function noteOf(state: CellState, type: ColumnType): string | undefined {
  if (state === 'missing') return 'no value';
  return state === 'failed' ? `not a ${type === 'date' ? 'date' : 'number'}, taken as no value` : undefined;
}
