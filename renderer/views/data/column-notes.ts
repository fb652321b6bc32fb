import type { ColumnInfo, Flow } from '../../../core/data/types';
import type { Role } from '../../stores/column-choices';

/** A sentence about a column; amber asks to look. */
export interface ColumnNote {
  readonly kind: 'amber' | 'info';
  readonly sentence: string;
}

const LEFT_OUT_DATE =
  'A date is left out unless it is made a feature: then it is used as days, or as year, month, weekday and hour.';

/** What a careful person would point out about a column in its role: what the recipe warns of first, then what its cells say. */
export const notesOf = (column: ColumnInfo, role: Role, flow: Flow | null): ColumnNote[] => [
  ...(flow?.flagged ?? [])
    .filter((warning) => warning.column === column.name)
    .map(({ sentence }): ColumnNote => ({ kind: 'amber', sentence })),
  ...column.notes.map((sentence): ColumnNote => ({ kind: 'amber', sentence })),
  ...(column.type === 'date' && role === 'ignore' ? [{ kind: 'info' as const, sentence: LEFT_OUT_DATE }] : []),
];
