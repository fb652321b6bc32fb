import type { ExperimentFigure } from '../../core/experiments/types';
import type { ChartSettings, PlotSize } from './chart';
import { framed, linearScale } from './frame';
import type { Frame, Scale } from './frame';

type Point = ExperimentFigure['series'][number]['points'][number];

/** Room around the plot; how much the labels of the lines take at the right depends on their names. */
export const figureMargins = { left: 56, top: 28, bottom: 38 };

/** How the axes of a figure are drawn. */
export interface FigureAxes {
  readonly xLog: boolean;
  readonly yLog: boolean;
  /** Names as they stand at the axes, logarithms marked. */
  readonly xName: string;
  readonly yName: string;
  /** Where a value of x stands on the axis. */
  place(x: number): number;
}

const pointsOf = ({ series }: ExperimentFigure): Point[] => series.flatMap(({ points }) => points);

/** Whether a log axis can show every point; counts from 0 can be shifted. */
export const hasLogX = (figure: ExperimentFigure): boolean => pointsOf(figure).every(({ x }) => x >= 0);
export const hasLogY = (figure: ExperimentFigure): boolean => pointsOf(figure).every(({ median }) => median > 0);

/** The figure's own axes unless the reader chose others. A log axis that begins at 0 is shifted by one, as counts are. */
export function figureAxes(figure: ExperimentFigure, settings: ChartSettings): FigureAxes {
  const xLog = hasLogX(figure) && (settings.xScale ?? figure.x.scale) === 'log';
  const yLog = hasLogY(figure) && (settings.yScale ?? figure.y.scale) === 'log';
  const shifted = xLog && figure.series.some(({ points }) => points.some(({ x }) => x === 0));
  return {
    xLog,
    yLog,
    xName: xLog ? `${figure.x.label}${shifted ? ' + 1' : ''} (log)` : figure.x.label,
    yName: yLog ? `${figure.y.label} (log)` : figure.y.label,
    place: shifted ? (x) => x + 1 : (x) => x,
  };
}

/** Axes around the lines, and around the bands where they are drawn. */
export function figureFrame(
  lines: readonly (readonly Point[])[],
  axes: FigureAxes,
  bands: boolean,
  size: PlotSize,
  right: number,
): Frame {
  const points = lines.flat();
  const xs = points.map(({ x }) => x);
  const ys = points.flatMap(({ median, low, high }) => (bands ? [low, median, high] : [median]));
  return framed(
    axes.xLog ? logScale(xs, 1) : linearScale(Math.min(...xs), Math.max(...xs), 6),
    axes.yLog ? logScale(ys, 1.15) : linearScale(Math.min(...ys), Math.max(...ys), 5),
    size,
    { ...figureMargins, right },
  );
}

/** Positive values with `margin` times of room at both ends; a line along one value gets a decade. */
function logScale(values: readonly number[], margin: number): Scale {
  const positive = values.filter((value) => value > 0);
  if (positive.length === 0) return { log: true, min: 0.1, max: 10, linear: null };
  const [low, high] = [Math.min(...positive), Math.max(...positive)];
  const [min, max] = high > low * 1.0001 ? [low / margin, high * margin] : [low / 3, high * 3];
  return { log: true, min, max, linear: null };
}
