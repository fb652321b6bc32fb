import type { Reply } from '../../core/protocol';
import { compact, withUnit } from '../format';
import { linearAxis, logAxis } from './axis';
import type { AxisOption } from './axis';
import type { ChartControl, ChartSettings } from './chart';
import { inUnit } from './fit-view';
import type { ColumnWords } from './fit-view';
import type { ChartTheme } from './theme';
import { niceScale } from './ticks';

export interface GateCurveData {
  /** Its gates: one array an expert, along x. */
  readonly curve: Reply<'result/gate-curve'>;
  readonly column: ColumnWords;
  /** How many other columns are held still. */
  readonly others: number;
  /** Training rows, of whose values the rug shows some. */
  readonly train: number;
}

export const isNumeric = (data: GateCurveData): boolean => data.curve.x.every((x) => typeof x === 'number');

/** Axis positions: the numbers themselves, or 0, 1, 2 ... for levels. */
export const positions = (data: GateCurveData): number[] => data.curve.x.map((x, i) => (typeof x === 'number' ? x : i));

/** A logarithmic axis is offered where a positive column spans more than a factor of 5, and chosen beyond a factor of 50. */
export function acrossControls(data: GateCurveData): ChartControl[] {
  const xs = positions(data);
  const factor = xs[xs.length - 1] / xs[0];
  if (!isNumeric(data) || !(xs[0] > 0) || factor <= 5) return [];
  const choices = [
    { value: 'linear', label: 'linear' },
    { value: 'log', label: 'log' },
  ];
  return [{ id: 'scale', label: 'Across', choices, initial: factor > 50 ? 'log' : 'linear' }];
}

const isLog = (settings: ChartSettings): boolean => settings.scale === 'log';

/** The axis across and its way to pixels for a plot of this width. */
export function acrossAxis(
  data: GateCurveData,
  theme: ChartTheme,
  settings: ChartSettings,
): { axis: AxisOption; position: (x: number) => number } {
  const xs = positions(data);
  const name = inUnit(data.column.label, data.column.unit);
  const [low, high] = [xs[0], xs[xs.length - 1]];
  if (!isNumeric(data)) {
    const axis = linearAxis(theme, name, { min: -0.5, max: xs.length - 0.5, step: 1 });
    const labels = {
      customValues: xs,
      formatter: (value: number) => String(data.curve.x[value] ?? ''),
      hideOverlap: false,
    };
    return {
      axis: {
        ...axis,
        axisTick: { show: false },
        axisLabel: { ...(axis.axisLabel as object), ...labels },
      } as AxisOption,
      position: (x) => (x + 0.5) / xs.length,
    };
  }
  if (isLog(settings)) {
    return {
      axis: logAxis(theme, `${name} (log)`, low, high),
      position: (x) => Math.log(x / low) / Math.log(high / low),
    };
  }
  // The axis ends with the data; its ticks stand at round values inside.
  const { min, step } = niceScale(low, high, 6);
  const all = Array.from({ length: 1 + Math.ceil((high - min) / step) }, (_, i) =>
    Number((min + i * step).toPrecision(12)),
  );
  const customValues = all.filter((value) => value >= low && value <= high);
  const axis = linearAxis(theme, name, { min: low, max: high, step });
  return {
    axis: {
      ...axis,
      axisTick: { ...(axis.axisTick as object), customValues },
      axisLabel: { ...(axis.axisLabel as object), customValues },
    } as AxisOption,
    position: (x) => (x - low) / (high - low),
  };
}

export function readX(data: GateCurveData, index: number): string {
  const x = data.curve.x[index];
  return `${data.column.label} ${typeof x === 'number' ? withUnit(compact(x, 3), data.column.unit) : x}`;
}
