import type { Reply } from '../../../core/protocol';
import { isClear } from './relation';

/** A pair of columns by their places, a before b. */
export interface Pair {
  readonly a: number;
  readonly b: number;
  readonly r: number;
}

type Correlations = Pick<Reply<'data/correlations'>, 'values' | 'counts' | 'columns'>;

/** Less is of no use to a reader, however many rows make it clear. */
const LEAST = 0.1;

/** Pairs that clearly go together, the strongest first. */
export function strongestPairs({ values, counts, columns }: Correlations): Pair[] {
  const c = columns.length;
  const pairs = Array.from({ length: c }, (_, b) =>
    Array.from({ length: b }, (__, a): Pair => ({ a, b, r: values[a * c + b] })),
  ).flat();
  return pairs
    .filter(({ a, b, r }) => Math.abs(r) >= LEAST && isClear(r, counts[a * c + b]))
    .sort((one, other) => Math.abs(other.r) - Math.abs(one.r));
}
