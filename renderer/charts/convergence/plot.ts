import type { CustomSeriesOption, LineSeriesOption } from 'echarts/charts';
import type { GraphicComponentOption } from 'echarts/components';
import { above, below, linearAxis, logAxis, plotFont } from '../axis';
import type { AxisOption } from '../axis';
import type { PlotOption, PlotSize } from '../chart';
import { symbolElement } from '../shapes';
import { spread } from '../spread';
import { colourOf } from '../theme';
import type { ChartTheme } from '../theme';
import { bestSeen, leadingCurve, samples, thin } from './curves';
import type { ConvergenceAxes, ConvergenceData, ConvergenceRun, Curve, Sample } from './curves';
import { frameOf, margins } from './frame';
import type { Frame, Scale } from './frame';
import { stageMarks } from './stages';
import { acrossName, endWords, upName } from './words';

/** So many restarts are drawn at most, shared among the runs; the caption says how many there are. */
export const faintLimit = 60;
const faintPoints = 120;
const labelGap = 17;
/** Mean width in pixels of a character of the names beside the plot. */
const NAME_CHARACTER = 6.4;
/** Room for the figure after the name. */
const figureWidth = 66;

interface StrongLine {
  readonly run: ConvergenceRun;
  readonly curve: Curve;
  readonly samples: readonly Sample[];
}

/** Every run's leading curve with at least one value in the chosen quantity. */
export function strongLines(data: ConvergenceData, axes: ConvergenceAxes): StrongLine[] {
  const best = bestSeen(data);
  return data.runs.flatMap((run) => {
    const curve = leadingCurve(run);
    const line = curve ? samples(curve, axes, best.get(run.rowsKey) ?? Number.NaN) : [];
    return curve && line.length ? [{ run, curve, samples: line }] : [];
  });
}

/** The other starts, the first of each run first, so that every run keeps some. */
export function faintCurves(data: ConvergenceData): { run: ConvergenceRun; curve: Curve }[] {
  const byRank = data.runs.flatMap((run) => {
    const leader = leadingCurve(run);
    return run.curves.filter((curve) => curve !== leader).map((curve, rank) => ({ run, curve, rank }));
  });
  return byRank.sort((a, b) => a.rank - b.rank).slice(0, faintLimit);
}

export function convergenceOption(
  data: ConvergenceData,
  theme: ChartTheme,
  size: PlotSize,
  axes: ConvergenceAxes,
): PlotOption {
  const strong = strongLines(data, axes);
  const name = nameWidth(
    strong.map((line) => line.run.name),
    size.width,
  );
  const frame = frameOf(
    strong.map((line) => line.samples),
    axes,
    size,
    name + figureWidth + 14,
  );
  const lift = (y: number): number => (frame.y.log ? Math.max(y, frame.y.min) : y);
  const pairs = (line: readonly Sample[]): [number, number][] => line.map((sample) => [sample.x, lift(sample.y)]);
  const best = bestSeen(data);
  const faint: LineSeriesOption[] = faintCurves(data).map(({ run, curve }) => ({
    type: 'line',
    silent: true,
    symbol: 'none',
    z: 1,
    data: pairs(thin(samples(curve, axes, best.get(run.rowsKey) ?? Number.NaN), faintPoints, axes.acrossLog)),
    lineStyle: { color: theme.baseline, width: 1, opacity: 0.28 },
  }));
  const lines: LineSeriesOption[] = strong.map(({ run, samples: line }) => ({
    type: 'line',
    name: run.name,
    silent: true,
    symbol: 'none',
    z: 4,
    data: pairs(line),
    lineStyle: {
      color: colourOf(theme, run.mark),
      width: 1.75,
      type: run.mark.dash.length ? [...run.mark.dash] : 'solid',
    },
  }));
  return {
    animation: false,
    grid: { ...margins, right: frame.right },
    xAxis: { ...axisOf(theme, acrossName(axes), frame.x), ...below },
    yAxis: {
      ...axisOf(theme, upName(axes, data), frame.y),
      ...above(theme, margins.left),
      axisTick: { show: false },
      minorTick: { show: false },
      splitLine: { show: true, lineStyle: { color: theme.grid } },
    },
    series: [...faint, ...lines] as (LineSeriesOption | CustomSeriesOption)[],
    graphic: [...endLabels(strong, frame, theme, size, axes, name), ...stageMarks(strong, frame, theme)],
  } as PlotOption;
}

/** As wide as the longest name, within a quarter of the chart. */
const nameWidth = (names: readonly string[], width: number): number =>
  Math.min(Math.max(96, ...names.map((name) => NAME_CHARACTER * name.length)), 220, 0.25 * width);

const axisOf = (theme: ChartTheme, name: string, scale: Scale): AxisOption =>
  scale.linear ? linearAxis(theme, name, scale.linear) : logAxis(theme, name, scale.min, scale.max);

/** Names in a column at the right edge, in ink, moved apart, joined to the end of their line. */
function endLabels(
  strong: readonly StrongLine[],
  frame: Frame,
  theme: ChartTheme,
  size: PlotSize,
  axes: ConvergenceAxes,
  name: number,
): GraphicComponentOption[] {
  const ends = strong.map((line) => {
    const last = line.samples[line.samples.length - 1];
    return { ...line, last, x: frame.px(last.x), y: frame.py(frame.y.log ? Math.max(last.y, frame.y.min) : last.y) };
  });
  const placed = spread(
    ends.map((end) => end.y),
    labelGap,
    margins.top,
    size.height - margins.bottom,
  );
  const column = size.width - frame.right + 12;
  return ends.flatMap((end, i): GraphicComponentOption[] => {
    const colour = colourOf(theme, end.run.mark);
    const leader: [number, number][] = [
      [Math.min(end.x + 7, column - 16), end.y],
      [column - 15, placed[i]],
      [column - 5, placed[i]],
    ];
    return [
      {
        type: 'polyline',
        silent: true,
        z: 8,
        shape: { points: leader },
        style: { stroke: colour, lineWidth: 1, opacity: 0.55, fill: 'none' },
      },
      symbolElement(end.run.mark, end.x, end.y, 4, colour, theme.background),
      text(
        column,
        placed[i],
        shortened(end.run.name, Math.floor(name / NAME_CHARACTER)),
        plotFont(theme, 560, 12),
        theme.text,
        name,
      ),
      text(column + name + 2, placed[i], endWords(end.run, end.last, axes), plotFont(theme), theme.text2, figureWidth),
    ];
  });
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
  style: { text: words, font, fill, width, overflow: 'truncate', ellipsis: '…', verticalAlign: 'middle' },
});

/** A long name cut before the number that tells it from its namesakes: "Directions from mo… 2". */
export function shortened(name: string, length: number): string {
  if (name.length <= length) return name;
  const number = / \d+$/.exec(name)?.[0] ?? '';
  return `${name.slice(0, length - number.length - 1).trimEnd()}…${number}`;
}
