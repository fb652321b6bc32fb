import { columnName, type Area, type SheetNotes } from './sheet';
import type { TablePlace } from './sheet-table';

/** What a careful person would point out about the cells of a sheet. */
export function sheetWarnings(notes: SheetNotes, { area, first }: TablePlace, names: readonly string[]): string[] {
  const warnings: string[] = [];
  const told = (columns: readonly number[]) =>
    columns
      .slice(0, 3)
      .map((column) => (names[column - area.left] ? `“${names[column - area.left].trim()}”` : columnName(column)))
      .join(', ') + (columns.length > 3 ? ` and ${columns.length - 3} more` : '');
  const inTable = (counts: ReadonlyMap<number, number>) =>
    [...counts.keys()].filter((column) => column >= area.left && column <= area.right).sort((a, b) => a - b);

  const percent = inTable(notes.percent);
  if (percent.length)
    warnings.push(
      `${percent.length === 1 ? 'The column' : 'The columns'} ${told(percent)} ${percent.length === 1 ? 'shows' : 'show'} percent in the workbook, and the number behind is read: 13.9% is 0.139.`,
    );
  const durations = inTable(notes.durations);
  if (durations.length)
    warnings.push(
      `${durations.length === 1 ? 'The column' : 'The columns'} ${told(durations)} ${durations.length === 1 ? 'shows' : 'show'} hours in the workbook, and the number behind is read: of days.`,
    );
  if (notes.uncalculated > 0)
    warnings.push(
      `${count(notes.uncalculated, 'cell holds a formula', 'cells hold formulas')} without a result: open the workbook in Excel or LibreOffice, save it there and open it again.`,
    );
  const merged = notes.merged.filter((one) => touches(one, area) && one.bottom > first);
  if (merged.length)
    warnings.push(
      `${count(merged.length, 'block of merged cells is', 'blocks of merged cells are')} in the table: the first cell of each holds its value, the others are read as empty.`,
    );
  if (notes.lineBreaks > 0)
    warnings.push(`Line breaks in ${count(notes.lineBreaks, 'cell', 'cells')} were read as blanks.`);
  if (notes.hiddenRows > 0)
    warnings.push(`${count(notes.hiddenRows, 'row is', 'rows are')} hidden in the workbook and read like the others.`);
  return warnings;
}

const touches = (one: Area, other: Area) =>
  one.top <= other.bottom && one.bottom >= other.top && one.left <= other.right && one.right >= other.left;

const count = (n: number, one: string, many: string) => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;
