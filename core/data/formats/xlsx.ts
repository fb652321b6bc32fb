import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fail, ok, type Result } from '../../result';
import type { Decision, DialectChoice } from '../types';
import type { AsText } from './as-text';
import { Damaged, TooLarge } from './damaged';
import { newNotes, rangeName, sheetRows, type SheetNotes } from './sheet';
import { newExtents, type Extents } from './sheet-areas';
import { chooseSheet, sizeOf, type SheetChoice } from './sheet-choice';
import { lineOf, linesOf } from './sheet-line';
import { namesOf } from './sheet-names';
import { chooseArea, tableLines, type TablePlace } from './sheet-table';
import { sheetWarnings } from './sheet-warnings';
import { readWorkbook, type Workbook } from './workbook';
import { zipEntries } from './zip';

/** A sheet's document, unpacked; that of a million rows and fifty columns has a third of it. */
const MOST_XML = 6e9;
/** Cells of a table, the empty ones among them. */
const MOST_CELLS = 2e8;

/**
 * Makes a text table of one sheet of an .xlsx workbook: a line for each row of the sheet up to the table's last, so that line
 * numbers are the sheet's row numbers. It is read piece by piece; what stays in memory are the workbook's texts.
 *
 * @param folder  a private folder for the text
 */
export async function xlsxAsText(
  path: string,
  name: string,
  choice: DialectChoice,
  folder: string,
  signal?: AbortSignal,
): Promise<Result<AsText>> {
  try {
    const workbook = await readWorkbook(path, await zipEntries(path), signal);
    const sheet = await chooseSheet(workbook, choice.sheet, signal);
    if ('problem' in sheet) return fail(sheet.code, `“${name}” ${sheet.problem}`);
    if (sheet.entry.size > MOST_XML)
      throw new TooLarge('a sheet that is too large: save the rows you need as .csv and open that file');

    const raw = join(folder, 'sheet-rows.csv');
    const text = join(folder, 'sheet.csv');
    const { extents, notes } = await writeRows(workbook, sheet, choice.decimal ?? '.', raw, signal);
    const place = chooseArea(extents, sheet.name, sheet.range, notes.merged);
    if (!place)
      return fail(
        'xlsx/empty',
        `The sheet “${sheet.name}” of “${name}” has no cells there: choose another sheet or range.`,
      );
    const { area, first } = place;
    if ((area.bottom - area.top + 1) * (area.right - area.left + 1) > MOST_CELLS)
      throw new TooLarge(
        'more than 200 million cells on a sheet: save the columns you need as .csv and open that file',
      );
    const names = await writeTable(raw, text, extents, notes, place, signal);
    await rm(raw);

    const chosen = sheet.range ? `${sheet.name}!${rangeName(sheet.range)}` : sheet.name;
    return ok({
      path: text,
      choice: {
        ...choice,
        encoding: 'utf-8',
        delimiter: ',',
        quote: '"',
        escape: 'double',
        comment: '',
        decimal: choice.decimal ?? '.',
        thousands: choice.thousands ?? '',
      },
      decisions: [sheetDecision(sheet, place, chosen)],
      settled: ['encoding', 'delimiter', 'quote', 'escape', 'comment', 'decimal', 'thousands'],
      sheet: chosen,
      warnings: [
        ...sheet.warnings,
        ...place.warnings,
        ...(names.joined
          ? [`Rows ${first} and ${first + 1} of the sheet both hold names of columns, and were joined.`]
          : []),
        ...sheetWarnings(notes, place, names.names),
      ],
      rejected: place.rejected,
    });
  } catch (cause) {
    if (cause instanceof Damaged)
      return fail(
        'xlsx/damaged',
        `“${name}” is a damaged workbook (${cause.message}): save it again in Excel or LibreOffice.`,
      );
    if (cause instanceof TooLarge) return fail('xlsx/too-large', `“${name}” holds ${cause.message}.`);
    throw cause;
  }
}

/** Every row that holds something as one line, from its first such cell to its last. */
async function writeRows(
  workbook: Workbook,
  sheet: SheetChoice,
  decimal: '.' | ',',
  to: string,
  signal?: AbortSignal,
): Promise<{ extents: Extents; notes: SheetNotes }> {
  const notes = newNotes();
  const extents = newExtents();
  async function* lines() {
    for await (const rows of sheetRows(workbook, sheet.entry, decimal, notes, signal)) {
      let text = '';
      for (const row of rows) {
        extents.add(row);
        const { first, last } = extents.of(row.row);
        text += `${lineOf(row.cells, first, last)}\n`;
      }
      yield text;
    }
  }
  await pipeline(lines, createWriteStream(to, { mode: 0o600 }), { signal });
  return { extents, notes };
}

/** The table's lines, and the names of its columns as they are written, where its first row holds names. */
async function writeTable(
  raw: string,
  to: string,
  extents: Extents,
  { merged }: SheetNotes,
  place: TablePlace,
  signal?: AbortSignal,
): Promise<{ names: readonly string[]; joined: boolean }> {
  const { area, first } = place;
  const holdsNames = extents.of(first).numbers === 0;
  let found: { names: readonly string[]; joined: boolean } = { names: [], joined: false };
  const lines = tableLines(linesOf(raw, signal), extents, place, (above, row) => {
    if (!holdsNames) return row;
    found = namesOf(above, row, merged, { row: first, left: area.left });
    return found.names;
  });
  await pipeline(lines, createWriteStream(to, { mode: 0o600 }), { signal });
  return found;
}

function sheetDecision(sheet: SheetChoice, { area, first, others }: TablePlace, chosen: string): Decision {
  const size = sizeOf(area, first);
  return {
    id: 'sheet',
    chosen,
    label: chosen,
    because:
      sheet.others.length === 0 ? `the only sheet: ${size}` : sheet.because.startsWith(size) ? sheet.because : size,
    alternatives: [...others, ...sheet.others],
    byHand: sheet.byHand,
  };
}
