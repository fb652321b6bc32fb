import { expect, test } from 'vitest';
import type { Claim, Experiment, Line, Measured } from '../../../../core/experiments/experiment';
import { reportOf } from '../../../../core/experiments/lib/report';
import { experimentReport } from '../../../../core/experiments/types';

const experiment = (claims: readonly Claim[] = [], figures: Experiment['figures'] = []): Experiment => ({
  name: 'sample',
  title: 'A sample',
  source: 'nowhere',
  question: 'What?',
  seeds: 3,
  claims,
  figures,
  tasks: () => [],
  run: () => ({ observations: [], lines: [] }),
  findings: () => [],
});
const effort = { seeds: 3, quick: false };
const seen = (value: number, method = 'em', metric = 'error'): Measured => ({
  observations: [{ setting: 'k = 2', method, metric, value }],
  lines: [],
});
const line = (y: readonly number[], series = 'em'): Measured => ({
  observations: [],
  lines: [{ figure: 'f', series, x: y.map((_, i) => i), y } satisfies Line],
});
const claim: Claim = { setting: 'k = 2', method: 'em', metric: 'error' };

test('A row holds median, quartiles, mean and extremes of its observations and how many there were', () => {
  const { rows } = reportOf(
    experiment(),
    effort,
    [4, 1, 2, 3].map((value) => seen(value)),
  );
  expect(rows).toEqual([
    {
      ...{ setting: 'k = 2', method: 'em', metric: 'error', seeds: 4 },
      ...{ median: 2.5, q25: 1.75, q75: 3.25, mean: 2.5, min: 1, max: 4 },
      ...{ published: null, threshold: null, verdict: null },
    },
  ]);
});

test('Observations of another setting, method or metric are rows of their own, in the order in which they first occur', () => {
  const { rows } = reportOf(experiment(), effort, [seen(1), seen(2, 'sgd'), seen(3, 'em', 'rmse'), seen(5)]);
  expect(rows.map(({ method, metric, seeds }) => [method, metric, seeds])).toEqual([
    ['em', 'error', 2],
    ['sgd', 'error', 1],
    ['em', 'rmse', 1],
  ]);
});

test.each([
  ['median', '<=', 2, 'met'],
  ['median', '<=', 1.9, 'missed'],
  ['mean', '>=', 3.1, 'missed'],
  ['mean', '>=', 3, 'met'],
  ['max', '<=', 5.9, 'missed'],
  ['min', '>=', 1, 'met'],
  ['q75', '<=', 4, 'met'],
  ['q25', '>=', 1.6, 'missed'],
] as const)('Of 1, 2 and 6 a threshold "%s %s %d" is %s', (statistic, operator, value, verdict) => {
  const asked = experiment([{ ...claim, threshold: { statistic, operator, value } }]);
  const [row] = reportOf(
    asked,
    effort,
    [1, 2, 6].map((one) => seen(one)),
  ).rows;
  expect(row).toMatchObject({ threshold: `${statistic} ${operator} ${value}`, verdict });
});

test('A published figure is judged on the row where nothing is asked of it', () => {
  const judge = ({ median }: { median: number }) => (median < 1 ? 'exceeded' : 'not reproduced');
  const judged = experiment([{ ...claim, published: '0.9', judge }]);
  const rowFor = (value: number) => reportOf(judged, effort, [seen(value)]).rows[0];
  expect(rowFor(0.5)).toMatchObject({ published: '0.9', threshold: null, verdict: 'exceeded' });
  expect(rowFor(2)).toMatchObject({ verdict: 'not reproduced' });
});

test('A claim about a row that was not measured leaves no row', () => {
  const asked = experiment([{ ...claim, setting: 'k = 9', published: 'good' }]);
  expect(reportOf(asked, effort, [seen(1)]).rows).toMatchObject([{ setting: 'k = 2', published: null }]);
});

test('A figure has the median line of each series with its quartiles, point by point', () => {
  const figure = {
    id: 'f',
    title: 'Error',
    x: { label: 'iteration', scale: 'linear' },
    y: { label: 'error', scale: 'log' },
  } as const;
  const measured = [line([3, 1]), line([5, 1]), line([4, 3]), line([9, 9], 'sgd'), line([7, 2])];
  const report = reportOf(experiment([], [figure]), effort, measured);
  expect(report.figures[0].series).toEqual([
    {
      name: 'em',
      seeds: 4,
      points: [
        { x: 0, median: 4.5, low: 3.75, high: 5.5 },
        { x: 1, median: 1.5, low: 1, high: 2.25 },
      ],
    },
    {
      name: 'sgd',
      seeds: 1,
      points: [
        { x: 0, median: 9, low: 9, high: 9 },
        { x: 1, median: 9, low: 9, high: 9 },
      ],
    },
  ]);
  expect(experimentReport.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
});

test('Points that are not numbers are left out of a figure, and a report without measurements has no rows', () => {
  const figure = {
    id: 'f',
    title: 'Error',
    x: { label: 'iteration', scale: 'linear' },
    y: { label: 'error', scale: 'log' },
  } as const;
  const report = reportOf(experiment([], [figure]), effort, [line([Number.NaN, 1]), line([Number.NaN, 3])]);
  expect(report.figures[0].series[0].points).toEqual([{ x: 1, median: 2, low: 1.5, high: 2.5 }]);
  expect(reportOf(experiment(), effort, [])).toMatchObject({ rows: [], findings: [] });
});
