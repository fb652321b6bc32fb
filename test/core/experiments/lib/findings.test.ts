import { expect, test } from 'vitest';
import { thresholdFindings } from '../../../../core/experiments/lib/findings';
import type { ExperimentRow } from '../../../../core/experiments/types';

const row = (given: Partial<ExperimentRow>): ExperimentRow => ({
  setting: 'n = 9',
  method: 'regression',
  metric: 'regressor fit',
  median: 0.99,
  q25: 0.98,
  q75: 0.995,
  mean: 0.97,
  min: 0.9,
  max: 1,
  seeds: 4,
  published: null,
  threshold: 'median >= 0.985',
  verdict: 'met',
  ...given,
});

test('thresholds that are met are counted', () => {
  expect(thresholdFindings({ rows: [row({ threshold: null, verdict: null })] })).toEqual([]);
  expect(thresholdFindings({ rows: [row({})] })).toEqual(['The one threshold asked is met.']);
  expect(thresholdFindings({ rows: [row({}), row({})] })).toEqual(['All 2 thresholds asked are met.']);
});

test('a missed threshold is said with the statistic that it is about', () => {
  const median = row({ median: 0.9, verdict: 'missed' });
  expect(thresholdFindings({ rows: [median, row({})] })[0]).toBe(
    '1 of 2 thresholds is missed: n = 9, regression, regressor fit (0.900 [0.980, 0.995], asked median >= 0.985).',
  );
  const mean = row({ threshold: 'mean >= 0.98', verdict: 'missed' });
  expect(thresholdFindings({ rows: [mean, median] })[0]).toContain('(mean 0.970, asked mean >= 0.98)');
});

test('a figure that misses by less than its last digit is not written as what was asked', () => {
  const close = row({ median: 0.98497, verdict: 'missed' });
  expect(thresholdFindings({ rows: [close] })[0]).toContain('(median 0.984970, asked median >= 0.985)');
});
