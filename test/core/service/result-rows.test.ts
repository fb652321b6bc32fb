import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { buildDesign } from '../../../core/data/design';
import { toOriginalUnits } from '../../../core/model/fitted';
import type { ModelFile } from '../../../core/model/model-file';
import { emptyParameters } from '../../../core/model/spec';
import { createResultRows } from '../../../core/service/result-rows';
import { scratch } from '../../corpora/open-text';

const { open } = scratch();

/** A design of 60 rows, and models of it that differ by their slope. */
async function prepared() {
  const lines = Array.from({ length: 60 }, (_, i) => `${i},${2 * i + (i % 7)}`);
  const table = await open(`x,y\n${lines.join('\n')}\n`);
  const built = await buildDesign(
    table,
    {
      target: 'y',
      features: ['x'],
      gateFeatures: null,
      types: {},
      preprocess: 'none',
      output: 'none',
      intercept: true,
      split: { kind: 'fraction', fraction: 0.2, seed: 1 },
    },
    'linear',
  );
  if (!built.ok) throw new Error(built.error.message);
  const design = built.value;
  const modelOf = (slope: number) => {
    const parameters = emptyParameters(2, design.d);
    parameters.expertWeights.fill(slope);
    const model = { ...toOriginalUnits(parameters, design, { id: 'linear' }), features: [...design.features] };
    return model as unknown as ModelFile;
  };
  return { design, modelOf };
}

/** Whether what was reached only through the cache is still there after the garbage was collected. */
async function isKept(reference: WeakRef<object>): Promise<boolean> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  // A reference that was looked at stays until its turn of the event loop is over, and what a promise held may take a few more.
  for (let i = 0; i < 20; i++) {
    await turn();
    collect();
    if (reference.deref() === undefined) return false;
  }
  return true;
}

test('the numbers of a result that is closed are freed, those of others are kept', async () => {
  const { design, modelOf } = await prepared();
  const results = createResultRows();
  const gatesOf = async (slope: number) =>
    new WeakRef((await results.rows('t', design, modelOf(slope))).predictions.gates);
  const [first, second] = [await gatesOf(1), await gatesOf(2)];
  expect([await isKept(first), await isKept(second)]).toEqual([true, true]);
  results.close(modelOf(1));
  expect([await isKept(first), await isKept(second)]).toEqual([false, true]);
});

test('the numbers of all results of a table that is closed are freed', async () => {
  const { design, modelOf } = await prepared();
  const results = createResultRows();
  const here = new WeakRef((await results.rows('here', design, modelOf(1))).predictions.gates);
  const there = new WeakRef((await results.rows('there', design, modelOf(2))).predictions.gates);
  results.forget('here');
  expect([await isKept(here), await isKept(there)]).toEqual([false, true]);
});

test('of results of many rows only the last looked at is kept', async () => {
  const { design, modelOf } = await prepared();
  const results = createResultRows(100);
  const gatesOf = async (slope: number) =>
    new WeakRef((await results.rows('t', design, modelOf(slope))).predictions.gates);
  const [first, second] = [await gatesOf(1), await gatesOf(2)];
  expect([await isKept(first), await isKept(second)]).toEqual([false, true]);
});
