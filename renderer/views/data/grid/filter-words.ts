import type { ColumnInfo } from '../../../../core/data/types';
import type { RowFilter } from '../../../../core/data/rows/types';
import { compact, list } from '../../../format';

/** Values that are named; more are counted. */
const NAMED = 3;
/** Enough digits to tell what was typed. */
const DIGITS = 12;
const quoted = (value: string): string => `“${value.length > 24 ? `${value.slice(0, 23)}…` : value}”`;

/** What a filter lets through, in words: "Age from 3 to 28". */
export function filterWords(
  filter: RowFilter,
  { label, type }: Pick<ColumnInfo, 'label'> & Partial<Pick<ColumnInfo, 'type'>>,
): string {
  switch (filter.kind) {
    case 'range': {
      const { min, max } = filter;
      if (min === null && max === null) return `${label} is a number`;
      if (max === null) return `${label} at least ${compact(min!, DIGITS)}`;
      if (min === null) return `${label} at most ${compact(max, DIGITS)}`;
      return min === max
        ? `${label} is ${compact(min, DIGITS)}`
        : `${label} from ${compact(min, DIGITS)} to ${compact(max, DIGITS)}`;
    }
    case 'values':
      return filter.values.length > NAMED
        ? `${label} is one of ${filter.values.length} values`
        : `${label} is ${list(filter.values.map(quoted)).replace(/ and (?=“[^“]*$)/, ' or ')}`;
    case 'missing':
      return `${label} has no value`;
    case 'failed':
      return `${label} is not a ${type === 'date' ? 'date' : 'number'}`;
    case 'contains':
      return `${label} contains ${quoted(filter.text)}`;
  }
}
