import { describe, expect, test } from 'vitest';
import { buildDesign, type Design } from '../../../../core/data/design';
import type { ColumnPreparation, DesignRecipe } from '../../../../core/data/types';
import { quantileSorted } from '../../../../core/quantile';
import { random } from '../../../../core/random';
import { scratch } from '../../../corpora/open-text';

const { open } = scratch();
const TEST = [3, 14, 25, 40, 41, 77];

/** 120 rows: a positive number, one with gaps, a category with rare levels and gaps, dates; rows of TEST are held out. */
function rows(seed = 4): string[][] {
  const stream = random(seed);
  return Array.from({ length: 120 }, (_, i) => [
    Math.exp(stream.normal()).toFixed(4),
    i % 6 === 1 ? '' : (10 * stream.normal()).toFixed(3),
    i % 10 === 7 ? '' : ['red', 'red', 'blue', 'blue', 'red'][i % 5] + (i % 40 === 8 ? `${i}` : ''),
    `${1 + (i % 28)}.${1 + (i % 12)}.2021`,
    (stream.normal() + 5).toFixed(4),
  ]);
}
const text = (cells: readonly (readonly string[])[]) =>
  `size;gap;hue;day;y\n${cells.map((row) => row.join(';')).join('\n')}\n`;

const recipe = (prepare: Record<string, ColumnPreparation>, changes: Partial<DesignRecipe> = {}): DesignRecipe => ({
  target: 'y',
  features: ['size', 'gap', 'hue', 'day'],
  gateFeatures: null,
  types: { hue: 'category' },
  prepare,
  preprocess: 'standardise',
  output: 'auto',
  intercept: true,
  split: { kind: 'rows', test: TEST },
  ...changes,
});

async function built(
  cells: string[][],
  prepare: Record<string, ColumnPreparation>,
  changes: Partial<DesignRecipe> = {},
) {
  return buildDesign(await open(text(cells)), recipe(prepare, changes), 'linear');
}
async function design(...args: Parameters<typeof built>): Promise<Design> {
  const result = await built(...args);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}
async function refusal(...args: Parameters<typeof built>): Promise<string> {
  const result = await built(...args);
  if (result.ok) throw new Error('It was not refused.');
  return result.error.message;
}

const filled = { gap: { missing: 'median' }, hue: { missing: 'most-frequent' } } as const;
const training = (cells: readonly string[][], column: number) =>
  cells.filter((_, i) => !TEST.includes(i)).map((row) => row[column]);

test('nothing is dropped where something stands for a missing value, and the flow counts the cells', async () => {
  const cells = rows();
  const { flow, features } = await design(cells, filled);
  const present = training(cells, 1)
    .filter((cell) => cell !== '')
    .map(Number)
    .sort((a, b) => a - b);
  expect(flow).toMatchObject({ used: 120, dropped: 0, train: 114, test: 6 });
  expect(features[1]).toMatchObject({ missing: { policy: 'median', value: quantileSorted(present, 0.5) } });
  expect(flow.imputed).toEqual([
    expect.objectContaining({ column: 'gap', policy: 'median', train: 19, test: 1 }),
    { column: 'hue', policy: 'most-frequent', value: 'red', train: 11, test: 1 },
  ]);
});

test('an indicator says which rows had no value; without such a row in training there is none', async () => {
  const cells = rows();
  const { encoded, train, d } = await design(cells, {
    ...filled,
    gap: { missing: 'indicator' },
    size: { missing: 'indicator' },
  });
  const names = encoded.map(({ name }) => name);
  expect(names).toContain('gap is missing');
  expect(names).not.toContain('size is missing');
  const j = names.indexOf('gap is missing');
  train.rows.forEach((row, i) => expect(train.z[i * d + j]).toBe(cells[row][1] === '' ? 1 : 0));
});

test('limits are learnt from the filled training values, moved cells counted, and a transform comes after', async () => {
  const cells = rows();
  const { flow, features, train, d } = await design(cells, { ...filled, size: { winsorise: 0.1, transform: 'log' } });
  const sorted = training(cells, 0)
    .map(Number)
    .sort((a, b) => a - b);
  const [low, high] = [quantileSorted(sorted, 0.1), quantileSorted(sorted, 0.9)];
  expect(features[0]).toMatchObject({ winsorise: { share: 0.1, low, high }, transform: { kind: 'log' } });
  expect(flow.winsorised).toEqual([expect.objectContaining({ column: 'size', low, high, train: 24 })]);
  const first = Number(cells[train.rows[0]][0]);
  expect(train.z[0 * d]).toBe(Math.log(Math.min(high, Math.max(low, first))));
});

test('rare levels are pooled by their training rows, and the reference is the one chosen', async () => {
  const { flow, features } = await design(rows(), {
    ...filled,
    hue: { missing: 'most-frequent', pool: 5, reference: 'blue' },
  });
  expect(features[2]).toMatchObject({ levels: ['blue', 'other levels', 'red'], reference: 'blue' });
  const levels = ['blue48', 'blue8', 'blue88'];
  expect(flow.pooled).toEqual([{ column: 'hue', into: 'other levels', levels, train: 3, test: 0 }]);
});

