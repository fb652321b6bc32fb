import type { Steps } from '../turns';

/** A CSV cell: text is escaped for spreadsheets, a number never is, null is empty. */
export type Cell = string | number | null;

/** Characters that make a spreadsheet read a cell as a formula (OWASP ASVS 1.2.10), with their full-width forms. */
const FORMULA = /^[=+\-@\t\0＝＋－＠]/;
/** Records in a block. */
const RECORDS_AT_ONCE = 500;
/** What spreadsheets skip before they look: blanks of every kind, zero-width characters and control characters. */
const SKIPPED = /^[\s\p{Cc}\p{Cf}]+/u;

/**
 * RFC 4180: comma, CRLF, quotes where needed. Numbers are their shortest decimal that reads back as the same double, NaN is an
 * empty cell.
 */
export const csvText = (header: readonly string[], records: Iterable<readonly Cell[]>): string =>
  [...blocks(header, records)].join('');

/**
 * The same as UTF-8, in turns. Bytes, because a text of many megabytes keeps its thread while it is joined and while it is handed
 * to another process, and bytes are copied.
 */
export function* csvBytesInSteps(header: readonly string[], records: Iterable<readonly Cell[]>): Steps<Uint8Array> {
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  for (const block of blocks(header, records)) {
    parts.push(encoder.encode(block));
    yield;
  }
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
    yield;
  }
  return whole;
}

/** The lines, some hundred at once. */
function* blocks(header: readonly string[], records: Iterable<readonly Cell[]>): Generator<string> {
  let lines = line(header);
  let count = 0;
  for (const record of records) {
    lines += line(record);
    count += 1;
    if (count % RECORDS_AT_ONCE > 0) continue;
    yield lines;
    lines = '';
  }
  yield lines;
}

const line = (record: readonly Cell[]): string => `${record.map(csvCell).join(',')}\r\n`;

export function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return Number.isNaN(cell) ? '' : Object.is(cell, -0) ? '-0' : String(cell);
  const text = escapeFormula(cell);
  // Semicolons and tabs are quoted too: a spreadsheet of another locale cuts cells at them.
  return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Puts an apostrophe before every line of the text that a spreadsheet would run as a formula: the first character it looks at
 * is one of = + - @ tab NUL. Every line, because a reader that ignores quotes takes each line for a row of its own.
 */
export function escapeFormula(text: string): string {
  return text
    .split(/(\r\n|\r|\n)/)
    .map((line) => (FORMULA.test(line) || FORMULA.test(line.replace(SKIPPED, '')) ? `'${line}` : line))
    .join('');
}
