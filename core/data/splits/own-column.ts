import { fail } from '../../result';
import { nearestName } from '../names';
import { inBlocks } from '../../turns';
import type { Split } from '../types';
import { partsOf, rowCount, type Dividing } from './parts';

const quoted = (values: readonly string[]) => values.map((value) => `“${value}”`);

/**
 * Holds out the records with one of the named values.
 *
 * @param values  texts, one a record of the table; every used record has one
 */
export function* divideByColumn(
  used: Uint32Array,
  { column, test }: Extract<Split, { kind: 'column' }>,
  values: readonly (string | null)[],
): Dividing {
  const wanted = new Set(test);
  const found = new Set<string>();
  const held = new Uint8Array(used.length);
  yield* inBlocks(used.length, 10, (from, to) => {
    for (let i = from; i < to; i++) {
      const value = values[used[i]];
      if (value === null || !wanted.has(value)) continue;
      held[i] = 1;
      found.add(value);
    }
  });
  const lacking = [...wanted].filter((value) => !found.has(value));
  if (lacking.length > 0) {
    const known = [...new Set(values)].filter((value) => value !== null);
    const absent = lacking.find((value) => !known.includes(value));
    if (absent !== undefined) return noSuchValue(column, absent, known);
  }
  const count = held.reduce((sum, flag) => sum + flag, 0);
  return partsOf(used, held, {
    note:
      count === 0
        ? null
        : `Rows with ${quoted([...found]).join(' or ')} in “${column}” are held out, which are ${rowCount(count)}.`,
    warnings: lacking.map((value) => `Every row with “${value}” in “${column}” has a missing value and is left out.`),
  });
}

function noSuchValue(column: string, value: string, known: readonly string[]) {
  const near = nearestName(value, known);
  const listed = `its values are ${quoted(known.slice(0, 6)).join(', ')}${known.length > 6 ? ' and others' : ''}.`;
  return fail(
    'design/no-such-value',
    `No row has “${value}” in “${column}”: ${near === null ? listed : `did you mean “${near}”?`}`,
    { column, value },
  );
}
