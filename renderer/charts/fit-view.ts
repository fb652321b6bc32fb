import type { PointSample, RunResult } from '../../core/protocol';
import { count } from '../format';
import type { ChartControl, ChartSettings } from './chart';

/** A column as a person calls it. */
export interface ColumnWords {
  readonly label: string;
  readonly unit: string | null;
}

/** One finished run with the words its charts need: what the result charts are drawn from. */
export interface FitView {
  readonly result: RunResult;
  readonly target: ColumnWords;
  readonly columns: ReadonlyMap<string, ColumnWords>;
}

/** What the experts' numbers are of: the target, or its transform, which has no unit: "log(Strength)". */
export function fittedTarget({ result, target }: FitView): ColumnWords {
  const transform = result.report.model.targetTransform;
  return transform ? { label: `${transform.kind}(${target.label})`, unit: null } : target;
}

/** The baseline's line. It is fitted to the target itself, also where the experts are fitted to its transform: that is said. */
export const straightLine = ({ result }: FitView): string =>
  result.report.model.targetTransform ? 'straight line through the target itself' : 'straight line';

/** True when rows count by a column of weights: then the rows of an error are the sum of their weights. */
export const isWeighted = ({ result: { points, report } }: FitView): boolean =>
  points.train.of !== report.metrics.train.rows;

/** "predicted, MPa", or the quantity alone when the column names no unit. */
export const inUnit = (quantity: string, unit: string | null): string => (unit ? `${quantity}, ${unit}` : quantity);

export type Split = 'test' | 'train';

/** Held out first: it is the honest one. No choice where nothing was held out. */
export function splitControl(view: FitView): ChartControl[] {
  if (!view.result.points.test) return [];
  return [
    {
      id: 'split',
      label: 'Rows',
      choices: [
        { value: 'test', label: 'Held out' },
        { value: 'train', label: 'Train' },
      ],
      initial: 'test',
    },
  ];
}

export const splitOf = (view: FitView, settings: ChartSettings): Split =>
  view.result.points.test && settings.split !== 'train' ? 'test' : 'train';

export const pointsOf = (view: FitView, split: Split): PointSample =>
  (split === 'test' ? view.result.points.test : null) ?? view.result.points.train;

export const splitWords = (split: Split): string => (split === 'test' ? 'Held-out rows' : 'Training rows');

/** "Held-out rows, N = 206." or, where the points are a sample, "..., 5,000 of N = 80,000 drawn." */
export function countWords(points: PointSample, split: Split): string {
  const drawn = points.row.length;
  const n = count(points.of);
  return `${splitWords(split)}, ${drawn < points.of ? `${count(drawn)} of N = ${n} drawn` : `N = ${n}`}.`;
}

/** The gate of a mixture looks at no column: every row has the same proportions. */
export const hasConstantGate = ({ result }: FitView): boolean => {
  const { gates } = result.report.model;
  return gates.length > 1 && gates.every(({ weights }) => weights.every((weight) => weight === 0));
};
