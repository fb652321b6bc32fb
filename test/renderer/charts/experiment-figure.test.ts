import { expect, test } from 'vitest';
import { settingsOf } from '../../../renderer/charts/chart';
import { experimentFigureChart } from '../../../renderer/charts/experiment-figure';
import { figure } from '../experiments/fixture';
import { notFinite, size, theme } from './fixture';

const chart = experimentFigureChart('gridlock-figure-3-k3');
const usual = settingsOf(chart.controls(figure), {});
const axisNames = (settings = usual): string[] => {
  const { xAxis, yAxis } = chart.option(figure, theme, size, settings);
  return [xAxis, yAxis].map((axis) => (axis as { name: string }).name);
};
const series = (settings = usual, of = figure): { type: string; data: number[][]; lineStyle?: { type: unknown } }[] =>
  chart.option(of, theme, size, settings).series as never;

test('the axes are the figure’s own until the reader chooses, and a logarithm is marked', () => {
  // Iteration 0 has no logarithm, so iterations are shifted by one.
  expect(axisNames()).toEqual(['iteration + 1 (log)', 'error (log)']);
  expect(axisNames({ ...usual, xScale: 'linear', yScale: 'linear' })).toEqual(['iteration', 'error']);
});

test('the median is a line in a band between the quartiles, which can be put away', () => {
  expect(series().map(({ type }) => type)).toEqual(['custom', 'custom', 'line', 'line']);
  expect(series({ ...usual, bands: 'off' }).map(({ type }) => type)).toEqual(['line', 'line']);
  expect(chart.caption(figure, usual)).toBe('Median of 20 seeds; the band lies between the quartiles.');
  expect(chart.caption(figure, { ...usual, bands: 'off' })).toBe('Median of 20 seeds.');
});

test('series differ in more than colour: in the dash of the line, and in the symbols on it', () => {
  const dashes = series({ ...usual, bands: 'off' }).map(({ lineStyle }) => JSON.stringify(lineStyle?.type));
  expect(new Set(dashes).size).toBe(2);
  const { graphic } = chart.option(figure, theme, size, usual);
  const shapes = (graphic as { type: string }[]).map(({ type }) => type);
  expect(shapes.filter((type) => type === 'circle')).toHaveLength(5);
  expect(shapes.filter((type) => type === 'polygon')).toHaveLength(5);
});

test('every line ends with its name and its last median', () => {
  const text = JSON.stringify(chart.option(figure, theme, size, usual).graphic);
  for (const words of ['random EM', 'spectral, then EM', '0.222', '0.111']) expect(text).toContain(words);
});

test('while seeds finish the caption says how many each series has had', () => {
  const partial = { ...figure, series: figure.series.map((one, i) => ({ ...one, seeds: i ? 3 : 7 })) };
  expect(chart.caption(partial, usual)).toContain('Median of 3 to 7 seeds');
});

test('one seed has no band and no choice about it', () => {
  const single = {
    ...figure,
    series: figure.series.map((one) => ({
      ...one,
      seeds: 1,
      points: one.points.map((point) => ({ ...point, low: point.median, high: point.median })),
    })),
  };
  expect(chart.caption(single, settingsOf(chart.controls(single), {}))).toBe('One seed.');
  expect(chart.controls(single).map(({ id }) => id)).toEqual(['xScale', 'yScale']);
});

test('a logarithm is offered only where all medians have one', () => {
  const signed = {
    ...figure,
    series: figure.series.map((one) => ({ ...one, points: one.points.map((p) => ({ ...p, median: p.median - 1 })) })),
  };
  const settings = settingsOf(chart.controls(signed), {});
  expect(settings).not.toHaveProperty('yScale');
  const option = chart.option(signed, theme, size, settings);
  expect((option.yAxis as { type: string }).type).toBe('value');
  expect(notFinite(option)).toEqual([]);
});

test('a band that reaches zero, a single point and a constant line are drawn with finite numbers', () => {
  const odd = {
    ...figure,
    series: [
      { name: 'to zero', seeds: 4, points: [{ x: 0, median: 1e-3, low: 0, high: 1 }] },
      { name: 'constant', seeds: 4, points: [1, 2].map((x) => ({ x, median: 1, low: 1, high: 1 })) },
      { name: 'nothing yet', seeds: 0, points: [] },
    ],
  };
  for (const xScale of ['log', 'linear'])
    for (const yScale of ['log', 'linear'])
      expect(notFinite(chart.option(odd, theme, size, { ...usual, xScale, yScale }))).toEqual([]);
  expect(chart.applies({ ...figure, series: [odd.series[2]] })).toBe(false);
});

test('the crosshair reads every series at a position, with its quartiles', () => {
  const stops = chart.stops(figure, usual);
  expect(stops.map(({ x }) => x)).toEqual([1, 2, 3, 5, 9]);
  const { title, entries } = stops[1].read();
  expect(title).toBe('iteration 1');
  expect(entries.map(({ name, value }) => `${name}: ${value}`)).toEqual([
    'random EM: 1.00 (0.900 to 1.10)',
    'spectral, then EM: 0.500 (0.450 to 0.550)',
  ]);
});

test('the table holds exactly what is drawn', () => {
  const { columns, rows } = chart.table(figure, usual);
  expect(columns).toEqual(['series', 'iteration', 'median', 'lower_quartile', 'upper_quartile', 'seeds']);
  expect(rows).toHaveLength(10);
  expect(rows[1]).toEqual(['random EM', 1, 1, 0.9, 1.1, 20]);
});
