import type { ScatterSeriesOption } from 'echarts/charts';
import { describe, expect, test } from 'vitest';
import type { Chart } from '../../../renderer/charts/chart';
import { settingsOf } from '../../../renderer/charts/chart';
import { errorIntervals } from '../../../renderer/charts/error-intervals';
import { expertErrors } from '../../../renderer/charts/expert-errors';
import type { FitView } from '../../../renderer/charts/fit-view';
import { chartsAt, resultCharts } from '../../../renderer/charts/index';
import { predictedActual } from '../../../renderer/charts/predicted-actual';
import { residualQuantiles } from '../../../renderer/charts/residual-quantiles';
import { residuals } from '../../../renderer/charts/residuals';
import { fitView, notFinite, plain, points, size, theme } from './fixture';

const view = fitView({ test: 6.4, low: 5.7, high: 7.1, line: 10 });
const draw = (chart: Chart<FitView>, data = view, chosen: Record<string, string> = {}) =>
  chart.option(data, theme, size, settingsOf(chart.controls(data), chosen));
const say = (chart: Chart<FitView>, data = view, chosen: Record<string, string> = {}) => ({
  title: plain(chart.title(data, settingsOf(chart.controls(data), chosen))),
  caption: chart.caption(data, settingsOf(chart.controls(data), chosen)),
});
const axis = (value: unknown) => value as { name: string; min: number; max: number };

describe.each(resultCharts.map(({ chart }) => [chart.id, chart] as const))('the chart %s', (_, chart) => {
  test('has a finding, N in its caption or table, no value that is not a number, and a stop for each thing drawn', () => {
    expect(say(chart).title).not.toBe('');
    expect(notFinite(draw(chart))).toEqual([]);
    const settings = settingsOf(chart.controls(view), {});
    expect(chart.stops(view, settings)).toHaveLength(chart.table(view, settings).rows.length);
    for (const stop of chart.stops(view, settings)) expect(stop.read().entries.length).toBeGreaterThan(0);
  });

  test('draws every choice of its controls', () => {
    for (const control of chart.controls(view)) {
      for (const { value } of control.choices)
        expect(notFinite(draw(chart, view, { [control.id]: value }))).toEqual([]);
    }
  });
});

describe('predicted against actual', () => {
  test('has equal axes in the unit of the target and the line of equality over their whole range', () => {
    const option = draw(predictedActual);
    const [x, y] = [axis(option.xAxis), axis(option.yAxis)];
    expect([x.min, x.max]).toEqual([y.min, y.max]);
    expect(x.name).toBe('predicted, MPa');
    expect(y.name).toBe('actual, MPa');
    expect((option.series as { data: number[][] }[])[0].data).toEqual([
      [x.min, x.min],
      [x.max, x.max],
    ]);
    const grid = option.grid as { width: number; height: number };
    expect(grid.width).toBe(grid.height);
  });

  test('draws held-out rows first and training rows on request, N in the caption', () => {
    expect(say(predictedActual).caption).toContain('Held-out rows, N = 20.');
    expect(say(predictedActual, view, { split: 'train' }).caption).toContain('Training rows, N = 80.');
  });

  test('says how many of the rows are drawn when they are a sample', () => {
    const sampled = fitView(
      { test: 6.4, low: 5.7, high: 7.1, line: 10 },
      { points: { train: points(80, () => 1), test: { ...points(20, () => 1), of: 5000 } } },
    );
    expect(say(predictedActual, sampled).caption).toContain('20 of N = 5,000 drawn');
  });

  test('tells experts apart by symbol as well as colour', () => {
    const scatters = (
      draw(predictedActual).series as { type: string; symbol: string; itemStyle: { color: string } }[]
    ).filter((series) => series.type === 'scatter');
    expect(new Set(scatters.map((series) => series.symbol)).size).toBe(2);
    expect(new Set(scatters.map((series) => series.itemStyle.color)).size).toBe(2);
  });

  test('shrinks and pales its marks above two thousand points', () => {
    const many = fitView(
      { test: 6.4, low: 5.7, high: 7.1, line: 10 },
      { points: { train: points(10, () => 1), test: points(3000, (i) => Math.sin(i)) } },
    );
    const series = (draw(predictedActual, many).series as ScatterSeriesOption[])[1];
    expect(series.symbolSize).toBe(3);
    expect(series.itemStyle?.opacity).toBeLessThan(0.5);
  });

  test('leaves most of many points to later frames, and keeps the marks that tell experts apart', () => {
    const many = fitView(
      { test: 6.4, low: 5.7, high: 7.1, line: 10 },
      { points: { train: points(10, () => 1), test: points(3000, (i) => Math.sin(i)) } },
    );
    const scatters = (draw(predictedActual, many).series as ScatterSeriesOption[]).slice(1);
    for (const series of scatters) {
      // One batch would draw every mark as a square.
      expect(series.large).toBeFalsy();
      expect(series.progressive).toBeLessThan(1000);
      expect(series.progressiveThreshold).toBeLessThan(1000);
    }
    expect(new Set(scatters.map(({ symbol }) => symbol)).size).toBe(scatters.length);
  });

  test('claims that the spread widens only when it clearly does', () => {
    expect(say(predictedActual).title).toBe('Predicted against actual');
    const wave = (i: number): number => Math.sin(12.9898 * i) * (i < 50 ? 1 : 5);
    const widening = fitView(
      { test: 6.4, low: 5.7, high: 7.1, line: 10 },
      { points: { train: points(10, () => 1), test: points(100, wave) } },
    );
    expect(say(predictedActual, widening).title).toBe('Spread widens above 110 MPa');
  });
});

