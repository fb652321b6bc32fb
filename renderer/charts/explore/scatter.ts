import type { Reply } from '../../../core/protocol';
import { above, below, linearAxis, logAxis } from '../axis';
import type { AxisOption } from '../axis';
import type { Chart, ChartControl, ChartSettings, ChartStop, PlotOption } from '../chart';
import type { ChartTheme } from '../theme';
import { niceScale } from '../ticks';
import { axisName, rowsWords, valueOf } from './columns';
import type { PlotColumn } from './columns';
import { isCoarse, JITTER, jitterOf } from './jitter';
import { groupLegend, groupSeries, groupsOf } from './marks';
import { relationFinding, writtenR } from './relation';
import type { Relation } from './relation';

/** Rows as points of two columns; a third may show in the marks. */
export interface ScatterData {
  readonly points: Reply<'data/points'>;
  readonly x: PlotColumn;
  readonly y: PlotColumn;
  readonly by: PlotColumn | null;
  /** Over all rows in sight, not only those drawn; null while it is computed, or where there is none. */
  readonly relation: Relation | null;
  readonly filtered: boolean;
}

const margin = { left: 52, right: 14, top: 24, bottom: 38 };
const LEGEND = 112;

const sides = ['x', 'y'] as const;
type Side = (typeof sides)[number];
const place = { x: 0, y: 1 } as const;

const valuesOf = ({ points }: ScatterData, side: Side): Float64Array => points.columns[place[side]];
const levelsOf = ({ points }: ScatterData, side: Side): readonly string[] | null => points.levels[place[side]];

/** A logarithmic axis is offered where all values are positive and span more than a factor of 5, and chosen beyond one of 50. */
function scaleControl(data: ScatterData, side: Side): ChartControl[] {
  const [low, high] = extent(valuesOf(data, side));
  if (levelsOf(data, side) || !(low > 0) || high / low <= 5) return [];
  return [
    {
      id: `${side}Scale`,
      label: side === 'x' ? 'Across' : 'Up',
      choices: [
        { value: 'linear', label: 'linear' },
        { value: 'log', label: 'log' },
      ],
      initial: high / low > 50 ? 'log' : 'linear',
    },
  ];
}

const coarse = (data: ScatterData): Side[] => sides.filter((side) => isCoarse(data[side], levelsOf(data, side)));

/** Sides along which points are moved. */
const jittered = (data: ScatterData, settings: ChartSettings): Side[] =>
  settings.jitter === 'on' ? coarse(data).filter((side) => settings[`${side}Scale`] !== 'log') : [];

export const scatter: Chart<ScatterData> = {
  id: 'points',
  applies: ({ points }) => points.row.length > 0,
  controls: (data) => [
    ...sides.flatMap((side) => scaleControl(data, side)),
    ...(coarse(data).length === 0
      ? []
      : [
          {
            id: 'jitter',
            label: 'Equal values',
            choices: [
              { value: 'on', label: 'spread' },
              { value: 'off', label: 'in place' },
            ],
            initial: 'on',
          },
        ]),
  ],
  title({ x, y, relation }) {
    return (relation && relationFinding(x.label, y.label, relation)) ?? `${y.label} against ${x.label}`;
  },
  caption(data, settings) {
    const { points, relation, filtered } = data;
    const rows = rowsWords(points.row.length, points.of, points.total, filtered, 2);
    const moved = jittered(data, settings).map((side) => data[side].label);
    const spread = moved.length ? ` ${moved.join(' and ')}: moved by up to ${JITTER}, so that equal values show.` : '';
    const known = relation && !Number.isNaN(relation.pearson);
    const figures = known
      ? ` Pearson ${writtenR(relation.pearson)}, Spearman ${writtenR(relation.spearman)}${points.row.length < points.of ? ' over all of them' : ''}.`
      : '';
    return `${rows}${figures}${spread}`;
  },
  option(data, theme, size, settings): PlotOption {
    const groups = groupsOf(data.points, data.by);
    const legend = data.by && size.width > 360;
    const right = margin.right + (legend ? LEGEND : 0);
    const width = Math.max(40, size.width - margin.left - right);
    const height = Math.max(40, size.height - margin.top - margin.bottom);
    const at = drawnAt(data, settings);
    return {
      animation: false,
      grid: { left: margin.left, top: margin.top, width, height },
      xAxis: { ...axis(data, 'x', theme, settings, width / 70), ...below },
      yAxis: { ...axis(data, 'y', theme, settings, height / 60), ...above(theme, margin.left) },
      series: groupSeries(groups, theme, at),
      graphic:
        legend && data.by
          ? groupLegend(groups, axisName(data.by), theme, margin.left + width + 16, margin.top + 4, LEGEND)
          : [],
    } as PlotOption;
  },
  table({ points, x, y, by }) {
    const cell = (value: number, levels: readonly string[] | null): string | number | null =>
      Number.isNaN(value) ? null : levels ? (levels[value] ?? 'other') : value;
    return {
      columns: [
        'row_from_0',
        x.name,
        y.name,
        ...(by && points.by ? [`${by.name}${by === x || by === y ? ' (marks)' : ''}`] : []),
      ],
      rows: Array.from(points.row, (row, i) => [
        row,
        cell(points.columns[0][i], points.levels[0]),
        cell(points.columns[1][i], points.levels[1]),
        ...(by && points.by ? [cell(points.by.values[i], points.by.levels)] : []),
      ]),
    };
  },
  stops(data, settings): ChartStop[] {
    const { points, by } = data;
    const at = drawnAt(data, settings);
    return Array.from(points.row, (row, i): ChartStop => {
      const [x, y] = at(i);
      return {
        x,
        y,
        read: () => ({
          title: `Row ${(row + 1).toLocaleString('en')}`,
          entries: [
            ...sides.map((side) => ({
              mark: null,
              name: data[side].label,
              value: valueOf(data[side], valuesOf(data, side)[i], levelsOf(data, side)),
            })),
            ...(by && points.by
              ? [{ mark: null, name: by.label, value: valueOf(by, points.by.values[i], points.by.levels) }]
              : []),
          ],
        }),
      };
    }).sort((a, b) => a.x - b.x);
  },
};

