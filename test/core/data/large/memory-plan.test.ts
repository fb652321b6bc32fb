import { expect, test } from 'vitest';
import {
  memoryPlan,
  overLimitWords,
  planWords,
  shownRows,
  sizeWords,
  whyFiles,
} from '../../../../core/data/large/memory-plan';
import type { DesignRecipe } from '../../../../core/data/types';
import { scratch } from '../../../corpora/open-text';

const { open } = scratch();

const table = () => {
  const lines = ['a,kind,day,y'];
  for (let i = 0; i < 200; i++) lines.push(`${i % 17},${'uvwx'[i % 4]},2024-01-${10 + (i % 15)},${(i * 7) % 31}`);
  return open(`${lines.join('\n')}\n`);
};
const recipe: DesignRecipe = {
  target: 'y',
  features: ['a', 'kind', 'day'],
  gateFeatures: null,
  types: {},
  prepare: { day: { date: 'parts' }, a: { missing: 'indicator' } },
  preprocess: 'standardise',
  output: 'auto',
  intercept: true,
  split: { kind: 'fraction', fraction: 0.2, seed: 1 },
};

test('columns are counted as they may be encoded: levels but one, parts of a date, and what says that a value is missing', async () => {
  const plan = memoryPlan((await table()).info, recipe, 1e9);
  expect(plan).toMatchObject({ rows: 200, columns: 2 + 3 + 4, onFile: false, disk: 0 });
  expect(plan?.matrix).toBe(8 * 200 * 11);
  expect(plan?.needed).toBe(plan?.inMemory);
});

const byRows = async (rows: number, changes: Partial<DesignRecipe> = {}, bytes = 1e6) => {
  const { info } = await table();
  const plan = memoryPlan({ ...info, rows }, { ...recipe, ...changes }, bytes);
  if (plan === null) throw new Error('There is no plan.');
  return plan;
};

test('a matrix above the limit goes to files, and the sentence says how much of what', async () => {
  const whole = await byRows(1e6, {}, 1e12);
  expect((await byRows(1e6, {}, whole.inMemory)).onFile).toBe(false);
  const plan = await byRows(1e6, {}, whole.inMemory - 1);
  expect(plan).toMatchObject({ onFile: true, disk: 2 * whole.matrix });
  expect(planWords(plan)).toBe(
    `1,000,000 rows by 9 encoded columns would take about 296 MB of memory, a little more than the 296 MB that may be used: the rows are read from files (176 MB of disk) at every pass, with about ${sizeWords(plan.needed)} of memory besides the table.`,
  );
  expect(planWords(whole)).toContain('of 1 TB that may be used');
});

test('with the rows in files, what is needed is four numbers a row at most, whatever the columns, and more where they are sorted or weighted', async () => {
  const perRow = async (changes: Partial<DesignRecipe> = {}) => {
    const [one, two] = [await byRows(1e6, changes), await byRows(2e6, changes)];
    return (two.needed - one.needed) / 1e6;
  };
  const plain = { prepare: {} };
  expect(await perRow(plain)).toBe(25);
  expect(await perRow({ ...plain, features: ['a'] })).toBe(25);
  expect(await perRow({ ...plain, preprocess: 'robust' })).toBe(33);
  expect(await perRow({ ...plain, targetTransform: 'yeo-johnson' })).toBe(41);
  expect(await perRow({ ...plain, weights: 'a', features: ['kind'] })).toBe(41);
});

test('a limit below what the files leave to need is too small, and the smallest that is not is named', async () => {
  const tooSmall = await byRows(1e6, {}, 30e6);
  expect(overLimitWords(tooSmall)).toBe(
    `1,000,000 rows by 9 encoded columns take about ${sizeWords(tooSmall.needed)} of memory even where the rows are read from files, and 30 MB may be used: allow at least ${sizeWords(tooSmall.least)}, or fit fewer rows.`,
  );
  const least = await byRows(1e6, {}, tooSmall.least);
  expect(least.onFile).toBe(true);
  expect(overLimitWords(least)).toBe(null);
  expect(overLimitWords(await byRows(1e6, {}, 0.97 * tooSmall.least))).not.toBe(null);
  expect(overLimitWords(await byRows(1e6, {}, 1e12))).toBe(null);
});

test('a recipe that cannot be carried out has no plan', async () => {
  expect(memoryPlan((await table()).info, { ...recipe, features: ['none'] }, 1)).toBe(null);
});

test('the rows at hand are a share of the limit, between two bounds, or as many as are asked for', () => {
  expect(shownRows({ bytes: 1 }, 20)).toBe(200);
  expect(shownRows({ bytes: 1e12 }, 20)).toBe(200_000);
  expect(shownRows({ bytes: 1e9 }, 100)).toBe(Math.floor(1e9 / 16 / (8 * 212)));
  expect(shownRows({ bytes: 1, shown: 7 }, 20)).toBe(7);
});

test('sizes have the units of --memory', () => {
  expect([999, 1234, 35_200, 2e9, 1.5e13].map(sizeWords)).toEqual(['999 bytes', '1.2 KB', '35.2 KB', '2 GB', '15 TB']);
});

test('rows that no array holds are said to be that, and not to be more than the memory', () => {
  expect(whyFiles({ inMemory: 9e9, allowed: 16e9 })).toBe(
    'are more numbers than one array in memory may hold (2.1 GB)',
  );
  expect(whyFiles({ inMemory: 9e9, allowed: 4e9 })).toBe(
    'would take about 9 GB of memory, more than the 4 GB that may be used',
  );
});
