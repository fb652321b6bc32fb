import { describe, expect, test } from 'vitest';
import { splitRows, type SplitValues } from '../../../../core/data/split';
import { foldsOf } from '../../../../core/data/splits/folds';
import type { Split } from '../../../../core/data/types';
import { random } from '../../../../core/random';
import { finish } from '../../../../core/turns';

const column = (values: SplitValues['values']): SplitValues => ({ values, label: String, warnings: [] });
const parts = (used: Uint32Array, split: Split, total: number, values: SplitValues | null = null) => {
  const made = splitRows(used, split, total, values);
  if (!made.ok) throw new Error(made.error.message);
  return made.value;
};
const folds = (...[used, split, values]: Parameters<typeof foldsOf>): number[] => {
  const dealt = finish(foldsOf(used, split, values));
  if (!dealt.ok) throw new Error(dealt.error.message);
  return [...dealt.value];
};
const code = (result: ReturnType<typeof splitRows>) => (result.ok ? null : result.error.code);

/** 200 tables: some of up to 120 records are used; groups of uneven sizes, numbers with ties. */
const cases = Array.from({ length: 200 }, (_, seed) => {
  const stream = random(seed, 5);
  const total = 12 + stream.integer(108);
  const used = Uint32Array.from({ length: total }, (_, row) => row).filter(() => stream.uniform() < 0.8);
  const levels = 2 + stream.integer(20);
  const texts = Array.from({ length: total }, () => `g${Math.floor(levels * stream.uniform() ** 2)}`);
  const numbers = Float64Array.from(
    { length: total },
    () => Math.round(stream.normal() * 10) / (1 + stream.integer(4)),
  );
  return { seed, total, used, texts, numbers, fraction: stream.uniform() * 0.9 };
}).filter(({ used, texts }) => new Set([...used].map((row) => texts[row])).size > 1);

describe('on any rows', () => {
  test('every used row is in exactly one part, in the order of the file', () => {
    expect(cases.length).toBeGreaterThan(150);
    for (const { seed, total, used, texts, numbers, fraction } of cases) {
      const splits: [Split, SplitValues | null][] = [
        [{ kind: 'fraction', fraction, seed }, null],
        [{ kind: 'grouped', column: 'g', fraction, seed }, column(texts)],
        [{ kind: 'ordered', column: null, fraction }, null],
        [{ kind: 'ordered', column: 'v', fraction }, column(numbers)],
        [{ kind: 'column', column: 'g', test: [texts[used[0]]] }, column(texts)],
        [{ kind: 'fold', folds: 3, fold: 1, repeat: 0, seed, groups: null }, null],
      ];
      for (const [split, values] of splits) {
        const { train, test: held } = parts(used, split, total, values);
        expect([...train, ...held].sort((a, b) => a - b)).toEqual([...used]);
        for (const part of [train, held]) expect([...part]).toEqual([...part].sort((a, b) => a - b));
      }
    }
  });

  test('no group is cut, and whole groups come as near to the share as half the largest group', () => {
    for (const { seed, total, used, texts, fraction } of cases) {
      const { train, test: held } = parts(used, { kind: 'grouped', column: 'g', fraction, seed }, total, column(texts));
      const inTrain = new Set([...train].map((row) => texts[row]));
      expect([...held].some((row) => inTrain.has(texts[row]))).toBe(false);
      expect(train.length).toBeGreaterThan(0);
      expect(held.length).toBeGreaterThan(0);
      const sizes = [...used].map((row) => [...used].filter((other) => texts[other] === texts[row]).length);
      expect(Math.abs(held.length - fraction * used.length)).toBeLessThanOrEqual(Math.max(...sizes));
    }
  });

  test('nothing held out comes before anything trained on, and equal values are not cut apart', () => {
    for (const { total, used, numbers, fraction } of cases) {
      const { train, test: held } = parts(used, { kind: 'ordered', column: 'v', fraction }, total, column(numbers));
      if (Math.round(fraction * used.length) === 0) expect(held).toHaveLength(0);
      else
        expect(Math.max(...[...train].map((row) => numbers[row]))).toBeLessThan(
          Math.min(...[...held].map((row) => numbers[row])),
        );
      const file = parts(used, { kind: 'ordered', column: null, fraction }, total);
      expect(file.test).toHaveLength(Math.round(fraction * used.length));
      if (file.test.length) expect(Math.max(...file.train)).toBeLessThan(Math.min(...file.test));
    }
  });

  test('each row is held out in exactly one fold, the sizes differ by at most one, and groups stay whole', () => {
    for (const { seed, total, used, texts } of cases) {
      const k = 2 + (seed % 7);
      if (used.length < k) continue;
      for (const repeat of [0, 1]) {
        const split = { kind: 'fold', folds: k, repeat, seed, groups: null } as const;
        const sizes = Array.from({ length: k }, (_, fold) => parts(used, { ...split, fold }, total).test);
        expect(sizes.flatMap((held) => [...held]).sort((a, b) => a - b)).toEqual([...used]);
        const lengths = sizes.map((held) => held.length);
        expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(1);
      }
      const groups = new Set([...used].map((row) => texts[row])).size;
      if (groups < k) continue;
      const dealt = folds(used, { folds: k, repeat: 0, seed, groups: 'g' }, texts);
      expect(new Set(dealt).size).toBe(k);
      const foldOf = new Map<string, number>();
      used.forEach((row, i) => {
        expect(foldOf.get(texts[row]) ?? dealt[i]).toBe(dealt[i]);
        foldOf.set(texts[row], dealt[i]);
      });
    }
  });

  test('folds are the same for the same seed and repeat, and others for others', () => {
    const used = Uint32Array.from({ length: 100 }, (_, i) => 2 * i);
    const of = (seed: number, repeat: number) => folds(used, { folds: 5, seed, repeat, groups: null }, null);
    expect(of(1, 0)).toEqual(of(1, 0));
    expect(of(1, 0)).not.toEqual(of(2, 0));
    expect(of(1, 0)).not.toEqual(of(1, 1));
  });
});

