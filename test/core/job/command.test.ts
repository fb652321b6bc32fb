import { expect, test } from 'vitest';
import type { ColumnInfo, TableInfo } from '../../../core/data/types';
import { defaults } from '../../../core/fit/settings';
import { commandOf } from '../../../core/job/command';
import type { FitSpec } from '../../../core/protocol';
import { plainRecipe } from './plain-recipe';

const column = (name: string, suggestedRole: ColumnInfo['suggestedRole'] = 'feature'): ColumnInfo => ({
  index: 0,
  name,
  original: name,
  label: name,
  unit: null,
  type: 'number',
  missing: 0,
  failed: 0,
  cells: { numbers: 0, texts: 0, missing: 0, failed: 0 },
  distinct: 100,
  summary: null,
  histogram: null,
  levels: null,
  notes: [],
  suggestedRole,
});

const table = {
  file: { name: 'my data.csv', bytes: 1, sha256: '' },
  columns: [column('a, b'), column('zip'), column('id', 'ignore'), column('y', 'target')],
  decisions: [],
  dialect: { missing: [''] },
} as unknown as TableInfo;

const recipe = plainRecipe('y', ['a, b', 'zip']);
const spec: FitSpec = {
  method: 'joint-em',
  experts: 2,
  activation: 'linear',
  seed: 3,
  noise: null,
  timeLimit: null,
  options: {},
  ...defaults,
};

test('what stands at its default is left out', () => {
  expect(commandOf(table, recipe, spec)).toBe(
    "moe-lab fit 'my data.csv' --target y --experts 2 --method joint-em --seed 3",
  );
});

test('what was chosen is said, names as CSV and quoted for the shell', () => {
  const command = commandOf(
    table,
    { ...recipe, features: ['a, b'], gateFeatures: ['zip'], intercept: false, preprocess: 'none' },
    { ...spec, noise: 0.5, polish: false, options: { gateRidge: 1 } },
  );
  expect(command).toBe(
    `moe-lab fit 'my data.csv' --target y --features '"a, b"' --gate-features zip --experts 2 --method joint-em --seed 3 --preprocess none --no-intercept --noise 0.5 --no-polish --option gateRidge=1`,
  );
});

test('a model to start from is a file beside the data, as rows held out by hand are', () => {
  const part = { intercept: 0, weights: [0, 0] };
  const columns = [
    { name: 'a, b', center: 0 },
    { name: 'zip', center: 0 },
  ];
  const initial: FitSpec['initial'] = {
    activation: 'linear',
    columns,
    experts: [part, part].map((one) => ({ ...one, sigma: 1 })),
    gates: [part, part],
    output: { offset: 0, scale: 1 },
  };
  expect(commandOf(table, recipe, { ...spec, initial, options: { start: 'given' } })).toMatch(
    / --initial initial\.json --option start=given$/,
  );
});

test('what no flag can say is named in a comment that cannot run', () => {
  const decision = { id: 'delimiter', label: 'semicolon', byHand: true };
  const byHand = {
    ...table,
    decisions: [decision, { ...decision, id: 'quote', byHand: false }],
    dialect: { delimiter: ';', missing: [''], missingIn: { 'zip code': ['-9'] } },
  } as unknown as TableInfo;
  const typed = { ...recipe, types: { zip: 'category', id: 'category', y: 'number' } as const };
  expect(commandOf(byHand, typed, spec)).toMatch(
    / --delimiter semicolon --missing-in 'zip code=-9' .* # set by hand, without a flag: zip as category$/,
  );
  const hostile = { ...table, columns: [column('x\nrm -rf .'), column('y', 'target')] };
  const command = commandOf(
    hostile,
    { ...recipe, features: ['x\nrm -rf .'], types: { 'x\nrm -rf .': 'category' } },
    spec,
  );
  expect(command).not.toContain('\n');
});
