import { describe, expect, test } from 'vitest';
import { buildDesign, problemOf, type Design } from '../../../core/data/design';
import type { DesignRecipe } from '../../../core/data/types';
import type { Table } from '../../../core/data/table';
import { random } from '../../../core/random';
import { scratch } from '../../corpora/open-text';
import { inMemory } from '../in-memory';

const { open } = scratch();
const stream = random(21);

/** 120 rows: two numbers, a category, a truth value, texts, dates, a constant; some missing. */
const people = () => {
  const lines = ['a,b,sex,ok,name,day,same,y'];
  for (let i = 0; i < 120; i++) {
    const sex = i === 100 ? 'X' : ['M', 'F', 'M', 'I', 'F', 'M'][i % 6];
    const a = i % 20 === 3 ? '?' : (stream.normal() * 3 + 50).toFixed(3);
    const y = i % 40 === 5 ? '' : (stream.normal() + i / 10).toFixed(3);
    lines.push(`${a},${(stream.uniform() * 10).toFixed(3)},${sex},${i % 3 ? 'yes' : 'no'},n${i},2020-01-01,4,${y}`);
  }
  return `${lines.join('\n')}\n`;
};

const recipe = (changes: Partial<DesignRecipe> = {}): DesignRecipe => ({
  target: 'y',
  features: ['a', 'b', 'sex'],
  gateFeatures: null,
  types: {},
  preprocess: 'standardise',
  output: 'auto',
  intercept: true,
  split: { kind: 'fraction', fraction: 0.2, seed: 1 },
  ...changes,
});
const design = async (table: Table, changes: Partial<DesignRecipe> = {}): Promise<Design> => {
  const built = await buildDesign(table, recipe(changes), 'linear');
  if (!built.ok) throw new Error(built.error.message);
  return built.value;
};
const refusal = async (table: Table, changes: Partial<DesignRecipe>) => {
  const built = await buildDesign(table, recipe(changes), 'linear');
  if (built.ok) throw new Error('It was not refused.');
  return built.error;
};
const column = (values: Float64Array, d: number, j: number) =>
  Array.from({ length: values.length / d }, (_, i) => values[i * d + j]);

test('rows without a value are dropped and the columns to blame are named', async () => {
  const { flow, train, test: held } = await design(await open(people()));
  expect(flow).toMatchObject({ read: 120, rejected: 0, dropped: 9, used: 111, train: 89, test: 22, columns: 3 });
  expect(flow.droppedBy).toEqual([
    { column: 'a', rows: 6 },
    { column: 'y', rows: 3 },
  ]);
  const rows = [...train.rows, ...held!.rows];
  expect(new Set(rows).size).toBe(111);
  expect(rows.some((row) => row % 20 === 3 || row % 40 === 5)).toBe(false);
});

test('a category becomes one indicator for each level but the most frequent one', async () => {
  const { encoded, features, pipeline } = await design(await open(people()), { split: { kind: 'rows', test: [] } });
  expect(features[2]).toEqual({
    column: 'sex',
    kind: 'categorical',
    levels: ['F', 'I', 'M', 'X'],
    reference: 'M',
    missing: { policy: 'drop-row' },
  });
  expect(encoded.map(({ name }) => name)).toEqual(['a', 'b', 'sex=F', 'sex=I', 'sex=X']);
  expect(pipeline).toEqual([
    { step: 'drop-missing', columns: ['a', 'b', 'sex'] },
    { step: 'one-hot', column: 'sex', levels: ['F', 'I', 'M', 'X'], reference: 'M' },
  ]);
});

test('levels come from training rows alone; one met only in held-out rows counts as the reference, with a warning', async () => {
  const {
    features,
    test: held,
    d,
    flow,
  } = await design(await open(people()), { split: { kind: 'rows', test: [100, 101] } });
  expect(features[2]).toMatchObject({ levels: ['F', 'I', 'M'] });
  expect([...held!.z.slice(2, d)]).toEqual([0, 0]);
  expect(flow.warnings.join()).toMatch(/1 row has a value of “sex” that no training row has/);
});

test('training columns are standardised by training rows alone', async () => {
  const { d, train, test: held, columns, columnSds, gateScale } = await design(await open(people()));
  for (let j = 0; j < d; j++) {
    const x = column(train.x, d, j);
    const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
    expect(mean).toBeCloseTo(0, 10);
    expect(x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (x.length - 1)).toBeCloseTo(1, 10);
    expect(columns[j].scale).toBe(columnSds[j]);
    expect(gateScale[j]).toBe(1);
    const { center, scale } = columns[j];
    expect(column(held!.x, d, j)).toEqual(column(held!.z, d, j).map((z) => (z - center) / scale));
  }
});

test('changing a held-out row changes nothing the fit sees', async () => {
  const text = people();
  const before = await design(await open(text), { split: { kind: 'rows', test: [50] } });
  const lines = text.split('\n');
  lines[51] = '1e6,-1e6,M,yes,n,2020-01-01,4,1e6';
  const after = await design(await open(lines.join('\n')), { split: { kind: 'rows', test: [50] } });
  expect(after.train).toEqual(before.train);
  expect(after.columns).toEqual(before.columns);
  expect(after.output).toEqual(before.output);
});

