import { fail } from '../../result';
import type { Split } from '../types';
import { partsOf, type Dividing } from './parts';

/** Holds out the named records, which are counted in the file, before any row was dropped. */
export function* divideByRows(used: Uint32Array, split: Extract<Split, { kind: 'rows' }>, total: number): Dividing {
  const wrong = split.test.find((row) => row >= total);
  if (wrong !== undefined)
    return fail(
      'design/split-out-of-range',
      `Row ${wrong} is to be held out, but the table has rows 0 to ${total - 1}: count the data rows of the file from 0, without the header.`,
      { row: wrong, rows: total },
    );
  const wanted = new Set(split.test);
  yield;
  const held = Uint8Array.from(used, (row) => (wanted.has(row) ? 1 : 0));
  const lost = wanted.size - held.reduce((sum, flag) => sum + flag, 0);
  const warnings =
    lost > 0
      ? [
          `${lost.toLocaleString('en')} of the ${wanted.size.toLocaleString('en')} rows to hold out have a missing value and are left out.`,
        ]
      : [];
  return partsOf(used, held, { warnings });
}
