import { permutation, random } from '../random';
import { fail, ok, type Result } from '../result';
import type { Split } from './types';

/** The split's own stream of random numbers, far from those of the starts of a fit. */
const SPLIT_STREAM = 1_000_000;

export interface Parts {
  /** Record numbers, ascending. */
  readonly train: Uint32Array;
  readonly test: Uint32Array;
  readonly warnings: readonly string[];
}

/**
 * Divides the used records into training and held-out ones. A fraction holds out round(fraction * used) of them at random; a
 * list names them by their record number in the file, before any row was dropped.
 *
 * @param used   record numbers, ascending
 * @param total  records in the table
 */
export function splitRows(used: Uint32Array, split: Split, total: number): Result<Parts> {
  if (split.kind === 'fraction') {
    const count = Math.round(split.fraction * used.length);
    const order = permutation(used.length, random(split.seed, SPLIT_STREAM));
    const held = new Uint8Array(used.length);
    for (let i = 0; i < count; i++) held[order[i]] = 1;
    return checked({
      train: used.filter((_, i) => !held[i]),
      test: used.filter((_, i) => held[i] === 1),
      warnings: [],
    });
  }
  if (split.kind !== 'rows') throw new Error(`no rows are held out by ${split.kind} yet`);
  const wrong = split.test.find((row) => row >= total);
  if (wrong !== undefined)
    return fail(
      'design/split-out-of-range',
      `Row ${wrong} is to be held out, but the table has rows 0 to ${total - 1}: count the data rows of the file from 0, without the header.`,
      { row: wrong, rows: total },
    );
  const wanted = new Set(split.test);
  const test = used.filter((row) => wanted.has(row));
  const lost = wanted.size - test.length;
  const warnings =
    lost > 0
      ? [
          `${lost.toLocaleString('en')} of the ${wanted.size.toLocaleString('en')} rows to hold out have a missing value and are left out.`,
        ]
      : [];
  return checked({ train: used.filter((row) => !wanted.has(row)), test, warnings });
}

function checked(parts: Parts): Result<Parts> {
  if (parts.train.length === 0)
    return fail(
      'design/no-training-rows',
      'Every usable row is held out, so none is left to fit: hold out fewer rows.',
    );
  return ok(parts);
}
