import type { GraphicComponentOption } from 'echarts/components';
import type { Reply } from '../../../core/protocol';
import { alike, count } from '../../format';
import { plotFont } from '../axis';
import type { Chart, ChartSettings, ChartStop, PlotOption, PlotSize } from '../chart';
import { divergingColour, inkOn } from './colour';
import type { PlotColumn } from './columns';
import { bySimilarity } from './correlation-order';
import { writtenR } from './relation';
import { strongestPairs } from './strongest';

/** Correlations of chosen columns, in the order of the file. */
export interface CorrelationMapData {
  readonly correlations: Reply<'data/correlations'>;
  readonly kind: 'pearson' | 'spearman';
  readonly columns: readonly PlotColumn[];
  /** Name of the target, or null. */
  readonly target: string | null;
  readonly filtered: boolean;
  /** Names of the pair whose points are shown. */
  readonly shown: readonly string[];
}

const margin = { top: 2, bottom: 6 };
/** Mean width of a character of the names. */
const CHARACTER = 6.3;
const NAME = { least: 24, most: 150 };
const CELL = { width: 84, height: 38 };
/** What a number needs around it. */
const NUMBER = { width: 33, height: 14 };

/** What the plot has use for, in pixels; more would stay empty. */
export const mapHeight = (columns: number): number => margin.top + margin.bottom + CELL.height * columns;

/** Places of the columns from top to bottom. */
const orderOf = ({ correlations }: CorrelationMapData, settings: ChartSettings): number[] =>
  settings.order === 'alike'
    ? bySimilarity(correlations.values, correlations.columns.length)
    : correlations.columns.map((_, i) => i);

/** Cells below the diagonal, where the names stand: row by row. */
const cellsOf = (c: number): { row: number; column: number }[] =>
  Array.from({ length: c }, (_, row) => Array.from({ length: row }, (__, column) => ({ row, column }))).flat();

/** The n-th cell, and back. */
const placeOf = (index: number): { row: number; column: number } => {
  const row = Math.floor((1 + Math.sqrt(8 * index + 1)) / 2);
  return { row, column: index - (row * (row - 1)) / 2 };
};
const indexOf = (row: number, column: number): number => (row * (row - 1)) / 2 + column;

/**
 * Every pair of columns once: the cell where the row of one meets the column of the other, both named on the diagonal. Colour and
 * number say the same.
 */
export const correlationMap: Chart<CorrelationMapData> = {
  id: 'correlations',
  applies: ({ columns }) => columns.length > 1,
  controls: ({ columns }) =>
    columns.length < 4
      ? []
      : [
          {
            id: 'order',
            label: 'Order',
            choices: [
              { value: 'file', label: 'As in the file' },
              { value: 'alike', label: 'Alike together' },
            ],
            initial: 'file',
          },
        ],
  title: finding,
  caption(data) {
    const { counts, rows } = data.correlations;
    const c = data.columns.length;
    const pairs = cellsOf(c).map(({ row, column }) => counts[row * c + column]);
    const [low, high] = [Math.min(...pairs), Math.max(...pairs)];
    const n = low === high ? `N = ${count(low)} rows` : `N = ${count(low)} to ${count(high)} rows`;
    const name = data.kind === 'pearson' ? 'Pearson correlation' : 'Spearman rank correlation';
    const gaps = low < rows ? ', each pair over those with both values' : '';
    const hidden = data.filtered ? '; the filter hides the others' : '';
    return `${name}, ${n}${gaps}${hidden}. Blue: they rise together. Orange: one falls as the other rises. Click a cell for its points.`;
  },
  option(data, theme, size, settings): PlotOption {
    const order = orderOf(data, settings);
    const c = order.length;
    const layout = layoutOf(
      order.map((place) => data.columns[place]),
      size,
    );
    const { width, height } = layout;
    const withNumbers = width >= NUMBER.width && height >= NUMBER.height;
    const cells = cellsOf(c).flatMap(({ row, column }): GraphicComponentOption[] => {
      const [a, b] = [order[row], order[column]];
      const r = data.correlations.values[a * c + b];
      const known = !Number.isNaN(r);
      const fill = known ? divergingColour(theme, r) : theme.band;
      const [x, y] = [column * width, margin.top + row * height];
      const open = [a, b].every((place) => data.shown.includes(data.columns[place].name));
      return [
        {
          type: 'rect',
          silent: true,
          z: open ? 4 : 2,
          shape: { x: x + 0.5, y: y + 0.5, width: width - 1, height: height - 1 },
          style: { fill, stroke: open ? theme.text : 'none', lineWidth: open ? 2 : 0 },
        },
        ...(withNumbers || (!known && width >= 12)
          ? [
              {
                type: 'text' as const,
                silent: true,
                z: 5,
                x: x + width / 2,
                y: y + height / 2,
                style: {
                  text: known ? writtenR(r) : '–',
                  align: 'center' as const,
                  verticalAlign: 'middle' as const,
                  font: plotFont(theme, open ? 620 : 420),
                  fill: inkOn(fill, theme),
                },
              },
            ]
          : []),
      ];
    });
    const names = order.map((place, row): GraphicComponentOption => {
      const { name, label } = data.columns[place];
      return {
        type: 'text',
        silent: true,
        z: 5,
        x: row * width + (row === 0 ? 2 : 7),
        y: margin.top + (row + 0.5) * height,
        style: {
          text: label,
          verticalAlign: 'middle',
          font: plotFont(theme, name === data.target ? 620 : 420, height < 13 ? 9 : 11),
          fill: theme.text,
          width: layout.names,
          overflow: 'truncate',
        },
      };
    });
    return {
      animation: false,
      // Nothing is drawn on these axes; they say where the cells are.
      grid: { left: 0, top: margin.top, width: Math.max(1, width * (c - 1)), height: height * c },
      xAxis: { type: 'value', min: 0, max: c - 1, show: false },
      yAxis: { type: 'value', min: 0, max: c, inverse: true, show: false },
      series: [],
      graphic: [...cells, ...names, ...scaleBar(theme, size)],
    } as PlotOption;
  },
  table(data, settings) {
    const order = orderOf(data, settings);
    const c = order.length;
    return {
      columns: ['column', 'with', data.kind, 'rows'],
      rows: cellsOf(c).map(({ row, column }) => {
        const [a, b] = [order[row], order[column]];
        const r = data.correlations.values[a * c + b];
        return [
          data.columns[a].name,
          data.columns[b].name,
          Number.isNaN(r) ? null : r,
          data.correlations.counts[a * c + b],
        ];
      }),
    };
  },
  stops(data, settings): ChartStop[] {
    const order = orderOf(data, settings);
    const c = order.length;
    return cellsOf(c).map(({ row, column }) => {
      const [a, b] = [order[row], order[column]];
      const pair = [data.columns[a], data.columns[b]];
      const r = data.correlations.values[a * c + b];
      return {
        x: column + 0.5,
        y: row + 0.5,
        box: { width: 1, height: 1 },
        pick: JSON.stringify(pair.map(({ name }) => name)),
        read: () => ({
          title: pair.map(({ label }) => label).join(' and '),
          entries: [
            {
              mark: null,
              name: data.kind === 'pearson' ? 'Pearson' : 'Spearman',
              value: Number.isNaN(r) ? 'cannot be told' : alike([r], 3)(r),
            },
            { mark: null, name: 'Rows with both', value: count(data.correlations.counts[a * c + b]) },
          ],
        }),
      };
    });
  },
  across(data, from, down) {
    const { row, column } = placeOf(from);
    const next = down ? row + 1 : row - 1;
    return next < data.columns.length && column < next ? indexOf(next, column) : null;
  },
};