/** Where a point is drawn. */
function drawnAt(data: ScatterData, settings: ChartSettings): (point: number) => readonly [number, number] {
  const moved = jittered(data, settings);
  const [byX, byY] = sides.map((side) => (moved.includes(side) ? 1 : 0));
  const [xs, ys] = sides.map((side) => valuesOf(data, side));
  const { row } = data.points;
  return (i) => [xs[i] + byX * jitterOf(row[i], 0), ys[i] + byY * jitterOf(row[i], 1)];
}

function axis(
  data: ScatterData,
  side: Side,
  theme: ChartTheme,
  settings: ChartSettings,
  intervals: number,
): AxisOption {
  const levels = levelsOf(data, side);
  const values = valuesOf(data, side);
  const log = settings[`${side}Scale`] === 'log';
  const name = `${axisName(data[side])}${log ? ' (log)' : ''}`;
  if (log) {
    const [low, high] = extent(values);
    return logAxis(theme, name, low / 1.12, high * 1.12);
  }
  const moved = jittered(data, settings).includes(side);
  if (!levels) return valueAxis(theme, name, values, moved ? 0.5 : 0, intervals);
  const last = Math.max(...values);
  const base = linearAxis(theme, name, { min: -0.5, max: last + 0.5, step: 1 });
  const customValues = Array.from({ length: last + 1 }, (_, i) => i);
  const word = (value: number): string => shortened(levels[value] ?? 'other', side === 'y' ? 7 : 12);
  return {
    ...base,
    axisTick: { show: false },
    axisLabel: { ...(base.axisLabel as object), customValues, formatter: word },
  } as AxisOption;
}

const shortened = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, length - 1)}…` : text;

/** A little more than the values reach, with ticks at round numbers inside: what is between points matters here, not zero. */
function valueAxis(theme: ChartTheme, name: string, values: Float64Array, pad: number, intervals: number): AxisOption {
  const [low, high] = extent(values);
  const room = Math.max(pad, (high - low) * 0.04) || Math.abs(low) || 1;
  const [min, max] = [low - room, high + room];
  const { min: first, step } = niceScale(low, high, Math.max(3, Math.min(7, Math.floor(intervals))));
  const customValues = Array.from({ length: 12 }, (_, i) => Number((first + i * step).toPrecision(12))).filter(
    (value) => value >= min && value <= max,
  );
  const base = linearAxis(theme, name, { min, max, step });
  return {
    ...base,
    axisTick: { ...(base.axisTick as object), customValues },
    axisLabel: { ...(base.axisLabel as object), customValues },
  } as AxisOption;
}

function extent(values: Float64Array): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}
