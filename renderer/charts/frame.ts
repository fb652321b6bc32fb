import type { PlotSize } from './chart';
import type { Box } from './place-label';
import { niceScale } from './ticks';
import type { LinearScale } from './ticks';

/** One axis with its way from values to pixels, so that labels can be placed where ECharts draws. */
export interface Scale {
  readonly log: boolean;
  readonly min: number;
  readonly max: number;
  /** Null on a log axis. */
  readonly linear: LinearScale | null;
}

/** Room around the plot, in pixels. */
export interface Margins {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The plot's own area, with both axes as functions to pixels. */
export interface Frame {
  readonly area: Box;
  readonly x: Scale;
  readonly y: Scale;
  px(value: number): number;
  py(value: number): number;
}

export function framed(x: Scale, y: Scale, size: PlotSize, margins: Margins): Frame {
  const width = Math.max(1, size.width - margins.left - margins.right);
  const height = Math.max(1, size.height - margins.top - margins.bottom);
  return {
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

export function linearScale(low: number, high: number, count: number): Scale {
  const linear = niceScale(low, high, count);
  return { log: false, min: linear.min, max: linear.max, linear };
}

/** A log axis must not be pressed below its floor: values under it stand on it. */
export const lifted = (scale: Scale, value: number): number => (scale.log ? Math.max(value, scale.min) : value);
