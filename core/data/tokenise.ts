import type { Dialect } from './types';

export type Delimiter = Dialect['delimiter'];
export type Quote = Dialect['quote'];

/** One record of a text table, cut into cells. */
export interface TextRecord {
  /** Physical line on which it begins, from 0. */
  readonly line: number;
  /** Physical lines it takes: more than one when a quoted cell holds a line end. */
  readonly lines: number;
  readonly cells: readonly string[];
  /** Cells that were quoted; null when none was. */
  readonly quoted: readonly boolean[] | null;
  /** Cells with text after their closing quote, or whose quote never closes. */
  readonly malformed: number;
}

const blank = (code: number) => code === 32 || code === 9;
const lineEnd = (code: number) => code === 10 || code === 13;

/**
 * Cuts text into records and cells (RFC 4180, and what is met in the wild): quotes doubled inside quotes, line ends inside
 * quotes, blanks before an opening quote, LF, CRLF and CR. With 'spaces' any run of blanks and tabs separates, and blanks at the
 * ends of a line do not count. A quote in the middle of a bare cell is a character like any other. Blank lines are no records.
 *
 * @param limit  stop after this many records
 * @param escape  how a quote inside quotes is written; a backslash before another character is a character
 */
export function tokenise(
  text: string,
  delimiter: Delimiter,
  quote: Quote,
  limit = Number.POSITIVE_INFINITY,
  escape: Dialect['escape'] = 'double',
): TextRecord[] {
  const spaces = delimiter === 'spaces';
  const separator = spaces ? -1 : delimiter.charCodeAt(0);
  const quoteCode = quote === '' ? -1 : quote.charCodeAt(0);
  const separates = (code: number) => (spaces ? blank(code) : code === separator);
  const records: TextRecord[] = [];
  let at = 0;
  let line = 0;

  while (at < text.length && records.length < limit) {
    const cells: string[] = [];
    let quoted: boolean[] | null = null;
    let malformed = 0;
    const startLine = line;

    for (;;) {
      if (spaces) while (at < text.length && blank(text.charCodeAt(at))) at++;
      if (spaces && cells.length > 0 && (at >= text.length || lineEnd(text.charCodeAt(at)))) break;
      let open = at;
      while (open < text.length && blank(text.charCodeAt(open)) && !separates(text.charCodeAt(open))) open++;
      if (quoteCode !== -1 && text.charCodeAt(open) === quoteCode) {
        const cell = quotedCell(text, open, quote, escape === 'backslash');
        for (let i = open; i < cell.end; i++) if (isLineEnd(text, i)) line++;
        at = cell.end;
        const tail = at;
        while (at < text.length && !separates(text.charCodeAt(at)) && !lineEnd(text.charCodeAt(at))) at++;
        const rest = text.slice(tail, at);
        if (!cell.closed || rest.trim() !== '') malformed++;
        quoted ??= [];
        quoted[cells.length] = true;
        cells.push(cell.value + rest.trimEnd());
      } else {
        const start = at;
        while (at < text.length && !separates(text.charCodeAt(at)) && !lineEnd(text.charCodeAt(at))) at++;
        cells.push(text.slice(start, at));
      }
      if (at >= text.length || lineEnd(text.charCodeAt(at))) break;
      at++;
    }
    if (at < text.length) {
      at += text.charCodeAt(at) === 13 && text.charCodeAt(at + 1) === 10 ? 2 : 1;
      line++;
    }
    if (cells.length === 1 && !quoted && cells[0].trim() === '') continue;
    records.push({ line: startLine, lines: Math.max(1, line - startLine), cells, quoted, malformed });
  }
  return records;
}

function quotedCell(
  text: string,
  open: number,
  quote: string,
  backslash: boolean,
): { value: string; end: number; closed: boolean } {
  let value = '';
  let from = open + 1;
  for (;;) {
    const close = text.indexOf(quote, from);
    if (close === -1) return { value: value + text.slice(from), end: text.length, closed: false };
    value += backslash ? unescaped(text.slice(from, close), quote) : text.slice(from, close);
    if (backslash && isEscaped(text, from, close)) {
      // The backslash before it went with the rest of the cell.
      value = value.slice(0, -1) + quote;
      from = close + 1;
      continue;
    }
    if (text[close + 1] !== quote) return { value, end: close + 1, closed: true };
    value += quote;
    from = close + 2;
  }
}

/** True when an odd number of backslashes stands before. */
function isEscaped(text: string, from: number, at: number): boolean {
  let before = at;
  while (before > from && text[before - 1] === '\\') before--;
  return (at - before) % 2 === 1;
}

const unescaped = (text: string, quote: string): string =>
  text.replace(/\\([\s\S])/g, (pair, next: string) => (next === '\\' || next === quote ? next : pair));

/** True at the last character of a line end, so that CRLF counts once. */
function isLineEnd(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10);
}

/** Physical lines of a text, without their line ends. */
export function physicalLines(text: string): string[] {
  const lines = text.split(/\r\n|\n|\r/);
  if (lines[lines.length - 1] === '') lines.pop();
  return lines;
}
