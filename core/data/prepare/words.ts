import type { Feature } from '../../model/feature';
import type { Flow } from '../types';
import { dateLabel, parseDate, type LearnedOrder } from './dates';

/** "1 row has", "2 rows have". */
export const rowsHave = (count: number): string =>
  `${count.toLocaleString('en')} ${count === 1 ? 'row has' : 'rows have'}`;

/** One sentence for each category with levels that training did not see. */
export const unseenWarnings = (unseen: ReadonlyMap<string, number>): string[] =>
  [...unseen].map(
    ([column, count]) =>
      `${rowsHave(count)} ${count === 1 ? 'a value' : 'values'} of “${column}” that no training row has; ${count === 1 ? 'it is' : 'they are'} treated as the reference.`,
  );

/** One sentence for each column with values that one of its steps cannot take. @param so  what becomes of the rows */
export const outsideWarnings = (
  outside: NonNullable<Flow['outside']>,
  so: (count: number) => string = (count) => `${count === 1 ? 'is' : 'are'} left out`,
): string[] =>
  outside.map(
    ({ column, rows, reason }) => `${rowsHave(rows)} a value of “${column}” that ${reason}, and ${so(rows)}.`,
  );

/** A sentence where the dates of a column could be read two ways. */
export const dateOrderWarnings = (column: string, { order, ambiguous }: LearnedOrder): string[] =>
  ambiguous === null
    ? []
    : [
        `The dates of “${column}” could be written day first or month first; they are read day first, “${ambiguous}” as ${dateLabel(parseDate(ambiguous, order), order)}.`,
      ];

/** What stands for a missing value, as a person reads it. */
export function fillWords(feature: Feature): string {
  const { missing } = feature;
  if (missing.policy === 'drop-row') return '';
  if (feature.kind === 'date') return dateLabel(Number(missing.value), feature.order);
  return typeof missing.value === 'number' ? String(Number(missing.value.toPrecision(6))) : missing.value;
}

/** One sentence for each column with cells that were filled in. */
export const filledWarnings = (features: readonly Feature[], filled: ReadonlyMap<string, number>): string[] =>
  features.flatMap((feature) => {
    const count = filled.get(feature.column) ?? 0;
    if (count === 0 || feature.missing.policy === 'drop-row') return [];
    return [
      `${rowsHave(count)} no value of “${feature.column}”; ${fillWords(feature)} stands for it (${policyWords[feature.missing.policy]} of the training rows).`,
    ];
  });

const policyWords = {
  mean: 'the mean',
  median: 'the median',
  'most-frequent': 'the most frequent value',
  indicator: 'the usual value',
};
