import type { CustomSeriesOption } from 'echarts/charts';
import { compact, count, significant, withUnit } from '../format';
import { below, categoryAxis, linearAxis } from './axis';
import type { Chart, ChartStop, PlotOption } from './chart';
import { errorRows } from './error-rows';
import { inUnit, isWeighted, straightLine } from './fit-view';
import type { FitView } from './fit-view';
import { niceScale } from './ticks';

const margin = { left: 82, right: 14, top: 4, bottom: 38 };

/** How far the errors are known: estimate and 95% interval of each row of the error table. */
export const errorIntervals: Chart<FitView> = {
  id: 'error-intervals',
  applies: () => true,
  controls: () => [],
  title(view) {
    const { metrics } = view.result.report;
    const interval = view.result.intervals.model.test?.rmse;
    if (!metrics.test || !interval) return 'No rows were held out: training error only';
    const train = metrics.train.rmse;
    if (train >= interval.low && train <= interval.high) return 'Held-out error matches training error';
    const ratio = Math.abs(metrics.test.rmse / train - 1);
    return `Held-out error is ${Math.round(ratio * 100)}% ${metrics.test.rmse > train ? 'above' : 'below'} training error`;
  },
  caption(view) {
    const { metrics } = view.result.report;
    const { train, test } = view.result.points;
    const weighed = !isWeighted(view)
      ? ''
      : `, which count as ${test && metrics.test ? `${compact(metrics.test.rows, 6)} and ` : ''}${compact(metrics.train.rows, 6)} by their weights`;
    const rows = test
      ? `N = ${count(test.of)} held out, ${count(train.of)} train${weighed}; baselines held out.`
      : `N = ${count(train.of)} training rows${weighed}.`;
    const unit = view.target.unit ? ` in ${view.target.unit}` : '';
    const line = view.result.report.model.targetTransform ? ` The line is a ${straightLine(view)}.` : '';
    const { draws } = view.result.intervals;
    const way = draws > 0 ? `bootstrap over rows, ${count(draws)} draws` : 'normal approximation over rows';
    const intervals = `95% intervals by ${way}`;
    return `RMSE and MAE${unit}; ${intervals}. Log score: nats a row. ${rows}${line}`;
  },
  option(view, theme): PlotOption {
    const rows = [...errorRows(view)].reverse();
    const scale = niceScale(
      Math.min(...rows.map((row) => row.interval.low)),
      Math.max(...rows.map((row) => row.interval.high)),
      6,
    );
    const series: CustomSeriesOption = {
      type: 'custom',
      silent: true,
      data: rows.map((row, i) => [
        row.rmse,
        i,
        row.interval.low,
        row.interval.high,
        row.own && i === rows.length - 1 ? 1 : 0,
      ]),
      renderItem: (_, api) => {
        const [x, y] = api.coord([api.value(0), api.value(1)]);
        const low = api.coord([api.value(2), 0])[0];
        const high = api.coord([api.value(3), 0])[0];
        const colour = api.value(4) ? theme.text : theme.baseline;
        return {
          type: 'group',
          children: [
            { type: 'line', shape: { x1: low, y1: y, x2: high, y2: y }, style: { stroke: colour, lineWidth: 2 } },
            { type: 'circle', shape: { cx: x, cy: y, r: 3.8 }, style: { fill: colour } },
          ],
        };
      },
    };
    return {
      animation: false,
      grid: margin,
      xAxis: {
        ...linearAxis(theme, inUnit('RMSE', view.target.unit), scale),
        ...below,
        splitLine: { show: true, lineStyle: { color: theme.grid } },
      },
      yAxis: categoryAxis(
        theme,
        rows.map((row) => row.name),
      ),
      series: [series],
    } as PlotOption;
  },
  table: (view) => ({
    columns: ['rows', 'rmse', 'low', 'high'],
    rows: errorRows(view).map((row) => [row.name, row.rmse, row.interval.low, row.interval.high]),
  }),
  stops(view): ChartStop[] {
    const rows = errorRows(view);
    const written = (value: number): string => withUnit(significant(value, 3), view.target.unit);
    return rows.map((row, i) => ({
      x: row.rmse,
      y: rows.length - 1 - i,
      read: () => ({
        title: row.name,
        entries: [
          { mark: null, name: 'RMSE', value: written(row.rmse) },
          {
            mark: null,
            name: '95% interval',
            value: `${significant(row.interval.low, 3)} to ${written(row.interval.high)}`,
          },
        ],
      }),
    }));
  },
};
