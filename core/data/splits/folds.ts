import { permutation, random } from '../../random';
import { fail, ok, type Result } from '../../result';
import type { Steps } from '../../turns';
import type { Values } from '../encode';
import type { Split } from '../types';
import { groupsOf } from './groups';
import { foldStream, partsOf, rowCount, type Dividing } from './parts';

type FoldSplit = Extract<Split, { kind: 'fold' }>;

/**
 * The fold of every used record, from 0. It depends on nothing but the used records, the seed and the repeat, so every method sees the
 * same folds. Without groups the sizes of two folds differ by at most one; groups are dealt whole, the largest first, each to the
 * fold that has the fewest records so far.
 *
 * @param groups  one value a record of the table, or null; every used record has one
 */
export function* foldsOf(
  used: Uint32Array,
  { folds, seed, repeat, groups: column }: Pick<FoldSplit, 'folds' | 'seed' | 'repeat' | 'groups'>,
  groups: Values | null,
): Steps<Result<Uint32Array>> {
  const stream = random(seed, foldStream(repeat));
  const n = used.length;
  if (groups === null) {
    if (n < folds)
      return fail(
        'design/too-many-folds',
        `${rowCount(n)} cannot be dealt into ${folds} folds: ask for at most ${n}.`,
        { folds, rows: n },
      );
    const order = permutation(n, stream);
    yield;
    const fold = new Uint32Array(n);
    for (let i = 0; i < n; i++) fold[order[i]] = i % folds;
    return ok(fold);
  }
  const { of, sizes } = yield* groupsOf(used, groups);
  if (sizes.length < folds)
    return fail(
      'design/too-many-folds',
      `“${column}” has ${sizes.length} ${sizes.length === 1 ? 'value' : 'different values'} in the usable rows, which cannot be dealt into ${folds} folds: ask for fewer folds or choose other groups.`,
      { folds, groups: sizes.length },
    );
  const order = [...permutation(sizes.length, stream)].sort((a, b) => sizes[b] - sizes[a]);
  yield;
  const filled = new Array<number>(folds).fill(0);
  const foldOf = new Uint32Array(sizes.length);
  for (const group of order) {
    const least = filled.indexOf(Math.min(...filled));
    foldOf[group] = least;
    filled[least] += sizes[group];
  }
  return ok(Uint32Array.from(of, (group) => foldOf[group]));
}

/** Holds out one fold. */
export function* divideByFold(used: Uint32Array, split: FoldSplit, groups: Values | null): Dividing {
  const { fold, folds, repeat } = split;
  if (fold >= folds)
    return fail('design/no-such-fold', `There is no fold ${fold + 1} of ${folds}: choose one from 1 to ${folds}.`, {
      fold,
      folds,
    });
  const dealt = yield* foldsOf(used, split, groups);
  if (!dealt.ok) return dealt;
  const held = Uint8Array.from(dealt.value, (own) => (own === fold ? 1 : 0));
  return partsOf(used, held, {
    note: `Fold ${fold + 1} of ${folds} is held out${repeat > 0 ? `, repeat ${repeat + 1}` : ''}.`,
  });
}
