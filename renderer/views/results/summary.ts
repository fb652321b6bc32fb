import { fittedTarget, straightLine } from '../../charts/fit-view';
import type { FitView } from '../../charts/fit-view';
import { percent, withinInterval, withUnit } from '../../format';

/** A piece of a sentence; strong ones are the figures a reader takes away. */
export interface Words {
  readonly text: string;
  readonly strong?: boolean;
}

export type Comparison = 'better' | 'worse' | 'within' | 'same-model';

export const sentenceText = (words: readonly Words[]): string => words.map((part) => part.text).join('');

const numbers = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten'];
const numberWord = (n: number): string => numbers[n] ?? String(n);

/** Errors of the line that are rounding beside those of the mean: there the core notes that it is exact, and nothing compares. */
function lineIsExact({ result }: FitView): boolean {
  const { mean, ols } = result.report.metrics.baselines;
  return ols.train.rmse <= 1e-9 * mean.train.rmse;
}

/**
 * The model against least squares on the same rows. The difference counts only when the line's error lies outside the model's
 * 95% interval: "better" and "worse" are never said of what chance explains.
 */
export function comparison(view: FitView): Comparison {
  const { metrics } = view.result.report;
  if (view.result.report.model.experts.length === 1) return 'same-model';
  if (lineIsExact(view)) return 'within';
  const part = metrics.test && view.result.intervals.model.test ? 'test' : 'train';
  const interval = view.result.intervals.model[part]?.rmse;
  const line = metrics.baselines.ols[part]?.rmse;
  if (!interval || line === undefined) return 'within';
  return line > interval.high ? 'better' : line < interval.low ? 'worse' : 'within';
}

/** What was found, in one sentence (two where nothing was held out or the fit was cut short). */
export function summarySentence(view: FitView): Words[] {
  const { metrics, model } = view.result.report;
  const k = model.experts.length;
  const unit = view.target.unit;
  const heldOut = metrics.test !== null && view.result.intervals.model.test !== null;
  const own = heldOut ? metrics.test! : metrics.train;
  const interval = (heldOut ? view.result.intervals.model.test! : view.result.intervals.model.train).rmse;
  const written = withinInterval(interval.low, interval.high);
  const through = view.result.report.model.targetTransform ? ` through ${fittedTarget(view).label}` : '';
  const subject = k === 1 ? `One straight line${through} predicts` : `${numberWord(k)} experts predict`;
  const kind = heldOut ? 'held-out RMSE' : 'training RMSE; no rows were held out';
  return [
    { text: `${subject} ${view.target.label} with a typical error of ` },
    { text: withUnit(written(own.rmse), unit), strong: true },
    { text: ` (${kind}, 95% interval ${written(interval.low)} to ${written(interval.high)})` },
    ...against(view, heldOut ? 'test' : 'train', written),
    ...(view.result.partial ? [{ text: ' The fit was stopped before it ended.' }] : []),
  ];
}

function against(view: FitView, part: 'train' | 'test', written: (value: number) => string): Words[] {
  const { metrics } = view.result.report;
  const verdict = comparison(view);
  const own = (part === 'test' ? metrics.test : null) ?? metrics.train;
  if (verdict === 'same-model') {
    const mean = metrics.baselines.mean[part]?.rmse;
    if (mean === undefined || !(mean > 0)) return [{ text: '.' }];
    return change(own.rmse / mean, 'than always saying the mean.');
  }
  if (lineIsExact(view))
    return [{ text: '. One straight line gives the target ' }, { text: 'exactly', strong: true }, { text: '.' }];
  const line = metrics.baselines.ols[part]?.rmse;
  if (line === undefined || !(line > 0)) return [{ text: '.' }];
  if (verdict !== 'within')
    return [...change(own.rmse / line, `than one ${straightLine(view)}.`), ...mean(view, part, written)];
  const value = withUnit(written(line), view.target.unit);
  return [
    { text: `. One ${straightLine(view)} (${value}) lies within that interval: ` },
    { text: 'no clear difference', strong: true },
    { text: '.' },
    ...mean(view, part, written),
  ];
}

/** Where nothing is predicted at all, no comparison with a line that predicts nothing either may hide it. */
function mean(view: FitView, part: 'train' | 'test', written: (value: number) => string): Words[] {
  const { metrics } = view.result.report;
  const own = (part === 'test' ? metrics.test : null) ?? metrics.train;
  const rmse = metrics.baselines.mean[part]?.rmse;
  if (rmse === undefined || own.rmse < rmse) return [];
  return [
    { text: ' Always saying the mean ' },
    { text: 'does no worse', strong: true },
    { text: ` (${withUnit(written(rmse), view.target.unit)}).` },
  ];
}

function change(ratio: number, than: string): Words[] {
  const size = Math.abs(1 - ratio) < 0.005 ? 'less than 1%' : percent(Math.abs(1 - ratio));
  return [{ text: ', ' }, { text: `${size} ${ratio < 1 ? 'lower' : 'higher'}`, strong: true }, { text: ` ${than}` }];
}
