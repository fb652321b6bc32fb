import type { GraphicComponentOption } from 'echarts/components';
import type { Reply } from '../../../core/protocol';
import { count } from '../../format';
import { plotFont } from '../axis';
import type { Chart, ChartStop, PlotOption, PlotSize } from '../chart';
import type { ChartTheme } from '../theme';
import { axisNumber, niceScale } from '../ticks';
import { divergingColour, inkOn } from './colour';
import { axisName, rowsWords, valueOf } from './columns';
import type { PlotColumn } from './columns';
import { groupLegend, groupSeries, groupsOf } from './marks';
import { writtenR } from './relation';

/** Two to six columns against each other, on the same rows. */
export interface PairsData {
  readonly points: Reply<'data/points'>;
  readonly columns: readonly PlotColumn[];
  readonly by: PlotColumn | null;
  /** Correlations of the columns, or null while they are computed. */
  readonly correlations: Reply<'data/correlations'> | null;
  readonly filtered: boolean;
}

const margin = { left: 46, right: 8, top: 6, bottom: 22 };
const LEGEND = 120;
const GAP = 6;
const BINS = 16;
const CHIP = { width: 56, height: 26 };
const PAD = 0.06;

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Every column against every other: points below the diagonal, the columns' own histograms on it, their correlations above. All
 * panels share one pair of axes, in panels: [1, 2) is the second.
 */
export const pairs: Chart<PairsData> = {
  id: 'pairs',
  applies: ({ columns, points }) => columns.length > 1 && points.row.length > 0,
  controls: () => [],
  title({ columns }) {
    return `${count(columns.length)} columns, each against every other`;
  },
  caption({ points, columns, filtered, correlations }) {
    const rows = rowsWords(points.row.length, points.of, points.total, filtered, columns.length);
    const above = correlations ? ' Above the diagonal: Pearson correlation of all rows with both values.' : '';
    return `${rows} On the diagonal: histograms of the rows drawn.${above} Click a panel for its points.`;
  },
  option(data, theme, size): PlotOption {
    const c = data.columns.length;
    const area = areaOf(data, size);
    const scales = data.points.columns.map(rangeOf);
    const side = { x: area.width / c, y: area.height / c };
    const box = (row: number, column: number): Box => ({
      left: area.left + column * side.x + GAP / 2,
      top: area.top + row * side.y + GAP / 2,
      width: side.x - GAP,
      height: side.y - GAP,
    });
    const inset = { x: GAP / 2 / side.x, y: GAP / 2 / side.y };
    // From a value to its place across or up a panel, in panels.
    const across = (column: number, value: number): number => inset.x + (1 - 2 * inset.x) * scales[column].place(value);
    const up = (row: number, value: number): number => 1 - inset.y - (1 - 2 * inset.y) * scales[row].place(value);
    const below = Array.from({ length: c }, (_, row) =>
      Array.from({ length: row }, (__, column) => [row, column] as const),
    ).flat();
    const groups = groupsOf(data.points, data.by);
    const series = groupSeries(groups, theme, () => [0, 0], c > 4 ? 0.75 : 0.85).map((one, g) => ({
      ...one,
      // All panels' points of a group are one series.
      large: groups.length === 1 && groups[g].points.length * below.length > 2000,
      data: below.flatMap(([row, column]) =>
        groups[g].points.map((i) => [
          column + across(column, data.points.columns[column][i]),
          row + up(row, data.points.columns[row][i]),
        ]),
      ),
    }));
    return {
      animation: false,
      grid: area,
      xAxis: { type: 'value', min: 0, max: c, show: false },
      yAxis: { type: 'value', min: 0, max: c, inverse: true, show: false },
      series,
      graphic: [
        ...below.flatMap(([row, column]) => [frame(box(row, column), theme)]),
        ...data.columns.flatMap((column, i) => histogram(column, data.points.columns[i], box(i, i), theme)),
        ...below.flatMap(([row, column]) => correlation(data, row, column, box(column, row), theme)),
        ...data.columns.flatMap((_, i) => [
          ...(i > 0 ? ticks(scales[i], box(i, 0), 'up', theme) : []),
          ...ticks(scales[i], box(c - 1, i), 'across', theme),
        ]),
        ...(data.by
          ? groupLegend(groups, axisName(data.by), theme, area.left + area.width + 14, margin.top + 12, LEGEND - 20)
          : []),
      ],
    } as PlotOption;
  },
  table({ points, columns, by }) {
    const cell = (value: number, levels: readonly string[] | null): string | number | null =>
      Number.isNaN(value) ? null : levels ? (levels[value] ?? 'other') : value;
    const marks = by && points.by && !columns.some(({ name }) => name === by.name) ? points.by : null;
    return {
      columns: ['row_from_0', ...columns.map(({ name }) => name), ...(marks && by ? [by.name] : [])],
      rows: Array.from(points.row, (row, i) => [
        row,
        ...points.columns.map((values, j) => cell(values[i], points.levels[j])),
        ...(marks ? [cell(marks.values[i], marks.levels)] : []),
      ]),
    };
  },
  stops(data): ChartStop[] {
    const { columns, points } = data;
    const c = columns.length;
    return columns.flatMap((own, row) =>
      columns.map((other, column): ChartStop => {
        const at = { x: column + 0.5, y: row + 0.5, box: { width: 1, height: 1 } };
        if (row === column) {
          const sorted = Float64Array.from(points.columns[row]).sort();
          const quantiles = { Least: 0, Median: 0.5, Largest: 1 };
          const entries = Object.entries(quantiles).map(([name, share]) => ({
            mark: null,
            name,
            value: valueOf(own, sorted[Math.round(share * (sorted.length - 1))], null),
          }));
          return { ...at, read: () => ({ title: own.label, entries }) };
        }
        const r = data.correlations?.values[row * c + column] ?? Number.NaN;
        const n = data.correlations?.counts[row * c + column];
        return {
          ...at,
          pick: JSON.stringify([row > column ? own.name : other.name, row > column ? other.name : own.name]),
          read: () => ({
            title: `${own.label} and ${other.label}`,
            entries: [
              { mark: null, name: 'Pearson', value: Number.isNaN(r) ? 'not known' : writtenR(r) },
              ...(n === undefined ? [] : [{ mark: null, name: 'Rows with both', value: count(n) }]),
            ],
          }),
        };
      }),
    );
  },
  across({ columns }, from, down) {
    const next = from + (down ? columns.length : -columns.length);
    return next >= 0 && next < columns.length ** 2 ? next : null;
  },
};

