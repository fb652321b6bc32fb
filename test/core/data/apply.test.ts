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
    '1 row has a value of "sex" that no training row has; it is treated as the reference.',
    '2 of 5 rows have no value in a column the model needs and get no prediction ("x" in 1, "sex" in 1).',
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
