import type { CustomSeriesOption, LineSeriesOption } from 'echarts/charts';
import { above, axisOf, below } from '../axis';
import type { PlotOption, PlotSize } from '../chart';
import { endLabels, labelColumn } from '../end-labels';
import type { LineEnd } from '../end-labels';
import { lifted } from '../frame';
import { colourOf } from '../theme';
import type { ChartTheme } from '../theme';
import { bestSeen, leadingCurve, samples, thin } from './curves';
import type { ConvergenceAxes, ConvergenceData, ConvergenceRun, Curve, Sample } from './curves';
import { frameOf, margins } from './frame';
import { stageMarks } from './stages';
import { acrossName, endWords, upName } from './words';

/** So many restarts are drawn at most, shared among the runs; the caption says how many there are. */
export const faintLimit = 60;
const faintPoints = 120;

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
  const column = labelColumn(
    strong.map((line) => line.run.name),
    size,
    margins.top,
    margins.bottom,
  );
  const frame = frameOf(
    strong.map((line) => line.samples),
    axes,
    size,
    column.right,
  );
  const pairs = (line: readonly Sample[]): [number, number][] =>
    line.map((sample) => [sample.x, lifted(frame.y, sample.y)]);
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
  const ends = strong.map(({ run, samples: line }): LineEnd => {
    const last = line[line.length - 1];
    const [x, y] = [frame.px(last.x), frame.py(lifted(frame.y, last.y))];
    return { mark: run.mark, name: run.name, figure: endWords(run, last, axes), x, y };
  });
  return {
    animation: false,
    grid: { ...margins, right: column.right },
    xAxis: { ...axisOf(theme, acrossName(axes), frame.x), ...below },
    yAxis: {
      ...axisOf(theme, upName(axes, data), frame.y),
      ...above(theme, margins.left),
      axisTick: { show: false },
      minorTick: { show: false },
      splitLine: { show: true, lineStyle: { color: theme.grid } },
    },
    series: [...faint, ...lines] as (LineSeriesOption | CustomSeriesOption)[],
    graphic: [...endLabels(ends, column, size, theme), ...stageMarks(strong, frame, theme)],
  } as PlotOption;
}
