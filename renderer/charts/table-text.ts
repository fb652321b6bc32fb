import type { ChartTable } from './chart';

/** One line a row, fields quoted where they must be: a spreadsheet and every CSV reader get the plotted numbers digit for digit. */
export const toCsv = (table: ChartTable): string => lines(table, ',', csvField);

/** For the clipboard: spreadsheets paste tab-separated cells into columns. */
export const toTsv = (table: ChartTable): string => lines(table, '\t', (text) => text.replace(/[\t\r\n]+/g, ' '));

function lines(table: ChartTable, separator: string, field: (text: string) => string): string {
  const write = (cell: string | number | null): string =>
    cell === null ? '' : typeof cell === 'number' ? (Number.isFinite(cell) ? String(cell) : '') : field(guarded(cell));
  return [table.columns, ...table.rows].map((row) => `${row.map(write).join(separator)}\n`).join('');
}

/** A text that a spreadsheet would run as a formula is marked as text (OWASP ASVS 1.2.10). Numbers are never touched. */
const guarded = (text: string): string => (/^\s*[=+\-@\t\0＝＋－＠]/m.test(text) ? `'${text}` : text);

const csvField = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
