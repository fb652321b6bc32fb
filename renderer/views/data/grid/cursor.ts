import type { Cursor } from '../../../stores/sight';

export interface Extent {
  readonly rows: number;
  readonly columns: number;
  /** Rows in sight: what PageDown moves by. */
  readonly page: number;
}

/** Where a key takes the cursor (ARIA grid pattern), or null when the key is none of its own. */
export function moved(from: Cursor, key: string, control: boolean, { rows, columns, page }: Extent): Cursor | null {
  const to = (row: number, column: number): Cursor => ({
    row: Math.max(-1, Math.min(rows - 1, row)),
    column: Math.max(0, Math.min(columns - 1, column)),
  });
  switch (key) {
    case 'ArrowDown':
      return control ? to(rows - 1, from.column) : to(from.row + 1, from.column);
    case 'ArrowUp':
      return control ? to(-1, from.column) : to(from.row - 1, from.column);
    case 'ArrowRight':
      return control ? to(from.row, columns - 1) : to(from.row, from.column + 1);
    case 'ArrowLeft':
      return control ? to(from.row, 0) : to(from.row, from.column - 1);
    case 'PageDown':
      return to(Math.max(0, from.row) + page, from.column);
    case 'PageUp':
      return to(from.row - page, from.column);
    case 'Home':
      return control ? to(0, 0) : to(from.row, 0);
    case 'End':
      return control ? to(rows - 1, columns - 1) : to(from.row, columns - 1);
    default:
      return null;
  }
}
