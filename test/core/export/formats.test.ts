import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020';
import { expect, test } from 'vitest';
import { predictionTable } from '../../../core/evaluate/predictions';
import { formatById, formats, type ExportInput } from '../../../core/export';
import { modelSchema } from '../../../core/export/model-schema';
import { parametersText } from '../../../core/export/parameters';
import { type ModelFile, modelFile } from '../../../core/model/model-file';
import { evaluated, evaluateRow, labels, model } from '../evaluate/fixture';

const train = evaluated(6, 1);
const held = evaluated(3, 2);
// Held-out rows stand between the training rows of the file.
const trainPart = { ...train.part, rows: [0, 2, 4, 6, 7, 8] };
const heldPart = { ...held.part, rows: [1, 3, 5] };

const input: ExportInput = {
  model,
  predictions: predictionTable(
    [
      { split: 'train', part: trainPart, predicted: train.predicted },
      { split: 'test', part: heldPart, predicted: held.predicted },
    ],
    2,
  ),
  curves: [
    {
      start: 0,
      points: [
        {
          iteration: 0,
          seconds: 0.01,
          stage: 'em',
          logLikelihood: -2.5,
          objective: -20,
          parameterChange: null,
          trainRmse: 1.25,
          testRmse: null,
          kl: null,
        },
      ],
    },
  ],
  units: new Map([...labels].map(([column, { unit }]) => [column, unit])),
};

const textOf = async (id: string): Promise<string> => {
  const { content } = (await formatById(id)!.render(input))[0];
  return typeof content === 'string' ? content : new TextDecoder().decode(content);
};
const lines = async (id: string) =>
  (await textOf(id))
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));

test('every format has an id of its own, a sentence, and at least one file', async () => {
  expect(new Set(formats.map(({ id }) => id)).size).toBe(formats.length);
  for (const format of formats) {
    expect(format.sentence).toMatch(/\.$/);
    expect((await format.render(input)).length).toBeGreaterThan(0);
  }
});

test('model.json reads back as the same numbers and predicts the same from the file alone', async () => {
  const text = await textOf('model');
  const back = modelFile.parse(JSON.parse(text));
  expect(back).toEqual(model);
  for (let i = 0; i < 6; i++) {
    const row = evaluateRow(back, [train.part.z[2 * i], train.part.z[2 * i + 1]]);
    expect(row.prediction).toBe(train.predicted.prediction[i]);
  }
});

