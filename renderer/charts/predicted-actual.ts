import { median } from 'simple-statistics';
import { significant, withUnit } from '../format';
import { above, below, linearAxis } from './axis';
import type { Chart, PlotOption, PlotSize } from './chart';
import { countWords, inUnit, pointsOf, splitControl, splitOf } from './fit-view';
import type { FitView, Split } from './fit-view';
import { pointLegend, pointSeries } from './point-layer';
import { pointStops } from './point-stops';
import { compareSpread } from './statistics';
import { niceScale } from './ticks';

const margin = { left: 46, right: 12, top: 24, bottom: 38 };

/** Predicted against actual: equal axes, so that the line of equality is the diagonal. */
export const predictedActual: Chart<FitView> = {
  id: 'predicted-actual',
  applies: (view) => view.result.points.train.row.length > 0,
  controls: splitControl,
  title: (view, settings) => finding(view, splitOf(view, settings)),
  caption(view, settings) {
    const split = splitOf(view, settings);
    const experts = view.result.experts.length > 1 ? ' Symbol: likeliest expert.' : '';
    return `${countWords(pointsOf(view, split), split)}${experts} Line: prediction equals actual.`;
  },
  option(view, theme, size, settings): PlotOption {
    const points = pointsOf(view, splitOf(view, settings));
    const scale = niceScale(...extent([points.actual, points.prediction]), 4);
    const side = plotSide(size);
    return {
      animation: false,
      grid: { left: margin.left, top: margin.top, width: side, height: side },
      xAxis: { ...linearAxis(theme, inUnit('predicted', view.target.unit), scale), ...below },
      yAxis: { ...linearAxis(theme, inUnit('actual', view.target.unit), scale), ...above(theme, margin.left) },
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
        ...pointSeries(points, theme, (i) => [points.prediction[i], points.actual[i]]),
      ],
      graphic: pointLegend(points, theme, margin.left + side, margin.top + side),
    } as PlotOption;
  },
  table(view, settings) {
    const points = pointsOf(view, splitOf(view, settings));
    return {
      columns: ['row_from_0', 'predicted', 'actual', 'expert'],
      rows: Array.from(points.row, (row, i) => [
        row,
        points.prediction[i],
        points.actual[i],
        view.result.experts[points.expert[i]]?.letter ?? null,
      ]),
    };
  },
  stops: (view, settings) =>
    pointStops(view, splitOf(view, settings), (points, i) => [points.prediction[i], points.actual[i]]),
};

const plotSide = (size: PlotSize): number =>
  Math.max(40, Math.min(size.width - margin.left - margin.right, size.height - margin.top - margin.bottom));

function extent(arrays: readonly Float64Array[]): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const values of arrays) {
    for (const value of values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return [low, high];
}

/** Where the spread changes between low and high predictions, when it clearly does. */
function finding(view: FitView, split: Split): string {
  const points = pointsOf(view, split);
  const middle = median(Array.from(points.prediction));
  const residuals = (keep: (prediction: number) => boolean): number[] =>
    Array.from(points.actual, (actual, i) => actual - points.prediction[i]).filter((_, i) =>
      keep(points.prediction[i]),
    );
  const change = compareSpread(
    residuals((p) => p < middle),
    residuals((p) => p >= middle),
  );
  if (change === 0) return 'Predicted against actual';
  return `Spread ${change > 0 ? 'widens above' : 'is wider below'} ${withUnit(significant(Number(middle.toPrecision(2)), 2), view.target.unit)}`;
}