describe('residuals', () => {
  test('are symmetric about zero, against the prediction or the row', () => {
    const y = axis(draw(residuals).yAxis);
    expect(y.min).toBe(-y.max);
    expect(y.name).toBe('residual, MPa');
    expect(axis(draw(residuals).xAxis).name).toBe('predicted, MPa');
    expect(axis(draw(residuals, view, { across: 'row' }).xAxis).name).toBe('row');
  });

  test('are called centred only when their mean is within two standard errors of zero', () => {
    expect(say(residuals).title).toBe('Residuals are centred, no fat tails');
    const biased = fitView(
      { test: 6.4, low: 5.7, high: 7.1, line: 10 },
      { points: { train: points(80, () => 1), test: points(20, (i) => 3 + Math.sin(i)) } },
    );
    expect(say(residuals, biased).title).toMatch(/^Predictions are too low on average/);
  });
});

describe('error intervals', () => {
  test('list the model and both baselines on the same rows, near the data and not from zero', () => {
    const table = errorIntervals.table(view, {});
    expect(table.rows.map((row) => row[0])).toEqual(['Held out', 'Train', 'Straight line', 'Mean only']);
    expect(axis(draw(errorIntervals).xAxis)).toMatchObject({ name: 'RMSE, MPa', min: 5 });
  });

  test('compare held-out and training error by the interval', () => {
    expect(say(errorIntervals).title).toBe('Held-out error matches training error');
    const over = fitView({ test: 6.4, low: 5.7, high: 7.1, line: 10, train: 5 });
    expect(say(errorIntervals, over).title).toBe('Held-out error is 28% above training error');
  });

  test('say how the intervals were made: by resampling, or for many rows by the normal approximation', () => {
    const { intervals } = view.result;
    const many = { ...view, result: { ...view.result, intervals: { ...intervals, draws: 0 } } };
    expect(say(errorIntervals).caption).toContain('bootstrap over rows, 2,000 draws');
    const { report } = view.result;
    const log = { ...view.result, report: { ...report, model: { ...report.model, targetTransform: { kind: 'log' } } } };
    expect(say(errorIntervals, { ...view, result: log as typeof view.result }).caption).toMatch(
      /The line is a straight line through the target itself\.$/,
    );
    expect(say(errorIntervals, many).caption).toContain('95% intervals by normal approximation over rows');
  });

  test('count rows as rows, and say beside it what they count for by a column of weights', () => {
    expect(say(errorIntervals).caption).toContain('N = 20 held out, 80 train; baselines held out.');
    const { report } = view.result;
    const metrics = {
      ...report.metrics,
      train: { ...report.metrics.train, rows: 907 },
      test: { ...report.metrics.test!, rows: 252.5 },
    };
    const weighted = { ...view, result: { ...view.result, report: { ...report, metrics } } };
    expect(say(errorIntervals, weighted).caption).toContain(
      'N = 20 held out, 80 train, which count as 252.5 and 907 by their weights; baselines held out.',
    );
  });
});

describe('error by expert', () => {
  test('does not single out an expert whose error could be chance', () => {
    expect(say(expertErrors).title).toBe('No expert errs clearly more than another');
  });

  const withErrors = (...errors: number[]): FitView => {
    const [expert] = view.result.experts;
    const experts = errors.map((rmse, i) => ({
      ...expert,
      letter: 'ABC'[i],
      rows: { train: 400, test: 100 },
      rmse: { train: rmse, test: rmse },
    }));
    return { ...view, result: { ...view.result, experts } };
  };

  test.each([
    [[5, 5.2, 9], 'Errors are largest where expert C applies'],
    [[3, 6, 6.2], 'Errors are smallest where expert A applies'],
    [[5, 6, 7], 'Errors are larger where expert C applies than where A does'],
    [[5, 5.1, 5.2], 'No expert errs clearly more than another'],
  ])('names what differs by more than chance: %j', (errors, title) => {
    expect(say(expertErrors, withErrors(...errors)).title).toBe(title);
  });
});

test('every chart of rows says when it draws some of them, and how many there are', () => {
  const sampled = { ...points(80, (i) => i % 2), of: 800_000 };
  const many = { ...view, result: { ...view.result, points: { train: sampled, test: sampled } } };
  for (const chart of [predictedActual, residuals, residualQuantiles])
    for (const split of ['train', 'test'])
      expect(say(chart, many, { split }).caption).toContain('80 of N = 800,000 drawn.');
  // The experts' own rows: 100 of the fixture's 100 are there.
  expect(say(expertErrors).caption).not.toContain(' of N = ');
  const metrics = { ...view.result.report.metrics, train: { ...view.result.report.metrics.train, rows: 800_000 } };
  const large = { ...view, result: { ...view.result, report: { ...view.result.report, metrics } } };
  expect(say(expertErrors, large).caption).toMatch(/Of \d+ of N = 800,020 rows at even distances\.$/);
});

describe('residual quantiles', () => {
  test('say how many errors lie within 1.96 predicted standard deviations', () => {
    expect(say(residualQuantiles).title).toMatch(/^100% of errors lie within 1\.96 predicted sd/);
  });
});

test('a chart that does not apply has no place', () => {
  const single = { ...view, result: { ...view.result, experts: view.result.experts.slice(0, 1) } };
  expect(chartsAt('experts', single)).toEqual([]);
});
