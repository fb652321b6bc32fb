import type { Metrics } from '../../core/evaluate/types';
import type { FitView } from './fit-view';

/** One row of the error table and of its plot. */
export interface ErrorRow extends Metrics {
  readonly name: string;
  /** The model's own held-out row (its training row where nothing was held out); the others are for comparison. */
  readonly own: boolean;
  /** 95% interval of the RMSE. */
  readonly interval: { readonly low: number; readonly high: number };
}

/** The model held out and in training, then the baselines on the same rows as the model's first. */
export function errorRows(view: FitView): ErrorRow[] {
  const { metrics } = view.result.report;
  const { intervals } = view.result;
  const part = metrics.test ? 'test' : 'train';
  const row = (
    name: string,
    own: boolean,
    errors: Metrics | null,
    interval: { rmse: { low: number; high: number } } | null,
  ): ErrorRow[] => (errors && interval ? [{ ...errors, name, own, interval: interval.rmse }] : []);
  return [
    ...row('Held out', true, metrics.test, intervals.model.test),
    ...row('Train', part === 'train', metrics.train, intervals.model.train),
    ...row('Straight line', false, metrics.baselines.ols[part], intervals.ols[part]),
    ...row('Mean only', false, metrics.baselines.mean[part], intervals.mean[part]),
  ];
}
