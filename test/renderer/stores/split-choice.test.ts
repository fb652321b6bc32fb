import { describe, expect, test } from 'vitest';
import type { ColumnInfo } from '../../../core/data/types';
import {
  inReadingOrder,
  isRandom,
  likelyTest,
  splitBy,
  splitFor,
  splitOf,
  usualSplit,
} from '../../../renderer/stores/split-choice';
import { table } from '../runs/harness';

const [plain] = table.columns;
const summary = { min: 0, q25: 0, median: 1, q75: 1, max: 1, mean: 0.5, sd: 0.5, skewness: 0, integer: true };
const cells = { numbers: 0, texts: 90, missing: 0, failed: 0 };
const column = (name: string, changed: Partial<ColumnInfo> = {}): ColumnInfo => ({ ...plain, cells, name, ...changed });
const batch = column('Batch', { type: 'category', distinct: 9, levels: [{ value: 'a', count: 10 }] });
const day = column('Day', { type: 'date' });
const fold = column('fold', { distinct: 2, summary, cells: { ...cells, numbers: 90, texts: 0 } });
const part = column('part', {
  type: 'category',
  distinct: 2,
  levels: ['train', 'test'].map((value) => ({ value, count: 45 })),
});

describe('a kind of split', () => {
  const columns = [plain, batch, day, part];

  test('begins with the likeliest column, so that it can be carried out at once', () => {
    expect(splitBy('grouped', usualSplit, columns, null)).toMatchObject({ kind: 'grouped', column: 'Batch' });
    expect(splitBy('ordered', usualSplit, columns, null)).toMatchObject({ kind: 'ordered', column: 'Day' });
    expect(splitBy('ordered', usualSplit, [plain], null).column).toBeNull();
    expect(splitBy('column', usualSplit, columns, null)).toMatchObject({ column: 'part', test: ['test'] });
    const grouped = splitBy('grouped', usualSplit, columns, null);
    expect(splitBy('fold', grouped, columns, null)).toMatchObject({ kind: 'fold', column: null });
  });

  test('never takes the target, and stays as it was where there is no column', () => {
    expect(splitBy('grouped', usualSplit, [batch, plain], 'Batch').column).toBe(plain.name);
    expect(splitBy('grouped', usualSplit, [batch], 'Batch')).toBe(usualSplit);
  });
});

test('the recipe has what belongs to the kind, and a fold that exists', () => {
  const all = { ...usualSplit, column: 'Batch', test: ['a'], folds: 3, fold: 4, repeat: 1 };
  expect(splitOf({ ...all, kind: 'fraction' }, 7)).toEqual({ kind: 'fraction', fraction: 0.2, seed: 7 });
  expect(splitOf({ ...all, kind: 'grouped' }, 7)).toEqual({ kind: 'grouped', column: 'Batch', fraction: 0.2, seed: 7 });
  expect(splitOf({ ...all, kind: 'ordered' }, 7)).toEqual({ kind: 'ordered', column: 'Batch', fraction: 0.2 });
  expect(splitOf({ ...all, kind: 'column' }, 7)).toEqual({ kind: 'column', column: 'Batch', test: ['a'] });
  expect(splitOf({ ...all, kind: 'fold' }, 7)).toEqual({
    kind: 'fold',
    folds: 3,
    fold: 2,
    repeat: 1,
    seed: 7,
    groups: 'Batch',
  });
  expect(
    ['fraction', 'grouped', 'ordered', 'column', 'fold'].map((kind) => isRandom({ ...all, kind } as typeof all)),
  ).toEqual([true, true, false, false, true]);
});

describe('the values of an own split', () => {
  test('come in the order in which they are read: numbers by size, the tenth part after the ninth', () => {
    expect(inReadingOrder(['10', '-2', '1.5', '9', '-10'])).toEqual(['-10', '-2', '1.5', '9', '10']);
    expect(inReadingOrder(['part 10', 'part 9', ''])).toEqual(['', 'part 9', 'part 10']);
  });

  test('hold out what says so, else the last', () => {
    expect(likelyTest(part)).toEqual(['test']);
    expect(likelyTest(fold)).toEqual(['1']);
    const tenths = column('part', { summary: { ...summary, min: 1, max: 10 }, distinct: 10 });
    expect(likelyTest(tenths)).toEqual(['10']);
    expect(likelyTest(column('x', { levels: [{ value: 'test', count: 90 }] }))).toEqual([]);
    // Which numbers there are between the smallest and the largest is not known without asking.
    expect(likelyTest(column('x', { summary: { ...summary, max: 7 }, distinct: 2 }))).toEqual([]);
    expect(likelyTest(column('x', { summary: { ...summary, integer: false }, distinct: 2 }))).toEqual([]);
  });
});

test('a table without the column of a split has rows held out at random, and folds of single rows', () => {
  const grouped = { ...usualSplit, kind: 'grouped' as const, column: 'Batch', fraction: 0.3 };
  expect(splitFor(grouped, [batch])).toBe(grouped);
  expect(splitFor(grouped, [plain])).toEqual({ ...usualSplit, fraction: 0.3 });
  expect(splitFor({ ...grouped, kind: 'fold', folds: 10 }, [plain])).toMatchObject({
    kind: 'fold',
    folds: 10,
    column: null,
  });
});