test('predictions.csv is in the order of the file and tells held-out rows from training rows', async () => {
  const [header, ...records] = await lines('predictions');
  expect(header).toEqual('row,split,actual,prediction,sd,gate_1,gate_2,mean_1,mean_2'.split(','));
  expect(records.map(([row]) => Number(row))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  expect(records.map(([, split]) => split)).toEqual([
    'train',
    'test',
    'train',
    'test',
    'train',
    'test',
    'train',
    'train',
    'train',
  ]);
  expect(Number(records[1][3])).toBe(held.predicted.prediction[0]);
  expect(Number(records[2][8])).toBe(train.predicted.means[3]);
});

test('a prediction is the sum of its gates times its means, from the exported digits', async () => {
  const [, ...records] = await lines('predictions');
  for (const record of records.map((cells) => cells.map(Number))) {
    expect(record[5] * record[7] + record[6] * record[8]).toBeCloseTo(record[3], 12);
  }
});

test('parameters.csv is the model multiplied out, with the units of its slopes', async () => {
  const [header, ...records] = await lines('parameters');
  expect(header).toEqual(['expert', 'part', 'column', 'value', 'unit']);
  expect(records.map(([expert, part, column]) => `${expert} ${part} ${column}`)).toEqual([
    '1 expert (constant)',
    '1 expert Age (day)',
    '1 expert mix=rich',
    '1 expert (sigma)',
    '2 expert (constant)',
    '2 expert Age (day)',
    '2 expert mix=rich',
    '2 expert (sigma)',
    '1 gate (constant)',
    '1 gate Age (day)',
    '1 gate mix=rich',
    '2 gate (constant)',
    '2 gate Age (day)',
    '2 gate mix=rich',
  ]);
  expect(Number(records[1][3])).toBe(0.7312345678901);
  expect([records[0][4], records[1][4], records[2][4], records[9][4]]).toEqual(['MPa', 'MPa/day', 'MPa', '1/day']);
});

test('the lines of parameters.csv give every row’s means and gates', async () => {
  const [, ...records] = await lines('parameters');
  const value = (expert: number, part: string, column: string) =>
    Number(records.find((r) => r[0] === String(expert) && r[1] === part && r[2] === column)?.[3]);
  const at = (expert: number, part: string, z: number[]) =>
    value(expert, part, '(constant)') +
    value(expert, part, 'Age (day)') * z[0] +
    value(expert, part, 'mix=rich') * z[1];
  for (let i = 0; i < 6; i++) {
    const z = [train.part.z[2 * i], train.part.z[2 * i + 1]];
    const row = evaluateRow(model, z);
    expect(at(1, 'expert', z)).toBeCloseTo(row.means[0], 11);
    expect(at(2, 'expert', z)).toBeCloseTo(row.means[1], 11);
    expect(1 / (1 + Math.exp(at(2, 'gate', z) - at(1, 'gate', z)))).toBeCloseTo(row.gates[0], 11);
  }
});

test.each(['sigmoid', 'leaky-relu'] as const)(
  'parameters.csv of %s experts gives every row’s means too',
  (activation) => {
    const leak = activation === 'leaky-relu' ? { leak: 0.3 } : {};
    const experts = [
      { intercept: 0.3, weights: [0.02, -1], sigma: 2 },
      { intercept: -0.4, weights: [-0.03, 0.5], sigma: 1 },
    ];
    const bent: ModelFile = { ...model, activation, ...leak, experts, output: { offset: 20, scale: 60 } };
    const records = parametersText(bent, new Map([['Strength', 'MPa']]))
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(','));
    const value = (expert: number, part: string, column: string) =>
      Number(records.find((r) => r[0] === String(expert) && r[1] === part && r[2] === column)?.[3]);
    const inside = `inside ${activation}`;
    for (let i = 0; i < 6; i++) {
      const z = [train.part.z[2 * i], train.part.z[2 * i + 1]];
      const score = (e: number) =>
        value(e, inside, '(constant)') + value(e, inside, 'Age (day)') * z[0] + value(e, inside, 'mix=rich') * z[1];
      const g = (s: number) =>
        activation === 'sigmoid' ? 1 / (1 + Math.exp(-s)) : Math.max(s, value(1, inside, '(leak)') * s);
      for (const e of [1, 2]) {
        const mean = value(e, 'expert', '(offset)') + value(e, 'expert', '(scale)') * g(score(e));
        expect(mean).toBeCloseTo(evaluateRow(bent, z).means[e - 1], 11);
      }
    }
    expect(records.find(([, , column]) => column === '(scale)')?.[4]).toBe('MPa');
  },
);

test('trace.csv counts starts from 1 and leaves empty what a stage does not have', async () => {
  expect(await lines('trace')).toEqual([
    'start,stage,iteration,seconds,log_likelihood,objective,parameter_change,train_rmse,test_rmse,kl'.split(','),
    ['1', 'em', '0', '0.01', '-2.5', '-20', '', '1.25', '', ''],
  ]);
});

test('the JSON Schema in docs is the current one: node scripts/run-ts.mjs scripts/write-model-schema.ts', () => {
  const shipped: unknown = JSON.parse(
    readFileSync(new URL('../../../docs/model.schema.json', import.meta.url), 'utf8'),
  );
  expect(shipped).toEqual(JSON.parse(JSON.stringify(modelSchema())));
});

test('the JSON Schema accepts a model and refuses one without experts', () => {
  const validate = new Ajv2020({ strict: false }).compile(modelSchema());
  expect(validate(model)).toBe(true);
  expect(validate({ ...model, experts: undefined })).toBe(false);
  expect(validate({ ...model, version: 2 })).toBe(false);
});
