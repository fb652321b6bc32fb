import { cellKind, isNumber } from './cell-kind';
import type { Cut } from './delimiter';
import { lineMender } from './line-mender';
import { commentMarks, type Dialect } from './types';

export type CommentMark = Exclude<NonNullable<Dialect['comment']>, ''>;

export interface RemarksFound {
  readonly mark: NonNullable<Dialect['comment']>;
  readonly because: string;
  /** Marks that some lines begin with and that were not believed, with how many do. */
  readonly others: readonly { readonly mark: CommentMark; readonly lines: number }[];
  /** Lines with as many cells as the rows: they could be rows. */
  readonly couldBeRows: number;
}

/** Remarks are few among rows. */
const SHARE = 0.3;

/**
 * Lines among the rows that begin with a mark of remarks: believed when they are not cut as the rows are, or when a number stands
 * where they begin in every other row. What stands before the table is left out with the lines to skip.
 *
 * @param bodyLine  the first line behind the header, in the lines of the cut
 */
export function findRemarks({ records, width, delimiter, marks }: Cut, bodyLine: number): RemarksFound {
  const body = records.filter(({ line }) => line >= bodyLine);
  const others: { mark: CommentMark; lines: number }[] = [];
  for (const mark of commentMarks) {
    if (mark === '' || mark === delimiter) continue;
    const begins = body.map(({ cells, quoted }) => !quoted?.[0] && cells[0].startsWith(mark));
    const lines = begins.filter(Boolean).length;
    if (lines === 0) continue;
    const rows = body.filter((_, i) => !begins[i]);
    const like = body.filter(({ cells }, i) => begins[i] && cells.length === width).length;
    const numbers = rows.filter(({ cells }) => isNumber(cellKind(cells[0].trim()), cells[0].trim(), marks)).length;
    if (lines <= SHARE * rows.length && (like === 0 || numbers >= 0.8 * rows.length))
      return {
        mark,
        because: `${lines.toLocaleString('en')} of the lines looked at ${lines === 1 ? 'begins' : 'begin'} with ${mark}`,
        others,
        couldBeRows: like,
      };
    others.push({ mark, lines });
  }
  return { mark: '', because: 'no line among the rows begins like a remark', others, couldBeRows: 0 };
}

/** The text with blank lines in place of remarks, from a line on. */
export function withoutRemarks(text: string, cut: Cut, mark: CommentMark, bodyLine: number): string {
  const { mend } = lineMender({ ...cut, escape: 'double', comment: mark }, 1, new Map());
  return text
    .split(/(\r\n|\n|\r)/)
    .map((part, i) => (i % 2 === 1 || i / 2 < bodyLine ? part : mend(part)))
    .join('');
}