test('dates are days since the first of the training rows, or those parts that vary', async () => {
  const elapsed = await design(rows(), filled);
  expect(elapsed.encoded.at(-1)).toMatchObject({ name: 'days(day)', column: 'day', level: null });
  const days = Array.from({ length: elapsed.train.n }, (_, i) => elapsed.train.z[(i + 1) * elapsed.d - 1]);
  expect(Math.min(...days)).toBe(0);
  const parts = await design(rows(), { ...filled, day: { date: 'parts' } });
  expect(parts.encoded.slice(-2).map(({ name }) => name)).toEqual(['month(day)', 'weekday(day)']);
});

test('a held-out row whose value a transform cannot take is left out, and the flow says why', async () => {
  const cells = rows();
  cells[14][0] = '-2';
  const { flow, test: held } = await design(cells, { ...filled, size: { transform: 'log' } });
  expect([...held!.rows]).toEqual(TEST.filter((row) => row !== 14));
  expect(flow.outside).toEqual([{ column: 'size', rows: 1, reason: 'is 0 or less, which log cannot take' }]);
  expect(flow).toMatchObject({ used: 119, test: 5, dropped: 1 });
  expect(flow.warnings).toContain(
    '1 row has a value of “size” that is 0 or less, which log cannot take, and is left out.',
  );
});

test('a held-out target that its transform cannot take is left out as well', async () => {
  const cells = rows();
  cells[25][4] = '0';
  const { flow, train, targetTransform } = await design(cells, filled, { targetTransform: 'log' });
  expect(targetTransform?.kind).toBe('log');
  expect(flow.outside).toEqual([{ column: 'y', rows: 1, reason: 'is 0 or less, which log cannot take in a target' }]);
  expect(train.fitted[0]).toBe(Math.log(train.actual[0]));
});

test('whatever stands in held-out rows, nothing that was learnt changes by a digit', async () => {
  const prepare: Record<string, ColumnPreparation> = {
    size: { winsorise: 0.05, transform: 'yeo-johnson' },
    gap: { missing: 'indicator', transform: 'yeo-johnson' },
    hue: { missing: 'indicator', pool: 5 },
    day: { missing: 'mean', date: 'parts' },
  };
  const before = await design(rows(), prepare, { targetTransform: 'yeo-johnson' });
  const cells = rows();
  TEST.forEach(
    (row, i) =>
      (cells[row] = ['1e9', i % 2 ? '' : '-1e6', `new${i}`, i % 2 ? '30.12.1950' : '12.30.2050', String(-5000 * i)]),
  );
  const after = await design(cells, prepare, { targetTransform: 'yeo-johnson' });
  expect(after.features).toEqual(before.features);
  expect(after.pipeline).toEqual(before.pipeline);
  expect(after.targetTransform).toEqual(before.targetTransform);
  expect(after.columns).toEqual(before.columns);
  expect(after.train).toEqual(before.train);
});

describe('a step that cannot be taken is refused in a sentence', () => {
  test.each([
    [
      { gap: { missing: 'median', transform: 'log' } },
      /training rows have values of “gap” that are 0 or less, which log cannot take: choose another transform/,
    ],
    [{ hue: { missing: 'median' } }, /“hue” is a category and has no median/],
    [{ hue: { winsorise: 0.1 } }, /is for numbers, and “hue” is a category/],
    [{ size: { pool: 3 } }, /Pooling rare levels is for categories, and “size” is a column of numbers/],
    [{ size: { date: 'parts' } }, /are for dates/],
    [
      { hue: { missing: 'most-frequent', reference: 'green' } },
      /No training row has “green” in “hue”: choose its reference among “blue”/,
    ],
    [{ y: { missing: 'mean' } }, /“y” is the target/],
  ] as [Record<string, ColumnPreparation>, RegExp][])('%o', async (prepare, words) => {
    expect(await refusal(rows(), { ...filled, ...prepare })).toMatch(words);
  });

  test('a target that its transform cannot take', async () => {
    const cells = rows();
    // At 0 a square root has a density without end: no likelihood would be a number.
    cells[0][4] = '0';
    expect(await refusal(cells, filled, { targetTransform: 'sqrt' })).toMatch(
      '1 training row has a value of “y” that is 0 or less, which sqrt cannot take in a target: choose yeo-johnson, or none.',
    );
  });
});

test('dates that could be read two ways are read day first, with a warning', async () => {
  const cells = rows().map((row, i) => [...row.slice(0, 3), `${1 + (i % 9)}/${1 + (i % 12)}/2021`, row[4]]);
  const { flow } = await design(cells, filled);
  expect(flow.warnings.join()).toMatch(
    /dates of “day” could be written day first or month first; they are read day first, “1\/10\/2021” as 2021-10-01/,
  );
});

test('names that are made do not stand for two things', async () => {
  const cells = rows();
  const table = await open(`log(size);size;y\n${cells.map((row) => `${row[4]};${row[0]};${row[4]}`).join('\n')}\n`);
  const result = await buildDesign(
    table,
    recipe({ size: { transform: 'log' } }, { features: ['log(size)', 'size'], types: {} }),
    'linear',
  );
  expect(result.ok && result.value.encoded.map(({ name }) => name)).toEqual(['log(size)', 'log(size) (2)']);
});
