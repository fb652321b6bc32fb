import type { MetricsReport } from './types';

/** Errors of a line below this share of the errors of the mean are rounding. */
const ROUNDING = 1e-9;

/** Whether one straight line gives the target to rounding: then errors of any fit are rounding, too, and compare as nothing. */
export const isExactLine = ({ baselines: { mean, ols } }: Pick<MetricsReport, 'baselines'>): boolean =>
  ols.train.rmse <= ROUNDING * mean.train.rmse;

export const exactLineNote = (metrics: Pick<MetricsReport, 'baselines'>): string[] =>
  isExactLine(metrics)
    ? [
        'One straight line gives the target exactly: most likely a feature is made from the target, so leave it out, or take the line.',
      ]
    : [];
