import { fail } from '../../result';
import type { Split } from '../types';
import { partsOf, rowCount, share, type Dividing } from './parts';

/** Equal values that move the cut by more than this share of the rows are worth a warning. */
const FAR_OFF = 0.05;

/** What records are put in order by. */
export interface Order {
  /** One a record of the table; every used record has one. */
  readonly values: Float64Array;
  /** A value as a person writes it. */
  readonly label: (value: number) => string;
}

/**
 * Holds out the last round(fraction * used) records in the order of their values. Records with equal values are not cut apart: the cut
 * moves to the nearest place between two values, the later one where two are as near, that leaves both parts some records.
 *
 * @param order  null for the order of the file
 */
export function* divideByOrder(
  used: Uint32Array,
  { column, fraction }: Extract<Split, { kind: 'ordered' }>,
  order: Order | null,
): Dividing {
  const n = used.length;
  const count = Math.round(fraction * n);
  if (order === null) {
    const held = new Uint8Array(n).fill(1, n - count);
    return partsOf(used, held, { note: count === 0 ? null : `The last ${rowCount(count)} of the file are held out.` });
  }
  const keys = Float64Array.from(used, (row) => order.values[row]);
  if (count === 0) return partsOf(used, new Uint8Array(n));
  yield;
  const sorted = keys.slice().sort();
  yield;
  const first = cut(sorted, n - count);
  if (first === null)
    return fail(
      'design/one-value-in-order',
      `“${column}” has the same value in every usable row, so none is later than others: choose another column, or hold out rows at random.`,
      { column },
    );
  const from = sorted[first];
  const held = Uint8Array.from(keys, (key) => (key >= from ? 1 : 0));
  const reached = (n - first) / n;
  return partsOf(used, held, {
    note: `Rows with “${column}” from ${order.label(from)} on are held out, which are ${rowCount(n - first)}.`,
    warnings:
      Math.abs(reached - fraction) > FAR_OFF
        ? [
            `Many rows have the same value of “${column}”, so ${share(reached)} of the rows are held out and not ${share(fraction)}.`,
          ]
        : [],
  });
}

/** The place nearest to `at`, after 0, where a value differs from the one before; null where there is none. */
function cut(sorted: Float64Array, at: number): number | null {
  const between = (place: number) => place > 0 && place < sorted.length && sorted[place - 1] < sorted[place];
  for (let away = 0; away < sorted.length; away++) {
    if (between(at + away)) return at + away;
    if (between(at - away)) return at - away;
  }
  return null;
}
