import { describe, expect, test } from 'vitest';
import { splitOf, splitWords, type SplitFlags } from '../../../core/cli/split-flag';
import type { ColumnInfo, Split } from '../../../core/data/types';
import { splitFlags } from '../../../core/job/split-flags';

const names = ['y', 'patient', 'a=b', 'the "set"', 'x, y', 'time: start'];
const columns = names.map((name) => ({ name }) as ColumnInfo);

const read = (flags: SplitFlags, seed = 7) => {
  const words = splitWords(flags);
  if (!words.ok) return words.error.message;
  const split = splitOf(words.value, flags, flags.testFraction ?? 0.2, seed, columns);
  return split.ok ? split.value : split.error.message;
};

describe('--split', () => {
  test('says each way of dividing the rows', () => {
    expect(read({})).toEqual({ kind: 'fraction', fraction: 0.2, seed: 7 });
    expect(read({ split: 'grouped:patient' })).toEqual({ kind: 'grouped', column: 'patient', fraction: 0.2, seed: 7 });
    expect(read({ split: 'ordered', testFraction: 0.3 })).toEqual({ kind: 'ordered', column: null, fraction: 0.3 });
    expect(read({ split: 'ordered:#6' })).toEqual({ kind: 'ordered', column: 'time: start', fraction: 0.2 });
    expect(read({ split: 'column:patient=p1,"a, b"' })).toEqual({
      kind: 'column',
      column: 'patient',
      test: ['p1', 'a, b'],
    });
    const fold = { kind: 'fold', folds: 5, fold: 0, repeat: 0, seed: 7, groups: null };
    expect(read({ split: 'fold:1/5' })).toEqual(fold);
    expect(read({ split: 'fold:5/5', repeat: 3, group: '#2' })).toEqual({
      ...fold,
      fold: 4,
      repeat: 2,
      groups: 'patient',
    });
  });

  test('reads back every split that a command is printed with', () => {
    const splits: Split[] = [
      { kind: 'fraction', fraction: 0, seed: 7 },
      ...names.flatMap((column): Split[] => [
        { kind: 'grouped', column, fraction: 0.2, seed: 7 },
        { kind: 'ordered', column, fraction: 0.35 },
        { kind: 'column', column, test: ['test', 'a, b', 'say "so"', 'x=1', '#2'] },
        { kind: 'fold', folds: 10, fold: 9, repeat: 4, seed: 7, groups: column },
      ]),
      { kind: 'ordered', column: null, fraction: 0.1 },
      { kind: 'fold', folds: 2, fold: 1, repeat: 0, seed: 7, groups: null },
    ];
    for (const split of splits) {
      const flags = Object.fromEntries(splitFlags(split));
      expect(
        read({
          split: flags.split,
          group: flags.group,
          ...(flags.repeat && { repeat: Number(flags.repeat) }),
          ...(flags['test-fraction'] && { testFraction: Number(flags['test-fraction']) }),
        }),
      ).toEqual(split);
    }
  });

  test.each<[SplitFlags, string]>([
    [{ split: 'random' }, 'There is no split “random”'],
    [{ split: 'grouped' }, '--split grouped needs a column'],
    [{ split: 'grouped:' }, '--split grouped needs a column'],
    [{ split: 'ordered:' }, '--split ordered: has no column'],
    [{ split: 'column:patient' }, '--split column needs a name and the values'],
    [{ split: 'column:=a' }, '--split column needs a name and the values'],
    [{ split: 'column:patient=a,,b' }, 'have an extra comma or an open quote'],
    [{ split: 'fold:6/5' }, '--split fold:6/5 is no fold'],
    [{ split: 'fold:1' }, '--split fold:1 is no fold'],
    [{ split: 'fold:1/1' }, '--split fold:1/1 is no fold'],
    [{ split: 'grouped:patiant' }, 'did you mean “patient”?'],
    [{ split: 'fold:1/5', testFraction: 0.1 }, 'leave out --test-fraction'],
    [{ split: 'column:patient=a', testFraction: 0.1 }, 'leave out --test-fraction'],
    [{ split: 'grouped:patient', group: 'patient' }, '--group goes with folds'],
    [{ split: 'ordered', repeat: 2 }, '--repeat goes with folds'],
    [{ repeat: 2 }, '--repeat goes with folds: write --split fold:1/5 as well.'],
    [{ group: 'patient' }, '--group goes with folds: write --split fold:1/5 as well.'],
  ])('meets %j with a sentence', (flags, sentence) => {
    expect(read(flags)).toContain(sentence);
  });
});