test('without intercepts nothing is centred and the target is left as it is', async () => {
  const { columns, output, train, gateScale } = await design(await open(people()), { intercept: false });
  expect(columns.every(({ center }) => center === 0)).toBe(true);
  expect(output).toEqual({ offset: 0, scale: 1 });
  expect(train.y).toEqual(new Float64Array(train.actual));
  expect(gateScale).toEqual(new Float64Array(columns.length).fill(1));
});

test('without preprocessing the fit sees the encoded columns, and the gate ridge their spread', async () => {
  const { train, columns, gateScale, columnSds } = await design(await open(people()), { preprocess: 'none' });
  expect([...train.x]).toEqual([...train.z]);
  expect(columns.every(({ center, scale }) => center === 0 && scale === 1)).toBe(true);
  expect(gateScale).toEqual(columnSds);
});

test('experts and gate may use different columns', async () => {
  const table = await open(people());
  const built = await design(table, {
    features: ['a', 'sex'],
    gateFeatures: ['b', 'a'],
    split: { kind: 'rows', test: [100] },
  });
  expect(built.encoded.map(({ name }) => name)).toEqual(['a', 'sex=F', 'sex=I', 'b']);
  expect([...built.expertColumns]).toEqual([1, 1, 1, 0]);
  expect([...built.gateColumns]).toEqual([1, 0, 0, 1]);
  expect([...(await design(table)).gateColumns]).toEqual([...(await design(table)).expertColumns]);
});

test('a problem of it can be shared between threads and knows the noise floor in fit coordinates', async () => {
  const built = await design(await open(people()));
  const cancel = new Int32Array(new SharedArrayBuffer(4));
  const settings = {
    k: 2,
    activation: { id: 'linear' },
    noise: { kind: 'shared' },
    gateRidge: 0.01,
    pseudoRows: 0,
    constantGate: false,
    initial: null,
    cancel,
  } as const;
  const problem = problemOf(built, settings);
  expect(inMemory(problem.train).x.buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(inMemory(problem.train).y.buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(problem).toMatchObject({
    k: 2,
    d: built.d,
    intercept: true,
    gateRidge: 0.01,
    train: { n: 89, weights: null },
    test: { n: 22 },
  });
  expect(problem.sigmaFloor).toBeCloseTo(1e-3, 12);
  const constant = problemOf(built, { ...settings, constantGate: true });
  expect(constant.gateColumns.every((flag) => flag === 0)).toBe(true);
  expect(
    problemOf(await design(await open(people()), { split: { kind: 'fraction', fraction: 0, seed: 1 } }), settings).test,
  ).toBeNull();
});

test('types set by hand turn a number into a category and truth values are categories', async () => {
  const table = await open(
    `rooms,ok,y\n${Array.from({ length: 60 }, (_, i) => `${i % 3},${i % 2 ? 'yes' : 'no'},${Math.sin(i)}`).join('\n')}\n`,
  );
  const { encoded } = await design(table, { features: ['rooms', 'ok'], types: { rooms: 'category' } });
  expect(encoded.map(({ column: from, level }) => [from, level])).toEqual([
    ['rooms', expect.any(String)],
    ['rooms', expect.any(String)],
    ['ok', expect.any(String)],
  ]);
});

test('a column that is constant in the training rows is left out with a warning', async () => {
  const table = await open(people());
  const { flow, features } = await design(table, { features: ['a', 'same'] });
  expect(features.map(({ column: name }) => name)).toEqual(['a']);
  expect(flow.warnings.join()).toContain('“same” is the same in every training row');
  expect(flow.flagged).toEqual([
    { column: 'same', sentence: expect.stringContaining('is the same in every training row and left out.') },
  ]);
});

describe('what cannot be done is refused with one sentence', () => {
  test.each([
    ['design/unknown-column', { target: 'yy' }, 'did you mean “y”?'],
    ['design/unknown-column', { features: ['a', 'sexes'] }, 'did you mean “sex”?'],
    ['design/target-not-numeric', { target: 'sex' }, 'is a category'],
    ['design/target-not-numeric', { target: 'day' }, 'is a date'],
    ['design/constant-target', { target: 'same' }, 'nothing to predict'],
    ['design/target-is-feature', { features: ['a', 'y'] }, 'leave it out of the features'],
    ['design/no-features', { features: [] }, 'choose at least one column'],
    ['design/no-features', { features: ['same'] }, 'choose features that vary'],
    ['design/feature-not-usable', { features: ['a', 'name'] }, 'set its type to category'],
    ['design/split-out-of-range', { split: { kind: 'rows', test: [120] } }, 'rows 0 to 119'],
  ] as [string, Partial<DesignRecipe>, string][])('%s: %o', async (code, changes, words) => {
    const error = await refusal(await open(people()), changes);
    expect(error.code).toBe(code);
    expect(error.message).toContain(words);
  });

  test('a target that is constant in the training rows, and rows of which none is complete', async () => {
    const table = await open(
      `x,y\n${Array.from({ length: 20 }, (_, i) => `${i * 1.5},${i === 19 ? 2 : 1}`).join('\n')}\n`,
    );
    expect((await refusal(table, { features: ['x'], split: { kind: 'rows', test: [19] } })).code).toBe(
      'design/constant-target',
    );
    const gaps = await open(
      `x,z,y\n${Array.from({ length: 20 }, (_, i) => (i % 2 ? `${i},,${i}` : `,${i},${i}`)).join('\n')}\n`,
    );
    expect((await refusal(gaps, { features: ['x', 'z'] })).code).toBe('design/no-complete-rows');
  });
});
