import type { PlotSize } from '../chart';
import { framed, linearScale } from '../frame';
import type { Frame, Scale } from '../frame';
import type { ConvergenceAxes, Sample } from './curves';

/** Room around the plot; how much the labels of the lines take at the right depends on their names. */
export const margins = { left: 52, top: 28, bottom: 38 };

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
  return framed(x, y, size, { ...margins, right });
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

function logExtent(values: readonly number[], from: number | null): { min: number; max: number } {
  const low = from ?? Math.min(...values.filter((value) => value > 0), 1);
  const high = Math.max(...values, low);
  return { min: low, max: Math.max(high * 1.15, low * 10) };
}
