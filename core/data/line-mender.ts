import type { Delimiter, Quote } from './tokenise';
import type { Dialect, TableInfo } from './types';

/** Lines that are named; the rest are counted. */
export const NAMED = 100;

/** What was done to lines of a file so that the table engine reads them as they are meant. */
export interface Mendings {
  readonly repaired: { count: number; readonly first: TableInfo['repaired']['first'] };
  /** Lines that begin with the mark of remarks and were left out. */
  readonly remarks: { count: number; firstLine: number };
}

/** Why a line with cells without a value behind the last column was mended. */
export const surplusReason = (cells: number): string =>
  cells === 1 ? 'one blank cell too many at its end' : `${cells} blank cells too many at its end`;

type Cutting = Pick<Dialect, 'quote' | 'escape' | 'comment'> & { readonly delimiter: Delimiter };

/** True when lines have to be looked at one by one. */
export const needsMending = (dialect: Cutting, nuls: number, surplus: ReadonlyMap<number, number>): boolean =>
  (dialect.comment ?? '') !== '' || dialect.escape === 'backslash' || nuls > 0 || surplus.size > 0;

/**
 * Mends lines one after the other, never their number: a remark becomes a blank line, a quote behind a backslash a doubled one, a
 * NUL byte the mark of an unreadable character, and empty cells too many are cut off.
 *
 * @param firstLine  physical line number, from 1, of the first line that will be given
 * @param surplus  cells to cut off at the end, by physical line
 */
export function lineMender(
  { delimiter, quote, escape, comment = '' }: Cutting,
  firstLine: number,
  surplus: ReadonlyMap<number, number>,
): { mend(line: string): string; readonly mendings: Mendings } {
  const mendings: Mendings = { repaired: { count: 0, first: [] }, remarks: { count: 0, firstLine: 0 } };
  const backslash = escape === 'backslash';
  const scan = quoteScanner(delimiter, quote, backslash);
  let at = firstLine - 1;
  let inside = false;
  const repaired = (reason: string) => {
    if (mendings.repaired.count++ < NAMED) mendings.repaired.first.push({ line: at, reason });
  };
  const mend = (given: string): string => {
    at++;
    if (!inside && comment !== '' && given.startsWith(comment)) {
      if (mendings.remarks.count++ === 0) mendings.remarks.firstLine = at;
      return '';
    }
    let line = given;
    if (line.includes('\0')) {
      line = line.replaceAll('\0', '\ufffd');
      repaired('it holds a NUL byte, which is shown as \ufffd');
    }
    const tooMany = surplus.get(at);
    if (tooMany !== undefined) {
      for (let cut = 0; cut < tooMany; cut++) line = line.slice(0, line.lastIndexOf(delimiter));
      repaired(surplusReason(tooMany));
    }
    if (quote === '' || (!inside && !line.includes(quote))) return line;
    const scanned = scan(line, inside);
    inside = delimiter !== 'spaces' && scanned.inside;
    return backslash && delimiter !== 'spaces' ? scanned.text : line;
  };
  return { mend, mendings };
}

/** Follows quotes over a line, as `tokenise` does; gives it with quotes behind a backslash doubled. */
function quoteScanner(delimiter: Delimiter, quote: Quote, backslash: boolean) {
  const separates = (character: string) =>
    delimiter === 'spaces' ? character === ' ' || character === '\t' : character === delimiter;
  return (line: string, insideBefore: boolean): { inside: boolean; text: string } => {
    let inside = insideBefore;
    let text = '';
    let at = 0;
    for (;;) {
      if (inside) {
        for (; at < line.length && line[at] !== quote; at++) {
          const next = line[at + 1];
          if (backslash && line[at] === '\\' && (next === quote || next === '\\')) {
            text += next === quote ? quote + quote : next;
            at++;
          } else text += line[at];
        }
        if (at === line.length) return { inside, text };
        if (line[at + 1] === quote) {
          text += quote + quote;
          at += 2;
          continue;
        }
        inside = false;
        text += line[at++];
      } else {
        const from = at;
        while (at < line.length && (line[at] === ' ' || line[at] === '\t') && !separates(line[at])) at++;
        if (at < line.length && line[at] === quote) {
          text += line.slice(from, ++at);
          inside = true;
          continue;
        }
        at = from;
      }
      const from = at;
      while (at < line.length && !separates(line[at])) at++;
      text += line.slice(from, at + 1);
      if (at >= line.length) return { inside: false, text };
      at++;
    }
  };
}
