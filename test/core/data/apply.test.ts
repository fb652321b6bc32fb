import { expect, test } from 'vitest';
import { applyPipeline } from '../../../core/data/apply';
import { buildDesign } from '../../../core/data/design';
import type { DesignRecipe } from '../../../core/data/types';
import { scratch } from '../../corpora/open-text';

const { open } = scratch();
const recipe: DesignRecipe = {
  target: 'y',
  features: ['x', 'sex', 'same'],
  gateFeatures: null,
  types: {},
  preprocess: 'standardise',
  output: 'auto',
  intercept: true,
  split: { kind: 'fraction', fraction: 0.25, seed: 1 },
};
const text = `x,sex,same,y\n${Array.from({ length: 60 }, (_, i) => `${i % 7 ? i / 3 : '?'},${'MFMI'[i % 4]},1,${Math.sin(i).toFixed(4)}`).join('\n')}\n`;

async function model() {
  const table = await open(text);
  const design = await buildDesign(table, recipe, 'linear');
  if (!design.ok) throw new Error(design.error.message);
  return { table, design: design.value, model: { features: design.value.features, target: 'y' } };
}

test('the table of a design is encoded as the design encoded it', async () => {
  const { table, design, model: fitted } = await model();
  const applied = await applyPipeline(fitted, table);
  if (!applied.ok) throw new Error(applied.error.message);
  const { rows, z, incomplete, actual } = applied.value;
  expect(incomplete).toBe(9);
  for (const part of [design.train, design.test!])
    part.rows.forEach((row, i) => {
      const at = rows.indexOf(row);
      expect([...z.slice(at * design.d, (at + 1) * design.d)]).toEqual([
        ...part.z.slice(i * design.d, (i + 1) * design.d),
      ]);
      expect(actual![row]).toBe(part.actual[i]);
    });
});

test('columns are found by name in another order among others, and a constant that was left out is not asked for', async () => {
  const { model: fitted } = await model();
  const applied = await applyPipeline(fitted, await open('extra,sex,x\nq,F,2.5\nr,M,3\ns,I,4\nt,M,5\n'));
  expect(applied).toMatchObject({ ok: true, value: { actual: null, incomplete: 0, warnings: [] } });
  expect(applied.ok && [...applied.value.z]).toEqual([2.5, 1, 0, 3, 0, 0, 4, 0, 1, 5, 0, 0]);
});

test('an unseen level counts as the reference and a missing value leaves its row without a prediction, both said', async () => {
  const { model: fitted } = await model();
  const applied = await applyPipeline(fitted, await open('x,sex\n1,Z\n?,M\n3,\n4,F\n5,M\n'));
  expect(applied).toMatchObject({ ok: true, value: { incomplete: 2 } });
  if (!applied.ok) return;
  expect([...applied.value.rows]).toEqual([0, 3, 4]);
  expect([...applied.value.z.slice(0, 3)]).toEqual([1, 0, 0]);
  expect(applied.value.warnings).toEqual([
    '1 row has a value of “sex” that no training row has; it is treated as the reference.',
    '2 of 5 rows have no value in a column the model needs and get no prediction (“x” in 1, “sex” in 1).',
  ]);
});

test('a column the model needs and the table lacks is named', async () => {
  const { model: fitted } = await model();
  const refused = await applyPipeline(fitted, await open('X,sex\n1,M\n2,F\n'));
  expect(refused).toMatchObject({
    ok: false,
    error: { code: 'predict/missing-column', details: { column: 'x', nearest: 'X' } },
  });
});

test('all columns that are lacking are named in one sentence, with what they may be called', async () => {
  const { model: fitted } = await model();
  const refused = await applyPipeline(fitted, await open('X,gender\n1,M\n2,F\n'));
  expect(!refused.ok && refused.error.message).toBe(
    '“table.csv” has no columns “x” (is it “X”?) and “sex”, which the model needs: add them or give them those names.',
  );
});

test('a table without any column of the model may have been read otherwise', async () => {
  const { model: fitted } = await model();
  const refused = await applyPipeline(fitted, await open('Export of 2023,weekly\n1,M\n2,F\n'));
  expect(!refused.ok && refused.error.message).toBe(
    '“table.csv” has no columns “x” and “sex”, which the model needs: add them or give them those names, or, if its table begins further down or is separated otherwise, have it read as for the fit.',
  );
});

test('other columns are named as such, the target is not one of them', async () => {
  const { model: fitted } = await model();
  const applied = await applyPipeline(fitted, await open('extra,sex,y,x\nq,F,1,2.5\nr,M,2,3\n'));
  expect(applied.ok && applied.value.ignored).toEqual(['extra']);
});

test('a column of numbers that reads as text is refused with its first such cell and line', async () => {
  const { model: fitted } = await model();
  const refused = await applyPipeline(fitted, await open('x,sex\n1.5,M\nabout 3,F\nfour,M\nfive,F\n'));
  expect(!refused.ok && refused.error.message).toBe(
    '“x” holds numbers in the model and reads as text in “table.csv”: line 3 has “about 3”. Mend the cell, or its decimal mark.',
  );
});

test('a file with another decimal mark and delimiter is predicted alike', async () => {
  const { model: fitted } = await model();
  const rows = Array.from({ length: 20 }, (_, i) => [(i / 7).toFixed(3), 'MF'[i % 2]]);
  const point = await applyPipeline(fitted, await open(`x,sex\n${rows.map((row) => row.join(',')).join('\n')}\n`));
  const comma = await applyPipeline(
    fitted,
    await open(`sex;x\n${rows.map(([x, sex]) => `${sex};${x.replace('.', ',')}`).join('\n')}\n`),
  );
  expect(point.ok && comma.ok && comma.value.z).toEqual(point.ok && point.value.z);
});

test('new missing values are what the model says of them, and values that a step cannot take get no prediction', async () => {
  const table = await open(text);
  const prepare = { x: { missing: 'median', transform: 'log1p' }, sex: { missing: 'indicator' } } as const;
  const design = await buildDesign(table, { ...recipe, prepare }, 'linear');
  if (!design.ok) throw new Error(design.error.message);
  const applied = await applyPipeline(
    { features: design.value.features, target: 'y' },
    await open('x,sex\n1,Z\n?,M\n-3,F\n4,\n5,M\n'),
  );
  if (!applied.ok) throw new Error(applied.error.message);
  expect([...applied.value.rows]).toEqual([0, 1, 3, 4]);
  const [feature] = design.value.features;
  const median = feature.missing.policy === 'median' ? Number(feature.missing.value) : Number.NaN;
  expect(applied.value.z[3]).toBe(Math.log1p(median));
  expect(applied.value.incomplete).toBe(1);
  expect(applied.value.warnings).toEqual([
    '1 row has a value of “sex” that no training row has; it is treated as the reference.',
    expect.stringMatching(/^1 row has no value of “x”; [\d.]+ stands for it \(the median of the training rows\)\.$/),
    '1 row has no value of “sex”; M stands for it (the usual value of the training rows).',
    '1 row has a value of “x” that is −1 or less, which log1p cannot take, and gets no prediction.',
  ]);
});
