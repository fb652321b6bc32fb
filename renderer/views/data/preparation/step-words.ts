import type { ColumnType, DesignRecipe } from '../../../../core/data/types';
import { count } from '../../../format';
import type { MissingPolicy, Step, Transform } from '../../../stores/column-steps';
import { policiesOf } from '../../../stores/column-steps';
import { policyNames, shareOf, transformNames } from '../../../stores/step-words';
import { withOwn } from './with-own';

/** A choice of a list, and what it does in a line. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly detail?: string;
}

export const stepNames: Readonly<Record<Step, string>> = {
  missing: 'No value',
  winsorise: 'Extremes',
  transform: 'Transform',
  reference: 'Reference',
  pool: 'Rare levels',
  date: 'Date as',
};

const policyTells: Readonly<Record<MissingPolicy, string>> = {
  'drop-row': 'Rows without a value here are not used',
  mean: 'The mean of the training rows stands for it',
  median: 'The median of the training rows stands for it',
  'most-frequent': 'The most frequent value of the training rows stands for it',
  indicator: 'The median, or the reference level, and a number that says it was missing',
};

/** What can be done about cells without a value in columns of all these types. */
export const missingChoices = (types: readonly ColumnType[]): Choice[] =>
  policiesOf(types.at(0) ?? 'text')
    .filter((policy) => types.every((type) => policiesOf(type).includes(policy)))
    .map((value) => ({ value, label: policyNames[value], detail: policyTells[value] }));

const transformTells: Readonly<Record<Transform, string>> = {
  log: 'Natural logarithm: sizes and amounts above 0',
  log1p: 'Log of 1 + the value: counts and amounts with zeros',
  sqrt: 'Counts: 0 and above',
  'yeo-johnson': 'The power that makes the training rows most bell-shaped; any number',
};

export const transformChoices: readonly Choice[] = [
  { value: 'none', label: 'None', detail: 'The value as it stands' },
  ...(Object.keys(transformNames) as Transform[]).map((value) => ({
    value,
    label: transformNames[value],
    detail: transformTells[value],
  })),
];

export const targetTransformChoices: readonly { value: TargetTransform; label: string; detail: string }[] = [
  { value: 'none', label: 'As it is', detail: 'Experts predict the target itself' },
  { value: 'log', label: 'Its log', detail: 'Above 0, with errors that grow with the size' },
  { value: 'sqrt', label: 'Its square root', detail: 'Counts: above 0' },
  { value: 'yeo-johnson', label: 'Yeo–Johnson', detail: transformTells['yeo-johnson'] },
];
type TargetTransform = NonNullable<DesignRecipe['targetTransform']>;

export const winsoriseChoices = (own: number | undefined): Choice[] => [
  { value: 'none', label: 'As they are' },
  ...withOwn([0.001, 0.005, 0.01, 0.025, 0.05], own ?? 0.01).map((share) => ({
    value: String(share),
    label: `${shareOf(share)} at each end`,
    detail: 'Moved to the training rows’ quantile there',
  })),
];
export const poolChoices = (own: number | undefined): Choice[] => [
  { value: 'none', label: 'Each for itself' },
  ...withOwn([5, 10, 20, 50, 100], own ?? 10).map((rows) => ({
    value: String(rows),
    label: `Below ${count(rows)} rows as one`,
    detail: 'Counted on the training rows',
  })),
];

export const dateChoices: readonly Choice[] = [
  { value: 'elapsed', label: 'Days gone by', detail: 'Since the first training row: for trends' },
  { value: 'parts', label: 'Its parts', detail: 'Year, month, weekday and, where it varies, hour: for seasons' },
];
