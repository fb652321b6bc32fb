import { niceScale } from '../ticks';
import type { LinearScale } from '../ticks';
import type { PlotSize } from '../chart';
import type { Box } from '../place-label';
import type { ConvergenceAxes, Sample } from './curves';

/** Room around the plot; how much the labels of the lines take at the right depends on their names. */
export const margins = { left: 52, top: 28, bottom: 38 };

/** One axis with its way from values to pixels, so that labels can be placed where ECharts draws. */
export interface Scale {
  readonly log: boolean;
  readonly min: number;
  readonly max: number;
  /** Null on a log axis. */
  readonly linear: LinearScale | null;
}

export interface Frame {
  /** Room at the right for the labels of the lines, in pixels. */
  readonly right: number;
  /** The plot itself, in pixels. */
  readonly area: Box;
  readonly x: Scale;
  readonly y: Scale;
  px(value: number): number;
  py(value: number): number;
}

/** Where the strong lines' ends lie decides the floor: one decade below the smallest gap that matters. */
export function excessFloor(gaps: readonly number[]): number {
  const smallest = Math.min(...gaps.filter((gap) => gap > 1e-7));
  if (!Number.isFinite(smallest)) return 1e-4;
  return Math.min(1e-3, Math.max(1e-8, 10 ** (Math.floor(Math.log10(smallest)) - 1)));
}

export function frameOf(
  strong: readonly (readonly Sample[])[],
  axes: ConvergenceAxes,
  size: PlotSize,
  right: number,
): Frame {
  const xs = strong.flatMap((line) => (line.length ? [line[0].x, line[line.length - 1].x] : []));
  const x = axes.acrossLog
    ? { log: true, ...logExtent(xs, axes.across === 'iteration' ? 1 : null), linear: null }
    : linearScale(0, Math.max(...xs, 1e-9), 6);
  const y = axes.upLog ? upLog(strong, axes) : upLinear(strong, axes);
  const width = Math.max(1, size.width - margins.left - right);
  const height = Math.max(1, size.height - margins.top - margins.bottom);
  return {
    right,
    area: { left: margins.left, right: margins.left + width, top: margins.top, bottom: margins.top + height },
    x,
    y,
    px: (value) => margins.left + width * position(x, value),
    py: (value) => margins.top + height * (1 - position(y, value)),
  };
}

/** 0 at the axis' minimum, 1 at its maximum. */
function position(scale: Scale, value: number): number {
  const at = scale.log
    ? Math.log(value / scale.min) / Math.log(scale.max / scale.min)
    : (value - scale.min) / (scale.max - scale.min);
  return Math.min(1, Math.max(0, at));
}

function upLog(strong: readonly (readonly Sample[])[], axes: ConvergenceAxes): Scale {
  const ys = strong.flatMap((line) => line.map((sample) => sample.y)).filter((value) => value > 0);
  const top = Math.max(...ys, Number.MIN_VALUE) * 1.25;
  if (axes.up === 'excess') {
    const floor = excessFloor(strong.flatMap((line) => (line.length ? [line[line.length - 1].y] : [])));
    return { log: true, min: floor, max: Math.max(top, floor * 100), linear: null };
  }
  if (axes.up === 'change') {
    const low = Math.min(...ys);
    return {
      log: true,
      min: Number.isFinite(low) ? 10 ** Math.floor(Math.log10(low)) : 1e-6,
      max: top || 1,
      linear: null,
    };
  }
  // Errors start near the data.
  const low = Math.min(...ys);
  return Number.isFinite(low)
    ? { log: true, min: low / 1.1, max: Math.max(top, low * 1.5), linear: null }
    : { log: true, min: 1, max: 10, linear: null };
}

/**
 * Linear axes show where the fits end: the first values of a start are far off and would press everything flat, so the range
 * covers the later two thirds of each line; what lies beyond is clipped at the frame.
 */
function upLinear(strong: readonly (readonly Sample[])[], axes: ConvergenceAxes): Scale {
  const ys = strong.flatMap((line) => line.slice(Math.floor(line.length / 3)).map((sample) => sample.y));
  const low = axes.up === 'excess' || axes.up === 'change' ? 0 : Math.min(...ys);
  const high = Math.max(...ys);
  return Number.isFinite(high) ? linearScale(Number.isFinite(low) ? low : 0, high, 5) : linearScale(0, 1, 5);
}

function linearScale(low: number, high: number, count: number): Scale {
  const linear = niceScale(low, high, count);
  return { log: false, min: linear.min, max: linear.max, linear };
}

function logExtent(values: readonly number[], from: number | null): { min: number; max: number } {
  const low = from ?? Math.min(...values.filter((value) => value > 0), 1);
  const high = Math.max(...values, low);
  return { min: low, max: Math.max(high * 1.15, low * 10) };
}
