import { Damaged } from './damaged';
import { isoDate } from './number-format';
import { isTrue, unescaped, type Workbook } from './workbook';
import { readXml, type Attributes } from './xml';
import { unpacked, type ZipEntry } from './zip';

/** One row of a sheet that holds something. Both counts from 0. */
export interface SheetRow {
  readonly row: number;
  /** By column; absent where a cell is empty or holds blanks alone. */
  readonly cells: readonly (string | undefined)[];
  /** Cells that hold a value, and those among them that hold a number. */
  readonly filled: number;
  readonly numbers: number;
}

/** What a sheet says beside its cells; complete when all rows have been read. */
export interface SheetNotes {
  /** Cells whose format shows percent, and durations, by column: their number is what is read. */
  readonly percent: Map<number, number>;
  readonly durations: Map<number, number>;
  /** Cells with a formula whose result the file does not hold. */
  uncalculated: number;
  /** Line breaks within cells, which become blanks. */
  lineBreaks: number;
  hiddenRows: number;
  readonly merged: Area[];
}

/** Rows and columns from 0, the last ones among them. */
export interface Area {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** What a sheet can have at most. */
export const MOST_ROWS = 1_048_576;
const MOST_COLUMNS = 16_384;

export const newNotes = (): SheetNotes => ({
  percent: new Map(),
  durations: new Map(),
  uncalculated: 0,
  lineBreaks: 0,
  hiddenRows: 0,
  merged: [],
});

/**
 * Reads a sheet as it comes: the value of every cell as text, a number with every digit it has, whatever its format shows.
 *
 * @param decimal  how numbers are written
 * @param notes  is filled in on the way
 * @throws Damaged
 */
export async function* sheetRows(
  workbook: Workbook,
  entry: ZipEntry,
  decimal: '.' | ',',
  notes: SheetNotes,
  signal?: AbortSignal,
): AsyncGenerator<readonly SheetRow[]> {
  let rows: SheetRow[] = [];
  let row = -1;
  let column = -1;
  let cells: (string | undefined)[] = [];
  let filled = 0;
  let numbers = 0;
  let cell: Attributes = {};
  let value = '';
  let formula: string | null = null;
  let hasValue = false;
  /** The element whose text is being read. */
  let part: 'v' | 't' | 'f' | null = null;
  let inReading = false;

  const open = (name: string, attributes: () => Attributes) => {
    switch (name) {
      case 'c':
        cell = attributes();
        column = cell.r === undefined ? column + 1 : columnOf(cell.r);
        value = '';
        formula = null;
        hasValue = false;
        break;
      case 'v':
      case 't':
        if (!inReading) part = name;
        hasValue = true;
        break;
      case 'f':
        part = 'f';
        formula = '';
        break;
      case 'rPh':
        inReading = true;
        break;
      case 'row': {
        const all = attributes();
        const next = all.r === undefined ? row + 1 : Number(all.r) - 1;
        if (!(next > row && next < MOST_ROWS)) throw new Damaged('the rows of a sheet are out of order');
        row = next;
        column = -1;
        cells = [];
        filled = 0;
        numbers = 0;
        if (isTrue(all.hidden)) notes.hiddenRows++;
        break;
      }
      case 'mergeCell': {
        const area = areaOf(attributes().ref ?? '');
        if (area) notes.merged.push(area);
      }
    }
  };
  const close = (name: string) => {
    switch (name) {
      case 'v':
      case 't':
      case 'f':
        part = null;
        break;
      case 'rPh':
        inReading = false;
        break;
      case 'c': {
        const text = textOf();
        if (text === undefined || text.trim() === '') break;
        if (column >= MOST_COLUMNS) throw new Damaged('a cell lies outside its sheet');
        if (cells[column] === undefined) filled++;
        cells[column] = text;
        break;
      }
      case 'row':
        if (filled > 0) rows.push({ row, cells, filled, numbers });
    }
  };
  const text = (piece: string) => {
    if (part === 'f') formula += piece;
    else if (part !== null) value += piece;
  };

  /** The text of the cell that has just been read. */
  const textOf = (): string | undefined => {
    if (!hasValue) {
      if (formula === null) return undefined;
      notes.uncalculated++;
      return `=${formula}`;
    }
    switch (cell.t) {
      case 's': {
        const shared = workbook.strings[Number(value)];
        if (shared === undefined && value !== '') throw new Damaged('a cell refers to a text that is not there');
        return oneLine(shared ?? '');
      }
      case 'str':
      case 'inlineStr':
        return oneLine(unescaped(value));
      case 'b':
        return isTrue(value) ? 'TRUE' : 'FALSE';
      case 'd':
        return value.replace('T', ' ').replace(/[ ]00:00:00(\.0+)?$/, '');
      case 'e':
        return value;
      default:
        return numberText();
    }
  };
  const numberText = (): string => {
    const number = Number(value);
    if (value.trim() === '' || !Number.isFinite(number)) return value;
    numbers++;
    const kind = workbook.kinds[Number(cell.s ?? 0)] ?? 'number';
    if (kind === 'date' || kind === 'time') {
      const date = isoDate(number, kind, workbook.since1904);
      if (date !== null) return date;
    } else if (kind === 'percent') add(notes.percent, column);
    else if (kind === 'duration') add(notes.durations, column);
    // Excel writes up to 17 digits; these are the fewest that give the same number.
    const digits = plain.test(value) && value.length <= EXACT ? value : String(number);
    return decimal === ',' ? digits.replace('.', ',') : digits;
  };
  const oneLine = (long: string): string => {
    if (!/[\r\n]/.test(long)) return long;
    notes.lineBreaks++;
    return long.replace(/\s*[\r\n]+\s*/g, ' ');
  };

  const reading = readXml(unpacked(workbook.path, entry, signal), { open, close, text });
  try {
    while (!(await reading.next()).done) {
      if (rows.length === 0) continue;
      yield rows;
      rows = [];
    }
    if (rows.length > 0) yield rows;
  } finally {
    await reading.return(undefined);
  }
}

const plain = /^-?\d+(?:\.\d+)?$/;
/** Characters of a plain number within which any digits are those of the double. */
const EXACT = 15;

const add = (counts: Map<number, number>, key: number) => counts.set(key, (counts.get(key) ?? 0) + 1);

/** The column of a place such as "AB12", from 0. */
function columnOf(place: string): number {
  let column = 0;
  for (let i = 0; i < place.length; i++) {
    const letter = place.charCodeAt(i) & ~32;
    if (letter < 65 || letter > 90) break;
    column = 26 * column + letter - 64;
    if (column > MOST_COLUMNS) throw new Damaged('a cell lies outside its sheet');
  }
  if (column === 0) throw new Damaged('a cell of a sheet has no place');
  return column - 1;
}

/** "A1:F30", or one cell; null for anything else. */
export function areaOf(range: string): Area | null {
  const found = /^\$?([a-z]{1,3})\$?(\d{1,7})(?::\$?([a-z]{1,3})\$?(\d{1,7}))?$/i.exec(range.trim());
  if (!found) return null;
  const [, fromColumn, fromRow, toColumn = fromColumn, toRow = fromRow] = found;
  const [left, right] = [columnOf(fromColumn), columnOf(toColumn)];
  const [top, bottom] = [Number(fromRow) - 1, Number(toRow) - 1];
  return left <= right && top <= bottom && top >= 0 ? { top, bottom, left, right } : null;
}

export function columnName(column: number): string {
  const rest = Math.floor(column / 26);
  return `${rest > 0 ? columnName(rest - 1) : ''}${String.fromCharCode(65 + (column % 26))}`;
}

export const rangeName = ({ top, bottom, left, right }: Area): string =>
  `${columnName(left)}${top + 1}:${columnName(right)}${bottom + 1}`;
