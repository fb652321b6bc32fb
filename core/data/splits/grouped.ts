import { permutation, random } from '../../random';
import { fail } from '../../result';
import type { Values } from '../encode';
import type { Split } from '../types';
import { groupsOf, inGroups } from './groups';
import { partsOf, rowCount, share, SPLIT_STREAM, type Dividing } from './parts';

/** A share that whole groups miss by more than this is worth a warning. */
const FAR_OFF = 0.05;

/**
 * Holds out whole groups, in random order, each that brings the held-out records nearer to the share that is asked for. At least one
 * group is kept for training and, where anything is to be held out, at least one is held out.
 */
export function* divideByGroups(
  used: Uint32Array,
  { column, fraction, seed }: Extract<Split, { kind: 'grouped' }>,
  values: Values,
): Dividing {
  const groups = yield* groupsOf(used, values);
  const { sizes } = groups;
  const wanted = fraction * used.length;
  if (sizes.length < 2 && wanted > 0)
    return fail(
      'design/one-group',
      `“${column}” has the same value in every usable row, so no group can be held out: choose a column that tells groups apart.`,
      { column },
    );
  const order = permutation(sizes.length, random(seed, SPLIT_STREAM));
  yield;
  const chosen = new Set<number>();
  let held = 0;
  for (const group of order) {
    const nearer = Math.abs(held + sizes[group] - wanted) < Math.abs(held - wanted);
    if (!nearer || chosen.size === sizes.length - 1) continue;
    chosen.add(group);
    held += sizes[group];
  }
  if (chosen.size === 0 && wanted > 0) {
    // Every group is more than twice the share: the smallest comes nearest, the first in the order among equals.
    const smallest = order.reduce((best, group) => (sizes[group] < sizes[best] ? group : best));
    chosen.add(smallest);
    held = sizes[smallest];
  }
  const reached = held / used.length;
  const far = Math.abs(reached - fraction) > FAR_OFF;
  return partsOf(used, inGroups(groups, chosen), {
    note:
      held === 0
        ? null
        : `${chosen.size.toLocaleString('en')} of the ${sizes.length.toLocaleString('en')} values of “${column}” are held out, which are ${rowCount(held)}.`,
    warnings: far
      ? [
          `The groups of “${column}” are large, so ${share(reached)} of the rows are held out and not ${share(fraction)}.`,
        ]
      : [],
  });
}
