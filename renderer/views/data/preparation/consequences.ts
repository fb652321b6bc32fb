import type { Flow } from '../../../../core/data/types';
import { compact, counted } from '../../../format';
import type { Step } from '../../../stores/column-steps';

/** What a recipe does to rows and cells because of one column. */
export interface Consequence {
  readonly column: string;
  readonly step: Step;
  /** How many rows, cells or levels. */
  readonly count: number;
  readonly sentence: string;
  /** The same in a few words, where the column is named beside it. */
  readonly short: string;
}

/** Everything that is left out, filled in, moved or pooled, each with the column it comes from, in the order of the steps. */
export function consequencesOf(flow: Flow): Consequence[] {
  const dropped = flow.droppedBy.map(({ column, rows }): Consequence => ({
    column,
    step: 'missing',
    count: rows,
    sentence: `${counted(rows, 'row')} without a value, left out.`,
    short: `${counted(rows, 'row')} left out`,
  }));
  const imputed = (flow.imputed ?? []).map(({ column, value, train, test }): Consequence => {
    const cells = train + test;
    return {
      column,
      step: 'missing',
      count: cells,
      sentence: `${counted(cells, 'cell')} without a value ${cells === 1 ? 'takes' : 'take'} ${value}.`,
      short: `${counted(cells, 'cell')} ${cells === 1 ? 'takes' : 'take'} ${value}`,
    };
  });
  const moved = (flow.winsorised ?? []).map(({ column, low, high, train, test }): Consequence => {
    const values = train + test;
    return {
      column,
      step: 'winsorise',
      count: values,
      sentence: `${counted(values, 'value')} beyond ${compact(low)} to ${compact(high)} moved there.`,
      short: `${counted(values, 'value')} moved in`,
    };
  });
  const outside = (flow.outside ?? []).map(({ column, rows, reason }): Consequence => ({
    column,
    step: 'transform',
    count: rows,
    sentence: `${counted(rows, 'row')} ${reason}, left out.`,
    short: `${counted(rows, 'row')} left out`,
  }));
  const pooled = (flow.pooled ?? []).map(({ column, into, levels, train, test }): Consequence => ({
    column,
    step: 'pool',
    count: levels.length,
    sentence: `${counted(levels.length, 'level')} with ${counted(train + test, 'row')} become “${into}”.`,
    short: `${counted(levels.length, 'level')} pooled`,
  }));
  return [...dropped, ...imputed, ...moved, ...outside, ...pooled].filter(({ count }) => count > 0);
}

/** The same in a few words: "6 rows left out", "12 cells filled in". */
export function summaryOf(flow: Flow): string[] {
  const sum = (entries: readonly { readonly train: number; readonly test: number }[] = []): number =>
    entries.reduce((total, { train, test }) => total + train + test, 0);
  const cells = sum(flow.imputed);
  const values = sum(flow.winsorised);
  const levels = (flow.pooled ?? []).reduce((total, entry) => total + entry.levels.length, 0);
  return [
    ...(flow.dropped ? [`${counted(flow.dropped, 'row')} left out`] : []),
    ...(cells ? [`${counted(cells, 'cell')} filled in`] : []),
    ...(values ? [`${counted(values, 'value')} moved in`] : []),
    ...(levels ? [`${counted(levels, 'level')} pooled`] : []),
  ];
}

/** The names of the numbers a column becomes. */
export const encodedNames = (flow: Flow, column: string): string[] =>
  flow.encoded.filter((entry) => entry.column === column).map(({ name }) => name);
