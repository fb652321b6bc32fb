import type { Decision } from '../types';
import { areaOf, newNotes, rangeName, sheetRows, type Area } from './sheet';
import { blocksOf, firstFullRow, newExtents, type Block } from './sheet-areas';
import type { Workbook } from './workbook';
import type { ZipEntry } from './zip';

type Sheet = Workbook['sheets'][number];

export interface SheetChoice {
  readonly name: string;
  readonly entry: ZipEntry;
  /** The range within the sheet that was asked for. */
  readonly range: Area | null;
  readonly byHand: boolean;
  /** Why this sheet; '' when there is no other. */
  readonly because: string;
  readonly others: Decision['alternatives'];
  readonly warnings: readonly string[];
}

/** Sheets up to this size are counted whole when there is a choice; of larger ones their beginning is. */
const COUNTED_WHOLE = 8 * 1024 * 1024;
const ROWS_LOOKED_AT = 200;
/** Of the largest table's cells: a sheet with so many is as good a choice. */
const ALIKE = 0.5;

/** In the document of a sheet of numbers, more or less. */
const BYTES_A_CELL = 40;
/** What a cell of text counts against one of a number: sheets of words alone are more likely descriptions. */
const WORD = 1e-6;

/** @returns the sheet, or the end of a sentence that begins with the file's name */
export async function chooseSheet(
  workbook: Workbook,
  wanted: string | undefined,
  signal?: AbortSignal,
): Promise<SheetChoice | { readonly code: string; readonly problem: string }> {
  const { sheets } = workbook;
  if (sheets.length === 0)
    return { code: 'xlsx/no-sheet', problem: 'has no sheet with cells: choose another workbook.' };
  const byHand = wanted === undefined ? null : sheetNamed(sheets, wanted);
  if (wanted !== undefined && byHand === null)
    return {
      code: 'xlsx/no-such-sheet',
      problem: `has no sheet “${wanted}”: choose ${sheets.length === 1 ? '' : 'one of '}${sheets.map(({ name }) => `“${name}”`).join(', ')}.`,
    };
  if (sheets.length === 1)
    return {
      ...sheets[0],
      range: byHand?.range ?? null,
      byHand: byHand !== null,
      because: '',
      others: [],
      warnings: [],
    };

  const looks = [];
  for (const sheet of sheets) looks.push(await lookAt(workbook, sheet, signal));
  const largest = Math.max(...looks.map(({ worth }) => worth));
  const alike = looks.filter(({ worth }) => worth > 0 && worth >= ALIKE * largest);
  const best =
    looks.find(({ sheet }) => sheet === byHand?.sheet) ??
    alike[0] ??
    looks.find(({ sheet }) => !sheet.hidden) ??
    looks[0];
  const tables = looks.filter(({ worth }) => worth >= Math.min(1, largest) && worth > 0).length;
  return {
    name: best.sheet.name,
    entry: best.sheet.entry,
    range: byHand?.range ?? null,
    byHand: byHand !== null,
    because:
      byHand === null && alike.length > 1 && alike.includes(best)
        ? `${best.told}; the first of ${alike.length} sheets with tables of this size`
        : best.told,
    others: looks
      .filter((look) => look !== best)
      .map(({ sheet, told }) => ({ value: sheet.name, label: sheet.name, because: told })),
    warnings:
      byHand === null && tables > 1
        ? [
            `${tables} sheets of the workbook hold tables and “${best.sheet.name}” was read: choose another sheet if it is not the one you want.`,
          ]
        : [],
  };
}

/** A sheet by its name ("Data"), by its number ("#2"), or a range of one ("Data!A1:F30"). */
function sheetNamed(sheets: readonly Sheet[], wanted: string): { sheet: Sheet; range: Area | null } | null {
  const named = (text: string) =>
    sheets.find(({ name }) => name === text) ??
    sheets.find(({ name }) => name.trim().toLowerCase() === text.trim().toLowerCase()) ??
    (/^#\d{1,4}$/.test(text) ? sheets[Number(text.slice(1)) - 1] : undefined);
  const whole = named(wanted);
  if (whole) return { sheet: whole, range: null };
  const mark = wanted.lastIndexOf('!');
  const sheet = mark === -1 ? undefined : named(wanted.slice(0, mark));
  const range = areaOf(wanted.slice(mark + 1));
  return sheet && range ? { sheet, range } : null;
}

/** @returns what is on a sheet: its worth as the sheet to read, 0 for none, and its size in words */
async function lookAt(workbook: Workbook, sheet: Sheet, signal?: AbortSignal) {
  const whole = sheet.entry.size <= COUNTED_WHOLE;
  const extents = newExtents();
  for await (const rows of sheetRows(workbook, sheet.entry, '.', newNotes(), signal)) {
    for (const row of rows) extents.add(row);
    if (!whole && extents.rows >= ROWS_LOOKED_AT) break;
  }
  const block = largest(blocksOf(extents));
  const hidden = sheet.hidden ? 'hidden; ' : '';
  if (!block) return { sheet, worth: 0, told: `${hidden}empty` };
  const size = whole
    ? sizeOf(block, firstFullRow(extents, block))
    : `a table of ${block.right - block.left + 1} columns in ${Math.round(sheet.entry.size / 1e6)} MB`;
  // A table has records below its names.
  const isTable = block.bottom > block.top && block.right > block.left && !sheet.hidden;
  const numbers = whole || block.numbers === 0 ? block.numbers : sheet.entry.size / BYTES_A_CELL;
  return {
    sheet,
    worth: isTable ? numbers + WORD * block.cells : 0,
    told: `${hidden}${size}${block.numbers === 0 ? ' without a number' : ''}`,
  };
}

export const largest = (blocks: readonly Block[]): Block | undefined =>
  blocks.reduce<Block | undefined>((best, block) => (best && best.cells >= block.cells ? best : block), undefined);

/** @param first  the row of names, or the first record */
export function sizeOf(area: Area, first: number): string {
  const rows = Math.max(1, area.bottom - first);
  const columns = area.right - area.left + 1;
  return `${rows.toLocaleString('en')} ${rows === 1 ? 'row' : 'rows'} of ${columns} ${columns === 1 ? 'column' : 'columns'} in ${rangeName(area)}`;
}
