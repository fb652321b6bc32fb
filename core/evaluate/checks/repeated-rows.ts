import { inBlocks, type Steps } from '../../turns';
import type { Part } from '../part';
import type { Check } from '../types';
import { count, percent } from '../words';

/**
 * Rows whose inputs and target repeat another row. Repeats inside training count double; repeats across the split make the
 * held-out error too good.
 */
export function* repeatedRows(train: Part, test: Part | null, d: number): Steps<Check> {
  const id = 'repeated-rows';
  const keys = yield* sortedKeys(train, d);
  const repeats = keys.reduce((sum, key, at) => sum + (at > 0 && key === keys[at - 1] ? 1 : 0), 0);
  yield;
  const leaked = test === null ? 0 : countShared(yield* sortedKeys(test, d), keys);
  const share = repeats / train.actual.length;
  const leakedShare = test === null ? 0 : leaked / test.actual.length;
  if (repeats === 0 && leaked === 0) return { id, light: 'green', sentence: 'No row repeats another.' };
  const inside = `${count(repeats, 'training row repeats', 'training rows repeat')} another (${percent(share)})`;
  const across =
    test === null
      ? ''
      : `, ${count(leaked, 'held-out row repeats', 'held-out rows repeat')} a training row (${percent(leakedShare)})`;
  const facts = `${inside}${across}`;
  if (share < 0.05 && leakedShare < 0.05) return { id, light: 'green', sentence: `${facts}: too few to matter.` };
  const light = leakedShare >= 0.25 ? 'red' : 'amber';
  return {
    id,
    light,
    sentence: `${facts}: the held-out error may look better than new data will; remove repeats from the file.`,
  };
}

/** How many of `keys` are among `others`; both ascending. */
function countShared(keys: Float64Array, others: Float64Array): number {
  let shared = 0;
  let at = 0;
  for (const key of keys) {
    while (others[at] < key) at++;
    if (others[at] === key) shared++;
  }
  return shared;
}

/**
 * A 53-bit hash of the bits of each row's inputs and target (two rounds of FNV-1a with different bases), ascending. At 500,000 rows
 * two different rows collide with probability 1e-5: enough for a count in a sentence, and a tenth of the memory of the rows as keys.
 */
function* sortedKeys(part: Part, d: number): Steps<Float64Array> {
  const keys = new Float64Array(part.actual.length);
  const row = new Float64Array(d + 1);
  const units = new Uint32Array(row.buffer);
  const hash = (i: number): number => {
    // + 0 makes a negative zero equal to zero.
    for (let j = 0; j < d; j++) row[j] = part.z[i * d + j] + 0;
    row[d] = part.actual[i] + 0;
    let a = 0x811c9dc5;
    let b = 0x9e3779b9;
    for (let at = 0; at < units.length; at++) {
      a = Math.imul(a ^ units[at], 0x01000193);
      a ^= a >>> 15;
      b = Math.imul(b ^ units[at], 0x85ebca6b);
      b ^= b >>> 13;
    }
    return (a >>> 0) * 0x200000 + ((b >>> 0) & 0x1fffff);
  };
  yield* inBlocks(keys.length, 4 * d, (from, to) => {
    for (let i = from; i < to; i++) keys[i] = hash(i);
  });
  return keys.sort();
}
