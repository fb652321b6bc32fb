import type { GraphicComponentOption } from 'echarts/components';
import { plotFont } from './axis';
import type { PlotSize } from './chart';
import type { Mark } from './identity';
import { symbolElement } from './shapes';
import { spread } from './spread';
import { colourOf } from './theme';
import type { ChartTheme } from './theme';

/** The end of a line in pixels, and what stands beside it. */
export interface LineEnd {
  readonly mark: Mark;
  readonly name: string;
  /** The figure after the name. */
  readonly figure: string;
  readonly x: number;
  readonly y: number;
}

/** The column at the right of the plot that holds the labels. */
export interface LabelColumn {
  /** Room at the right of the plot, in pixels. */
  readonly right: number;
  /** Room for a name. */
  readonly name: number;
  /** Lines a name may take. */
  readonly lines: 1 | 2;
  readonly top: number;
  readonly bottom: number;
}

const gap = 17;
const gapOfTwoLines = 29;
/** Mean width in pixels of a character of the names. */
const NAME_CHARACTER = 6.4;
/** Room for the figure after the name. */
const figureWidth = 66;

/** A column as wide as the longest name needs, within a third of the chart; names in two lines where one is too short and all have room. */
export function labelColumn(names: readonly string[], size: PlotSize, top: number, bottom: number): LabelColumn {
  const lengths = names.map((name) => NAME_CHARACTER * name.length);
  const room = Math.min(280, size.width / 3);
  const fits = names.length * gapOfTwoLines <= size.height - top - bottom;
  const lines = fits && Math.max(0, ...lengths) > room ? 2 : 1;
  const wanted = lines === 1 ? lengths : names.map((name) => NAME_CHARACTER * longestLine(inTwo(name)));
  const name = Math.min(Math.max(72, ...wanted), room);
  return { right: name + figureWidth + 14, name, lines, top, bottom };
}

/** A comma so many characters further from the middle is as good a place. */
const COMMA = 4;

const longestLine = (text: string): number => Math.max(...text.split('\n').map((line) => line.length));

/** A name broken at the blank nearest to its middle, rather after a comma than within a phrase. */
export function inTwo(name: string): string {
  const blanks = [...name.matchAll(/ /g)].map(({ index }) => index);
  if (blanks.length === 0) return name;
  const cost = (blank: number): number => Math.abs(blank - name.length / 2) - (name[blank - 1] === ',' ? COMMA : 0);
  const at = blanks.reduce((a, b) => (cost(b) < cost(a) ? b : a));
  return `${name.slice(0, at)}\n${name.slice(at + 1)}`;
}

/** Names in a column at the right edge, in ink, moved apart, joined to the end of their line. */
export function endLabels(
  ends: readonly LineEnd[],
  column: LabelColumn,
  size: PlotSize,
  theme: ChartTheme,
): GraphicComponentOption[] {
  const placed = spread(
    ends.map((end) => end.y),
    column.lines === 2 ? gapOfTwoLines : gap,
    column.top,
    size.height - column.bottom,
  );
  const left = size.width - column.right + 12;
  return ends.flatMap((end, i): GraphicComponentOption[] => {
    const colour = colourOf(theme, end.mark);
    const leader: [number, number][] = [
      [Math.min(end.x + 7, left - 16), end.y],
      [left - 15, placed[i]],
      [left - 5, placed[i]],
    ];
    return [
      {
        type: 'polyline',
        silent: true,
        z: 8,
        shape: { points: leader },
        style: { stroke: colour, lineWidth: 1, opacity: 0.55, fill: 'none' },
      },
      symbolElement(end.mark, end.x, end.y, 4, colour, theme.background),
      text(left, placed[i], writtenIn(column, end.name), plotFont(theme, 560, 12), theme.text, column.name),
      text(left + column.name + 2, placed[i], end.figure, plotFont(theme), theme.text2, figureWidth),
    ];
  });
}

function writtenIn({ name: room, lines }: LabelColumn, name: string): string {
  const characters = Math.floor(room / NAME_CHARACTER);
  return lines === 2 && name.length > characters ? inTwo(name) : shortened(name, characters);
}

const text = (
  x: number,
  y: number,
  words: string,
  font: string,
  fill: string,
  width: number,
): GraphicComponentOption => ({
  type: 'text',
  silent: true,
  z: 9,
  x,
  y,
  style: {
    text: words,
    font,
    fill,
    width,
    lineHeight: 13,
    overflow: 'truncate',
    ellipsis: '…',
    verticalAlign: 'middle',
  },
});

/** A long name cut before the number that tells it from its namesakes: "Directions from mo… 2". */
export function shortened(name: string, length: number): string {
  if (name.length <= length) return name;
  const number = / \d+$/.exec(name)?.[0] ?? '';
  return `${name.slice(0, length - number.length - 1).trimEnd()}…${number}`;
}
