import type { ColumnPreparation } from '../../core/data/types';
import { compact, count } from '../format';
import type { MissingPolicy, Transform } from './column-steps';

export const policyNames: Readonly<Record<MissingPolicy, string>> = {
  'drop-row': 'Leave the row out',
  mean: 'Mean',
  median: 'Median',
  'most-frequent': 'Most frequent',
  indicator: 'Fill in and mark',
};

export const transformNames: Readonly<Record<Transform, string>> = {
  log: 'Log',
  log1p: 'Log of 1 +',
  sqrt: 'Square root',
  'yeo-johnson': 'Yeo–Johnson',
};

/** A share of the rows that may be less than a hundredth. */
export const shareOf = (share: number): string => `${compact(share * 100, 3)}%`;

/** The steps of a column in a few words, in the order in which they are carried out. */
export function stepWords(steps: ColumnPreparation): string[] {
  const { missing, winsorise, transform, pool, reference, date } = steps;
  return [
    ...(missing && missing !== 'drop-row' ? [`no value: ${policyNames[missing].toLowerCase()}`] : []),
    ...(winsorise ? [`${shareOf(winsorise)} at each end moved in`] : []),
    ...(transform ? [transformNames[transform].toLowerCase()] : []),
    ...(pool ? [`levels below ${count(pool)} rows pooled`] : []),
    ...(reference === undefined ? [] : [`reference ${reference}`]),
    ...(date ? [date === 'parts' ? 'date in parts' : 'days gone by'] : []),
  ];
}
