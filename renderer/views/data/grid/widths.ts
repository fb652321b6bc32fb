import type { ColumnInfo } from '../../../../core/data/types';

/** Room for the row numbers. */
export const ROW_HEAD = 52;
/** Height of a column's head. */
export const HEAD = 132;

/** A width that shows the name in two lines and most values; columns share what is left of the space in sight. */
export function columnWidths(columns: readonly ColumnInfo[], room: number): number[] {
  const wanted = columns.map((column) => {
    const longestWord = Math.max(...column.label.split(/\s+/).map((word) => word.length), 0);
    const name = Math.max(longestWord, column.label.length / 2);
    const values = column.summary
      ? Math.max(String(column.summary.min).length, String(column.summary.max).length)
      : Math.max(...(column.levels ?? []).slice(0, 20).map(({ value }) => value.length), 6);
    return Math.round(Math.min(200, Math.max(92, 20 + 7.2 * name, 18 + 7.2 * Math.min(values, 18))));
  });
  const sum = wanted.reduce((total, width) => total + width, 0);
  if (sum >= room || sum === 0) return wanted;
  const stretched = wanted.map((width) => Math.floor((width * room) / sum));
  const rest = room - stretched.reduce((total, width) => total + width, 0);
  return stretched.map((width, i) => (i === stretched.length - 1 ? width + rest : width));
}
