import type { ColumnInfo } from '../../../../core/data/types';
import { count } from '../../../format';

/** Height of a column's head. */
export const HEAD = 132;

/** Room for the row numbers of a table, all of them. */
export const rowHeadWidth = (rows: number): number => Math.max(44, Math.ceil(18 + 6.6 * count(rows).length));

/** Mean widths of a character in pixels: in the strong small type of heads, and of digits in cells. */
const HEAD_CHARACTER = 6.7;
const DIGIT = 8.45;
const PADDING = 17;
/** Role and type stand side by side. */
const LEAST = 87;
const MOST = 200;

interface Wish {
  /** Shows the longest word of the name, and enough of each value to tell it from others. */
  readonly least: number;
  /** Shows the name in two lines and most values whole. */
  readonly wanted: number;
}

/**
 * Widths of the columns in sight of `room` pixels. What is left over is shared; what is lacking is first taken from long values,
 * as far as it then fits: a table that nearly fits is not cut off at its last column.
 */
export function columnWidths(columns: readonly ColumnInfo[], room: number): number[] {
  const wishes = columns.map(wishOf);
  const wanted = wishes.reduce((sum, wish) => sum + wish.wanted, 0);
  const least = wishes.reduce((sum, wish) => sum + wish.least, 0);
  if (wanted === 0 || least > room) return wishes.map((wish) => wish.wanted);
  const widths =
    wanted > room
      ? wishes.map((wish) => Math.floor(wish.least + ((wish.wanted - wish.least) * (room - least)) / (wanted - least)))
      : wishes.map((wish) => Math.floor((wish.wanted * room) / wanted));
  const rest = room - widths.reduce((sum, width) => sum + width, 0);
  return widths.map((width, i) => (i === widths.length - 1 ? width + rest : width));
}

function wishOf(column: ColumnInfo): Wish {
  const name = inTwoLines(column.label);
  const values = valueLength(column);
  const width = (head: number, value: number): number =>
    Math.round(Math.min(MOST, Math.max(LEAST, PADDING + HEAD_CHARACTER * head, PADDING + DIGIT * value)));
  return { least: width(Math.min(name, 16), Math.min(values, 10)), wanted: width(name, Math.min(values, 18)) };
}

/** Characters of the longer of two lines, broken where it is shortest. */
function inTwoLines(label: string): number {
  const words = label.split(/\s+/);
  const breaks = words.map((_, i) => Math.max(words.slice(0, i).join(' ').length, words.slice(i).join(' ').length));
  return Math.min(...breaks);
}

/**
 * Characters of a long value of the column. A few of its numbers stand for all: one with many decimals is seldom alone. (Quantiles
 * between two values may have a last digit of their own.)
 */
function valueLength({ summary, levels }: ColumnInfo): number {
  if (!summary) return Math.max(...(levels ?? []).slice(0, 20).map(({ value }) => value.length), 6);
  const { min, q25, median, q75, max } = summary;
  const longest = Math.max(
    ...[min, q25, median, q75, max].map((value) => String(Number(value.toPrecision(12))).length),
  );
  return longest > 9 ? 18 : longest;
}
