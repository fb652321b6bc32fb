import type { CustomSeriesOption, LineSeriesOption } from 'echarts/charts';
import type { ExperimentFigure } from '../../core/experiments/types';
import { compact, count, significant } from '../format';
import { above, axisOf, below } from './axis';
import type { Chart, ChartControl, ChartStop, PlotOption } from './chart';
import { endLabels, labelColumn } from './end-labels';
import type { LineEnd } from './end-labels';
import { figureAxes, figureFrame, figureMargins, hasLogX, hasLogY } from './experiment-figure-axes';
import type { FigureAxes } from './experiment-figure-axes';
import { lifted } from './frame';
import { markOf } from './identity';
import { symbolElement } from './shapes';
import { colourOf } from './theme';

type Series = ExperimentFigure['series'][number];

/** Up to so many points every one carries its symbol; longer lines carry about as many. */
const SYMBOLS = 12;
const STOPS = 60;

/** A figure of an experiment: the median of each series over its seeds, in a band between the quartiles. */
export function experimentFigureChart(id: string): Chart<ExperimentFigure> {
  return {
    id,
    applies: (figure) => figure.series.some(({ points }) => points.length > 0),
    title: ({ title }) => title,
    caption: (figure, settings) =>
      settings.bands === 'off' || !isSpread(figure)
        ? `${medians(figure)}.`
        : `${medians(figure)}; the band lies between the quartiles.`,
    controls: figureControls,
    option: (figure, theme, size, settings) => {
      const axes = figureAxes(figure, settings);
      const drawn = drawnSeries(figure, axes);
      const column = labelColumn(
        drawn.map(({ name }) => name),
        size,
        figureMargins.top,
        figureMargins.bottom,
      );
      const frame = figureFrame(
        drawn.map(({ points }) => points),
        axes,
        settings.bands !== 'off',
        size,
        column.right,
      );
      const lift = (y: number): number => lifted(frame.y, y);
      const bands =
        settings.bands === 'off' || !isSpread(figure) ? [] : drawn.filter(({ points }) => points.length > 1);
      const areas = bands.map(({ mark, points }): CustomSeriesOption => {
        const colour = colourOf(theme, mark);
        const edge = (end: 'low' | 'high') => points.map((point) => [frame.px(point.x), frame.py(lift(point[end]))]);
        const [low, high] = [edge('low'), edge('high')];
        const line = (shape: number[][]) => ({
          type: 'polyline' as const,
          shape: { points: shape },
          style: { stroke: colour, lineWidth: 1, opacity: 0.35, fill: 'none', lineDash: [...mark.dash] },
        });
        return {
          type: 'custom',
          silent: true,
          z: 1,
          data: [0],
          renderItem: () => ({
            type: 'group',
            children: [
              {
                type: 'polygon',
                shape: { points: [...high, ...low.reverse()] },
                style: { fill: colour, opacity: 0.12 },
              },
              line(high),
              line(low),
            ],
          }),
        } as CustomSeriesOption;
      });
      const lines = drawn.map(({ mark, points }): LineSeriesOption => ({
        type: 'line',
        silent: true,
        symbol: 'none',
        z: 4,
        data: points.map(({ x, median }) => [x, lift(median)]),
        lineStyle: {
          color: colourOf(theme, mark),
          width: 1.75,
          type: mark.dash.length ? [...mark.dash] : 'solid',
        },
      }));
      const ends = drawn.map(({ mark, name, points }): LineEnd => {
        const last = points[points.length - 1];
        return { mark, name, figure: significant(last.median, 3), x: frame.px(last.x), y: frame.py(lift(last.median)) };
      });
      return {
        animation: false,
        grid: { ...figureMargins, right: column.right },
        xAxis: { ...axisOf(theme, axes.xName, frame.x), ...below },
        yAxis: {
          ...axisOf(theme, axes.yName, frame.y),
          ...above(theme, figureMargins.left),
          axisTick: { show: false },
          minorTick: { show: false },
          splitLine: { show: true, lineStyle: { color: theme.grid } },
        },
        series: [...areas, ...lines],
        graphic: [
          ...drawn.flatMap(({ mark, points }) =>
            someOf(points.slice(0, -1), SYMBOLS).map(({ x, median }) =>
              symbolElement(mark, frame.px(x), frame.py(lift(median)), 3.2, colourOf(theme, mark), theme.background),
            ),
          ),
          ...endLabels(ends, column, size, theme),
        ],
      } as PlotOption;
    },
    table: (figure) => ({
      columns: ['series', figure.x.label, 'median', 'lower_quartile', 'upper_quartile', 'seeds'],
      rows: figure.series.flatMap(({ name, points, seeds }) =>
        points.map(({ x, median, low, high }) => [name, x, median, low, high, seeds]),
      ),
    }),
    stops: (figure, settings) => stopsOf(figure, figureAxes(figure, settings)),
  };
}

