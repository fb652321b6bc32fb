import { probit } from 'simple-statistics';
import { rowNumber, significant } from '../format';
import { above, below, linearAxis } from './axis';
import type { Chart, PlotOption } from './chart';
import { countWords, pointsOf, splitControl, splitOf } from './fit-view';
import type { FitView, Split } from './fit-view';
import { inFrames } from './point-layer';
import { momentsOf } from './statistics';
import { niceScale } from './ticks';

const margin = { left: 46, right: 12, top: 24, bottom: 38 };

/** Residuals over their predicted standard deviation, sorted, against the quantiles (i − 1/2)/n of a normal. */
function quantiles(view: FitView, split: Split): { expected: number; observed: number; row: number }[] {
  const points = pointsOf(view, split);
  const n = points.row.length;
  return Array.from(points.row, (row, i) => ({
    row,
    observed: (points.actual[i] - points.prediction[i]) / points.sd[i],
  }))
    .filter((entry) => Number.isFinite(entry.observed))
    .sort((a, b) => a.observed - b.observed)
    .map((entry, i) => ({ ...entry, expected: probit((i + 0.5) / n) }));
}

/** Those at least a pixel from the one drawn before: thousands in the middle would be drawn one over the other. */
function apart<Entry extends { expected: number; observed: number }>(
  entries: readonly Entry[],
  pixel: number,
): Entry[] {
  const drawn: Entry[] = [];
  for (const entry of entries) {
    const last = drawn[drawn.length - 1];
    if (!last || entry.expected - last.expected >= pixel || entry.observed - last.observed >= pixel) drawn.push(entry);
  }
  return drawn;
}

/** Whether the stated uncertainty of a prediction is as large as its errors. In ink: the marks stand for no expert. */
export const residualQuantiles: Chart<FitView> = {
  id: 'residual-quantiles',
  applies: (view) => view.result.points.train.row.length >= 10,
  controls: splitControl,
  title(view, settings) {
    const observed = quantiles(view, splitOf(view, settings)).map((entry) => entry.observed);
    const { n, sd } = momentsOf(observed);
    const within = observed.filter((value) => Math.abs(value) <= 1.96).length / n;
    const error = Math.sqrt((0.95 * 0.05) / n);
    const share = `${Math.round(within * 100)}% of errors lie within 1.96 predicted sd`;
    if (Math.abs(within - 0.95) <= 2 * error && sd < 1.5) return `${share}, as they should`;
    return `${share}, where 95% are due`;
  },
  caption(view, settings) {
    const split = splitOf(view, settings);
    return `${countWords(pointsOf(view, split), split)} Residual over predicted sd, sorted, against a normal’s quantiles. Line: equal.`;
  },
  option(view, theme, size, settings): PlotOption {
    const entries = quantiles(view, splitOf(view, settings));
    const reach = Math.max(...entries.map((entry) => Math.max(Math.abs(entry.expected), Math.abs(entry.observed))));
    const scale = niceScale(-reach, reach, 6);
    const side = Math.max(
      40,
      Math.min(size.width - margin.left - margin.right, size.height - margin.top - margin.bottom),
    );
    return {
      animation: false,
      grid: { left: margin.left, top: margin.top, width: side, height: side },
      xAxis: { ...linearAxis(theme, 'normal quantile', scale), ...below },
      yAxis: { ...linearAxis(theme, 'residual / predicted sd', scale), ...above(theme, margin.left) },
      series: [
        {
          type: 'line',
          silent: true,
          symbol: 'none',
          z: 1,
          data: [
            [scale.min, scale.min],
            [scale.max, scale.max],
          ],
          lineStyle: { color: theme.baseline, width: 1 },
        },
        {
          type: 'scatter',
          silent: true,
          symbolSize: 4.5,
          ...inFrames,
          data: apart(entries, (scale.max - scale.min) / side).map((entry) => [entry.expected, entry.observed]),
          itemStyle: { color: theme.text2, opacity: 0.6 },
        },
      ],
    } as PlotOption;
  },
  table: (view, settings) => ({
    columns: ['row_from_0', 'normal_quantile', 'residual_over_sd'],
    rows: quantiles(view, splitOf(view, settings)).map((entry) => [entry.row, entry.expected, entry.observed]),
  }),
  stops: (view, settings) =>
    quantiles(view, splitOf(view, settings)).map((entry) => ({
      x: entry.expected,
      y: entry.observed,
      read: () => ({
        title: `Row ${rowNumber(entry.row)}`,
        entries: [
          { mark: null, name: 'Residual / sd', value: significant(entry.observed, 3) },
          { mark: null, name: 'Normal quantile', value: significant(entry.expected, 3) },
        ],
      }),
    })),
};