const areaOf = (data: PairsData, size: PlotSize): Box => ({
  left: margin.left,
  top: margin.top,
  width: Math.max(40, size.width - margin.left - margin.right - (data.by ? LEGEND : 0)),
  height: Math.max(40, size.height - margin.top - margin.bottom),
});

interface Range {
  readonly ticks: { readonly at: number; readonly text: string }[];
  /** 0 to 1 across the panel. */
  place(value: number): number;
}

function rangeOf(values: Float64Array): Range {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const span = high > low ? high - low : 1;
  const middle = high > low ? low : low - 0.5;
  const place = (value: number): number => PAD + (1 - 2 * PAD) * ((value - middle) / span);
  const { min, step } = niceScale(low, high, 3);
  const ticks = Array.from({ length: 6 }, (_, i) => Number((min + i * step).toPrecision(12)))
    .filter((value) => value >= low - span * PAD && value <= high + span * PAD)
    .map((value) => ({ at: place(value), text: axisNumber(value, step) }));
  return { ticks, place };
}

const frame = ({ left, top, width, height }: Box, theme: ChartTheme): GraphicComponentOption => ({
  type: 'rect',
  silent: true,
  z: 1,
  shape: { x: left + 0.5, y: top + 0.5, width: width - 1, height: height - 1 },
  style: { fill: 'none', stroke: theme.grid, lineWidth: 1 },
});

/** The column's own distribution with its name over it. */
function histogram(column: PlotColumn, values: Float64Array, box: Box, theme: ChartTheme): GraphicComponentOption[] {
  const { place } = rangeOf(values);
  const counts = new Array<number>(BINS).fill(0);
  const [from, to] = [PAD, 1 - PAD];
  for (const value of values) counts[Math.min(BINS - 1, Math.floor((BINS * (place(value) - from)) / (to - from)))]++;
  const most = Math.max(...counts);
  const room = Math.max(4, box.height - 22);
  const width = (box.width * (to - from)) / BINS;
  return [
    ...counts.map((n, i): GraphicComponentOption => {
      const height = (room * n) / most;
      return {
        type: 'rect',
        silent: true,
        z: 2,
        shape: {
          x: box.left + box.width * from + i * width,
          y: box.top + box.height - height,
          width: Math.max(0.5, width - 1),
          height,
        },
        style: { fill: theme.baseline, opacity: 0.55 },
      };
    }),
    frame(box, theme),
    {
      type: 'text',
      silent: true,
      z: 5,
      x: box.left + 5,
      y: box.top + 4,
      style: {
        text: axisName(column),
        font: plotFont(theme, 530),
        fill: theme.text,
        width: box.width - 8,
        overflow: 'truncate',
      },
    },
  ];
}

function correlation(data: PairsData, a: number, b: number, box: Box, theme: ChartTheme): GraphicComponentOption[] {
  const r = data.correlations?.values[a * data.columns.length + b];
  if (r === undefined) return [];
  const fill = Number.isNaN(r) ? theme.band : divergingColour(theme, r);
  return [
    {
      type: 'rect',
      silent: true,
      z: 1,
      shape: {
        x: box.left + (box.width - CHIP.width) / 2,
        y: box.top + (box.height - CHIP.height) / 2,
        width: CHIP.width,
        height: CHIP.height,
        r: 3,
      },
      style: { fill },
    },
    frame(box, theme),
    {
      type: 'text',
      silent: true,
      z: 5,
      x: box.left + box.width / 2,
      y: box.top + box.height / 2,
      style: {
        text: Number.isNaN(r) ? '–' : writtenR(r),
        font: plotFont(theme, 530, 13),
        fill: inkOn(fill, theme),
        align: 'center',
        verticalAlign: 'middle',
      },
    },
  ];
}

function ticks(range: Range, box: Box, way: 'up' | 'across', theme: ChartTheme): GraphicComponentOption[] {
  return range.ticks.flatMap(({ at, text }): GraphicComponentOption[] => {
    const [x, y] =
      way === 'up'
        ? [box.left - 6, box.top + box.height * (1 - at)]
        : [box.left + box.width * at, box.top + box.height + 6];
    return [
      {
        type: 'line',
        silent: true,
        z: 2,
        shape: way === 'up' ? { x1: x + 2, x2: x + 6, y1: y, y2: y } : { x1: x, x2: x, y1: y - 6, y2: y - 2 },
        style: { stroke: theme.axis, lineWidth: 1 },
      },
      {
        type: 'text',
        silent: true,
        z: 2,
        x,
        y,
        style: {
          text,
          font: plotFont(theme),
          fill: theme.text2,
          align: way === 'up' ? 'right' : 'center',
          verticalAlign: way === 'up' ? 'middle' : 'top',
        },
      },
    ];
  });
}