/** Cells as wide as the names beside them allow. */
function layoutOf(columns: readonly PlotColumn[], size: PlotSize): { width: number; height: number; names: number } {
  const names = Math.min(NAME.most, size.width / 3);
  const widths = columns.map(({ label }, row) => {
    const name = Math.min(names, Math.max(NAME.least, label.length * CHARACTER));
    return (size.width - name - 8) / Math.max(1, row);
  });
  return {
    width: Math.min(CELL.width, ...widths),
    height: Math.min(CELL.height, (size.height - margin.top - margin.bottom) / columns.length),
    names,
  };
}

/** What the colours stand for, in the corner that the names leave free. */
function scaleBar(theme: Parameters<typeof divergingColour>[0], size: PlotSize): GraphicComponentOption[] {
  const steps = 20;
  const width = Math.min(120, size.width / 3);
  const left = size.width - width - 2;
  const top = 4;
  return [
    ...Array.from({ length: steps }, (_, i): GraphicComponentOption => ({
      type: 'rect',
      silent: true,
      shape: { x: left + (i * width) / steps, y: top, width: width / steps + 0.5, height: 7 },
      style: { fill: divergingColour(theme, -1 + (2 * i + 1) / steps) },
    })),
    ...[-1, 0, 1].map((value): GraphicComponentOption => ({
      type: 'text',
      silent: true,
      x: left + ((value + 1) / 2) * width,
      y: top + 10,
      style: {
        text: writtenR(value).replace('.00', ''),
        align: value < 0 ? 'left' : value > 0 ? 'right' : 'center',
        font: plotFont(theme),
        fill: theme.text2,
      },
    })),
  ];
}

function finding(data: CorrelationMapData): string {
  const pairs = strongestPairs(data.correlations);
  const label = (place: number): string => data.columns[place].label;
  const target = data.columns.findIndex(({ name }) => name === data.target);
  const own = pairs.find(({ a, b }) => a === target || b === target);
  if (own && Math.abs(own.r) >= 0.2)
    return `${label(target)} goes with ${label(own.a === target ? own.b : own.a)} most (${writtenR(own.r)})`;
  if (pairs.length > 0 && Math.abs(pairs[0].r) >= 0.2)
    return `${label(pairs[0].a)} and ${label(pairs[0].b)} go together most (${writtenR(pairs[0].r)})`;
  return pairs.length > 0
    ? 'No two of these columns go together closely'
    : 'No two of these columns clearly go together';
}
