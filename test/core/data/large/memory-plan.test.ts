import { expect, test } from 'vitest';
import { memoryPlan, planWords, shownRows, sizeWords } from '../../../../core/data/large/memory-plan';
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

test('a matrix above the limit goes to files, and the sentence says how much of what', async () => {
  const { info } = await table();
  const whole = memoryPlan(info, recipe, 1e9)!;
  expect(memoryPlan(info, recipe, whole.inMemory)?.onFile).toBe(false);
  const plan = memoryPlan(info, recipe, whole.inMemory - 1)!;
  expect(plan).toMatchObject({ onFile: true, disk: 2 * whole.matrix });
  expect(planWords(plan)).toBe(
    `200 rows by 9 encoded columns would take about ${sizeWords(whole.inMemory)} of memory, more than the ${sizeWords(whole.inMemory - 1)} that may be used: the rows are read from files (35.2 KB of disk) at every pass, with about ${sizeWords(plan.needed)} of memory besides the table.`,
  );
  expect(planWords(whole)).toContain('of 1 GB that may be used');
});

test('a recipe that cannot be carried out has no plan', async () => {
  expect(memoryPlan((await table()).info, { ...recipe, features: ['none'] }, 1)).toBe(null);
});

test('the rows at hand are a share of the limit, between two bounds, or as many as are asked for', () => {
  expect(shownRows({ bytes: 1 }, 20)).toBe(2000);
  expect(shownRows({ bytes: 1e12 }, 20)).toBe(200_000);
  expect(shownRows({ bytes: 1e9 }, 100)).toBe(Math.floor(1e9 / 16 / (8 * 212)));
  expect(shownRows({ bytes: 1, shown: 7 }, 20)).toBe(7);
});

test('sizes have the units of --memory', () => {
  expect([999, 1234, 35_200, 2e9, 1.5e13].map(sizeWords)).toEqual(['999 bytes', '1.2 KB', '35.2 KB', '2 GB', '15 TB']);
});
