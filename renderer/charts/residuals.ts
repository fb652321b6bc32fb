import { significant } from '../format';
import { above, below, linearAxis, plotFont } from './axis';
import type { Chart, ChartSettings, PlotOption } from './chart';
import { countWords, inUnit, pointsOf, splitControl, splitOf } from './fit-view';
import type { FitView, Split } from './fit-view';
import { pointSeries } from './point-layer';
import { pointStops } from './point-stops';
import { momentsOf } from './statistics';
import { niceScale, symmetricScale } from './ticks';

const margin = { left: 46, right: 46, top: 24, bottom: 38 };

const byRow = (settings: ChartSettings): boolean => settings.across === 'row';

/** Actual minus predicted, against the prediction or in the order of the file. */
export const residuals: Chart<FitView> = {
  id: 'residuals',
  applies: (view) => view.result.points.train.row.length > 0,
  controls: (view) => [
    ...splitControl(view),
    {
      id: 'across',
      label: 'Across',
      choices: [
        { value: 'prediction', label: 'Predicted' },
        { value: 'row', label: 'Row' },
      ],
      initial: 'prediction',
    },
  ],
  title: (view, settings) => finding(view, splitOf(view, settings)),
  caption(view, settings) {
    const split = splitOf(view, settings);
    const experts = view.result.experts.length > 1 ? ' Symbol: likeliest expert.' : '';
    return `${countWords(pointsOf(view, split), split)} Actual minus predicted.${experts} Dashed: ± 1.96 RMSE.`;
  },
  option(view, theme, size, settings): PlotOption {
    const split = splitOf(view, settings);
    const points = pointsOf(view, split);
    const residual = residualsOf(view, split);
    const across = byRow(settings) ? points.row.map((record) => record + 1) : points.prediction;
    const band = 1.96 * Math.sqrt(residual.reduce((sum, r) => sum + r * r, 0) / Math.max(1, residual.length));
    const y = symmetricScale(Math.max(...residual.map(Math.abs), band));
    const x = niceScale(Math.min(...across), Math.max(...across), 4);
    const width = Math.max(40, size.width - margin.left - margin.right);
    // Not taller than wide: a stretched residual plot exaggerates the spread.
    const height = Math.max(40, Math.min(size.height - margin.top - margin.bottom, 1.1 * width));
    const py = (value: number): number => margin.top + (height * (y.max - value)) / (y.max - y.min);
    const level = (value: number, dashed: boolean) => ({
      type: 'line' as const,
      silent: true,
      symbol: 'none',
      z: 1,
      data: [
        [x.min, value],
        [x.max, value],
      ],
      lineStyle: { color: theme.baseline, width: 1, type: dashed ? [4, 3] : ('solid' as const) },
    });
    const sign = (value: number): string => `${value > 0 ? '+' : ''}${significant(value, 3)}`;
    return {
      animation: false,
      grid: { left: margin.left, top: margin.top, width, height },
      xAxis: { ...linearAxis(theme, byRow(settings) ? 'row' : inUnit('predicted', view.target.unit), x), ...below },
      yAxis: { ...linearAxis(theme, inUnit('residual', view.target.unit), y), ...above(theme, margin.left) },
      series: [
        level(0, false),
        level(band, true),
        level(-band, true),
        ...pointSeries(points, theme, (i) => [across[i], residual[i]]),
      ],
      graphic: [0, band, -band].map((value) => ({
        type: 'text',
        silent: true,
        x: margin.left + width + 5,
        y: py(value),
        style: {
          text: value === 0 ? '0' : sign(value),
          font: plotFont(theme),
          fill: theme.text2,
          verticalAlign: 'middle',
        },
      })),
    } as PlotOption;
  },
  table(view, settings) {
    const split = splitOf(view, settings);
    const points = pointsOf(view, split);
    const residual = residualsOf(view, split);
    return {
      columns: ['row_from_0', 'predicted', 'residual', 'expert'],
      rows: Array.from(points.row, (row, i) => [
        row,
        points.prediction[i],
        residual[i],
        view.result.experts[points.expert[i]]?.letter ?? null,
      ]),
    };
  },
  stops: (view, settings) =>
    pointStops(view, splitOf(view, settings), (points, i) => [
      byRow(settings) ? points.row[i] + 1 : points.prediction[i],
      points.actual[i] - points.prediction[i],
    ]),
};

function residualsOf(view: FitView, split: Split): number[] {
  const points = pointsOf(view, split);
  return Array.from(points.actual, (actual, i) => actual - points.prediction[i]);
}

/** Centred when the mean lies within two standard errors of zero; fat tails when the excess kurtosis is two of its own above 0. */
function finding(view: FitView, split: Split): string {
  const { n, mean, sd, excessKurtosis } = momentsOf(residualsOf(view, split));
  if (n < 20 || !(sd > 0)) return 'Residuals';
  const centred = Math.abs(mean) <= (2 * sd) / Math.sqrt(n);
  const fat = excessKurtosis > Math.max(1, 2 * Math.sqrt(24 / n));
  const place = centred ? 'Residuals are centred' : `Predictions are too ${mean > 0 ? 'low' : 'high'} on average`;
  return `${place}, ${fat ? 'tails fat' : 'no fat tails'}`;
}
