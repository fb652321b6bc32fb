import { expect, test } from 'vitest';
import { buildDesign } from '../../../core/data/design';
import type { DesignRecipe } from '../../../core/data/types';
import { toOriginalUnits } from '../../../core/model/fitted';
import type { ModelFile } from '../../../core/model/model-file';
import { emptyParameters } from '../../../core/model/spec';
import { random } from '../../../core/random';
import { gateCurve } from '../../../core/service/gate-curve';
import { scratch } from '../../corpora/open-text';

const { open } = scratch();
const stream = random(5);
const lines = Array.from({ length: 80 }, (_, i) => {
  const x = Math.exp(stream.normal()).toFixed(4);
  return `${x},${i % 8 === 3 ? '' : 'MF'[i % 2]},2020-0${1 + (i % 9)}-11,${i % 5 ? 7 : ''},${stream.normal().toFixed(3)}`;
});

async function curveOf(column: string) {
  const table = await open(`x,sex,day,flat,y\n${lines.join('\n')}\n`);
  const recipe: DesignRecipe = {
    target: 'y',
    features: ['x', 'sex', 'day', 'flat'],
    gateFeatures: null,
    types: { flat: 'number' },
    prepare: {
      x: { transform: 'log' },
      sex: { missing: 'indicator' },
      day: { date: 'parts' },
      flat: { missing: 'indicator' },
    },
    preprocess: 'none',
    output: 'none',
    intercept: true,
    split: { kind: 'fraction', fraction: 0, seed: 1 },
  };
  const built = await buildDesign(table, recipe, 'linear');
  if (!built.ok) throw new Error(built.error.message);
  const design = built.value;
  const parameters = emptyParameters(2, design.d);
  // The gate's logit is 1 for every entry of z, so the curve shows what the column was encoded to.
  parameters.gateWeights.fill(1, 0, design.d);
  const model = {
    ...toOriginalUnits(parameters, design, { id: 'linear' }),
    features: [...design.features],
    target: 'y',
  };
  const curve = await gateCurve(design, model as unknown as ModelFile, column);
  if (!curve.ok) throw new Error(curve.error.message);
  const logits = curve.value.gates[0].map((p) => Math.log(p / (1 - p)));
  return { ...curve.value, logits, design };
}

test('the curve of a transformed column goes along its own values', async () => {
  const { x, logits, rug } = await curveOf('x');
  const values = lines.map((line) => Number(line.split(',')[0]));
  expect(x[0]).toBeCloseTo(Math.min(...values), 10);
  expect(x.at(-1)).toBeCloseTo(Math.max(...values), 10);
  expect(rug).toHaveLength(80);
  const base = logits[0] - Math.log(Number(x[0]));
  x.forEach((value, i) => expect(logits[i]).toBeCloseTo(base + Math.log(Number(value)), 8));
});

test('a category has its levels, and the lack of one where the model tells it apart', async () => {
  const { x, logits } = await curveOf('sex');
  expect(x).toEqual(['F', 'M', 'missing']);
  const reference = Math.min(...logits);
  expect(logits.map((logit) => Math.round(logit - reference)).sort()).toEqual([0, 1, 1]);
});

test('a column that is the same wherever it has a value is there or is not', async () => {
  const { x, logits } = await curveOf('flat');
  expect(x).toEqual(['has a value', 'missing']);
  expect(logits[1] - logits[0]).toBeCloseTo(1, 10);
});

test('a date goes along the first of its parts', async () => {
  const { x, logits, design } = await curveOf('day');
  expect(design.encoded.map(({ name }) => name)).toContain('month(day)');
  expect([x[0], x.at(-1)]).toEqual([1, 9]);
  expect(logits.at(-1)! - logits[0]).toBeCloseTo(8, 8);
});
