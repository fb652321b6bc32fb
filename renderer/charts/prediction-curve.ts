import { significant, withUnit } from '../format';
import { above, below, linearAxis } from './axis';
import type { Chart, PlotOption } from './chart';
import { inUnit } from './fit-view';
import type { ColumnWords } from './fit-view';
import { acrossAxis, acrossControls, isNumeric, positions, readX } from './gate-across';
import type { GateCurveData } from './gate-across';
import { niceScale } from './ticks';

export interface PredictionCurveData extends GateCurveData {
  readonly target: ColumnWords;
}

const margin = { left: 52, right: 14, top: 24, bottom: 40 };

/** The mixture's prediction as one column changes, the others held still. In ink: it belongs to no expert. */
export const predictionCurve: Chart<PredictionCurveData> = {
  id: 'prediction-curve',
  applies: (data) => data.curve.x.length > 1,
  controls: acrossControls,
  title(data) {
    const { prediction, x } = data.curve;
    const low = Math.min(...prediction);
    const high = Math.max(...prediction);
    const label = data.column.label;
    const change = withUnit(significant(high - low, 2), data.target.unit);
    if (!isNumeric(data)) return `${label} moves the prediction by up to ${change}`;
    const rising = prediction.every((value, i) => i === 0 || value >= prediction[i - 1]);
    const falling = prediction.every((value, i) => i === 0 || value <= prediction[i - 1]);
    if (rising !== falling) return `The prediction ${rising ? 'rises' : 'falls'} by ${change} along ${label}`;
    const peak = x[prediction.indexOf(high)];
    const inside = peak !== x[0] && peak !== x[x.length - 1];
    return inside && typeof peak === 'number'
      ? `The prediction is highest at ${label} ${withUnit(significant(peak, 2), data.column.unit)}`
      : `${label} moves the prediction by up to ${change}`;
  },
  caption: (data) =>
    `Predicted ${data.target.label} as ${data.column.label} changes; the other columns at their medians or most frequent level.`,
  option(data, theme, _size, settings): PlotOption {
    const { prediction } = data.curve;
    const across = acrossAxis(data, theme, settings);
    const scale = niceScale(Math.min(...prediction), Math.max(...prediction), 5);
    const points = positions(data).map((x, i) => [x, prediction[i]]);
    return {
      animation: false,
      grid: margin,
      xAxis: { ...across.axis, ...below, nameGap: 23 },
      yAxis: {
        ...linearAxis(theme, inUnit(`predicted ${data.target.label}`, data.target.unit), scale),
        ...above(theme, margin.left),
        axisTick: { show: false },
        splitLine: { show: true, lineStyle: { color: theme.grid } },
      },
      series: [
        isNumeric(data)
          ? { type: 'line', silent: true, symbol: 'none', data: points, lineStyle: { color: theme.text, width: 1.75 } }
          : { type: 'scatter', silent: true, symbolSize: 8, data: points, itemStyle: { color: theme.text } },
      ],
    } as PlotOption;
  },
  table: (data) => ({
    columns: [data.column.label, 'prediction'],
    rows: data.curve.x.map((x, i) => [x, data.curve.prediction[i]]),
  }),
  stops: (data) =>
    positions(data).map((x, i) => ({
      x,
      y: data.curve.prediction[i],
      read: () => ({
        title: readX(data, i),
        entries: [
          {
            mark: null,
            name: 'Predicted',
            value: withUnit(significant(data.curve.prediction[i], 4), data.target.unit),
          },
        ],
      }),
    })),
};