describe('in words', () => {
  const used = Uint32Array.from({ length: 10 }, (_, i) => i);
  const years = column(Float64Array.of(2001, 2003, 2003, 2003, 2003, 2003, 2003, 2004, 2005, 2006));

  test('an order says where the held-out rows begin, and that equal values moved the cut', () => {
    const { note, warnings, test: held } = parts(used, { kind: 'ordered', column: 'year', fraction: 0.5 }, 10, years);
    expect([...held]).toEqual([7, 8, 9]);
    expect(note).toBe('Rows with “year” from 2004 on are held out, which are 3 rows.');
    expect(warnings).toEqual(['Many rows have the same value of “year”, so 30% of the rows are held out and not 50%.']);
    expect(parts(used, { kind: 'ordered', column: null, fraction: 0.2 }, 10).note).toBe(
      'The last 2 rows of the file are held out.',
    );
  });

  test('groups say how many there are, and that they are too large for the share', () => {
    const two = column(['a', 'a', 'a', 'a', 'a', 'a', 'a', 'b', 'b', 'b']);
    const {
      note,
      warnings,
      test: held,
    } = parts(used, { kind: 'grouped', column: 'g', fraction: 0.1, seed: 1 }, 10, two);
    expect([...held]).toEqual([7, 8, 9]);
    expect(note).toBe('1 of the 2 values of “g” are held out, which are 3 rows.');
    expect(warnings).toEqual(['The groups of “g” are large, so 30% of the rows are held out and not 10%.']);
    expect(parts(used, { kind: 'grouped', column: 'g', fraction: 0, seed: 1 }, 10, two).test).toHaveLength(0);
  });

  test('what cannot be divided is refused with the reason', () => {
    const same = column(new Float64Array(10));
    expect(code(splitRows(used, { kind: 'grouped', column: 'g', fraction: 0.2, seed: 1 }, 10, same))).toBe(
      'design/one-group',
    );
    expect(code(splitRows(used, { kind: 'ordered', column: 'g', fraction: 0.2 }, 10, same))).toBe(
      'design/one-value-in-order',
    );
    const fold = { kind: 'fold', folds: 11, fold: 0, repeat: 0, seed: 1, groups: null } as const;
    expect(code(splitRows(used, fold, 10))).toBe('design/too-many-folds');
    expect(code(splitRows(used, { ...fold, folds: 5, fold: 5 }, 10))).toBe('design/no-such-fold');
    expect(code(splitRows(used, { ...fold, folds: 2, groups: 'g' }, 10, same))).toBe('design/too-many-folds');
  });

  test('a value that no row has is met with the nearest one; one whose rows are all unusable with a warning', () => {
    const set = column(['train', 'train', 'test', 'valid', ...new Array<string>(6).fill('train')]);
    const few = Uint32Array.of(0, 1, 2, 5);
    expect(splitRows(few, { kind: 'column', column: 'set', test: ['tset'] }, 10, set)).toMatchObject({
      ok: false,
      error: { code: 'design/no-such-value', message: 'No row has “tset” in “set”: did you mean “test”?' },
    });
    const {
      test: held,
      note,
      warnings,
    } = parts(few, { kind: 'column', column: 'set', test: ['test', 'valid'] }, 10, set);
    expect([...held]).toEqual([2]);
    expect(note).toBe('Rows with “test” in “set” are held out, which are 1 row.');
    expect(warnings).toEqual(['Every row with “valid” in “set” has a missing value and is left out.']);
    expect(code(splitRows(few, { kind: 'column', column: 'set', test: ['train', 'test'] }, 10, set))).toBe(
      'design/no-training-rows',
    );
  });
});
