import { compact, power } from '../format';
import type { PlotOption } from './chart';
import type { Scale } from './frame';
import { axisNumber, logTicks } from './ticks';
import type { LinearScale } from './ticks';
import type { ChartTheme } from './theme';

type Axis = Extract<NonNullable<PlotOption['xAxis']>, { type?: unknown }>;
export type AxisOption = Axis & Record<string, unknown>;

/** The type of every small text in a plot. */
export const plotFont = (theme: ChartTheme, weight = 420, size = 11): string => `${weight} ${size}px ${theme.sans}`;

const label = (theme: ChartTheme) => ({
  color: theme.text2,
  fontSize: 11,
  fontFamily: theme.sans,
  margin: 6,
  hideOverlap: true,
});

const common = (theme: ChartTheme, name: string) => ({
  name,
  axisLine: { show: true, onZero: false, lineStyle: { color: theme.axis, width: 1 } },
  axisTick: { show: true, length: 4, lineStyle: { color: theme.axis } },
  splitLine: { show: false, lineStyle: { color: theme.grid } },
  nameTextStyle: { color: theme.text2, fontSize: 11, fontFamily: theme.sans },
});

/** Across: the name stands below the middle. */
export const below = { nameLocation: 'middle' as const, nameGap: 21 };

/** Up: the name stands above the axis, from the left edge of the plot's area. */
export const above = (theme: ChartTheme, left: number) => ({
  nameLocation: 'end' as const,
  nameGap: 8,
  nameTextStyle: {
    color: theme.text2,
    fontSize: 11,
    fontFamily: theme.sans,
    align: 'left' as const,
    padding: [0, 0, 0, 4 - left],
  },
});

export function linearAxis(theme: ChartTheme, name: string, scale: LinearScale): AxisOption {
  return {
    ...common(theme, name),
    type: 'value',
    min: scale.min,
    max: scale.max,
    interval: scale.step,
    axisLabel: { ...label(theme), formatter: (value: number) => axisNumber(value, scale.step) },
  } as AxisOption;
}

/** Decades are labelled, with 2 and 5 between them where there are few; minor ticks stand between decades. */
export function logAxis(theme: ChartTheme, name: string, min: number, max: number): AxisOption {
  const customValues = logTicks(min, max);
  const base = common(theme, name);
  return {
    ...base,
    type: 'log',
    logBase: 10,
    min,
    max,
    axisTick: { ...base.axisTick, customValues },
    minorTick: { show: true, splitNumber: 9, length: 2, lineStyle: { color: theme.axis } },
    splitLine: { ...base.splitLine, customValues },
    axisLabel: { ...label(theme), customValues, formatter: logLabel },
  } as AxisOption;
}

/** The axis of a scale, whichever it is. */
export const axisOf = (theme: ChartTheme, name: string, scale: Scale): AxisOption =>
  scale.linear ? linearAxis(theme, name, scale.linear) : logAxis(theme, name, scale.min, scale.max);

/** @param gap  pixels between a name and the plot's area */
export function categoryAxis(theme: ChartTheme, names: readonly string[], gap = 6): AxisOption {
  return {
    ...common(theme, ''),
    type: 'category',
    data: [...names],
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { ...label(theme), margin: gap, hideOverlap: false },
  } as AxisOption;
}

/** A tick as people write it: 1,000, 0.02, 10⁻⁵. */
function logLabel(value: number): string {
  const exponent = Math.floor(Math.log10(value) + 1e-9);
  const round = Math.abs(value / 10 ** exponent - 1) < 1e-6;
  return round && (exponent < -4 || exponent > 6) ? power(10 ** exponent) : compact(value, 2);
}