/** "Median of 20 seeds", or of how many each series has had so far. */
function medians({ series }: ExperimentFigure): string {
  const seeds = series.filter(({ points }) => points.length > 0).map((one) => one.seeds);
  const [least, most] = [Math.min(...seeds), Math.max(...seeds)];
  if (most === 1) return 'One seed';
  return least === most ? `Median of ${count(most)} seeds` : `Median of ${count(least)} to ${count(most)} seeds`;
}

/** Seeds differ somewhere, so that there is a band to be drawn. */
const isSpread = ({ series }: ExperimentFigure): boolean =>
  series.some(({ points }) => points.some(({ low, high }) => high > low));

function figureControls(figure: ExperimentFigure): ChartControl[] {
  const scales = (id: 'xScale' | 'yScale', label: string, initial: string): ChartControl => ({
    id,
    label,
    choices: [
      { value: 'log', label: 'log' },
      { value: 'linear', label: 'linear' },
    ],
    initial,
  });
  return [
    ...(hasLogX(figure) ? [scales('xScale', 'Across', figure.x.scale)] : []),
    ...(hasLogY(figure) ? [scales('yScale', 'Up', figure.y.scale)] : []),
    ...(isSpread(figure)
      ? [
          {
            id: 'bands',
            label: 'Quartiles',
            choices: [
              { value: 'on', label: 'shown' },
              { value: 'off', label: 'hidden' },
            ],
            initial: 'on',
          },
        ]
      : []),
  ];
}

/** The series that have a point, with their marks and the places of their points on the axis. */
const drawnSeries = (figure: ExperimentFigure, axes: FigureAxes) =>
  figure.series
    .map(({ name, points }, slot) => ({
      name,
      mark: markOf(slot),
      points: points.map((point) => ({ ...point, x: axes.place(point.x) })),
    }))
    .filter(({ points }) => points.length > 0);

/** About `most` of the entries, evenly spread. */
function someOf<T>(entries: readonly T[], most: number): readonly T[] {
  const step = Math.max(1, Math.ceil(entries.length / most));
  return entries.filter((_, i) => i % step === 0);
}

/** The crosshair stands where a series has a point; at each, what every series has there. */
function stopsOf(figure: ExperimentFigure, axes: FigureAxes): ChartStop[] {
  const xs = [...new Set(figure.series.flatMap(({ points }) => points.map(({ x }) => x)))].sort((a, b) => a - b);
  return someOf(xs, STOPS).map((x) => ({
    x: axes.place(x),
    y: null,
    read: () => ({
      title: `${figure.x.label} ${compact(x, 4)}`,
      entries: figure.series.flatMap((series, slot) => {
        const value = valueAt(series, x);
        return value === null ? [] : [{ mark: markOf(slot), name: series.name, value }];
      }),
    }),
  }));
}

function valueAt({ points }: Series, x: number): string | null {
  const at = points.find((point) => point.x === x);
  if (!at) return null;
  const median = significant(at.median, 3);
  return at.high > at.low ? `${median} (${significant(at.low, 3)} to ${significant(at.high, 3)})` : median;
}
