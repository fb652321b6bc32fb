import { Command } from 'commander';
import { expect, test } from 'vitest';
import { defineFit, type FitFlags } from '../../../core/cli/fit-flags';
import { fitRequest, recipeOf as recipeOfFlags } from '../../../core/cli/fit-request';
import type { ColumnInfo, ColumnPreparation, DesignRecipe, TableInfo } from '../../../core/data/types';
import { defaults } from '../../../core/fit/settings';
import { commandOf } from '../../../core/job/command';
import type { FitSpec } from '../../../core/protocol';
import { plainRecipe } from './plain-recipe';

const names = ['y', 'plain', 'a, b', 'x=log', "it's", 'the "set"', 'when', 'how many'];
const table = {
  file: { name: 'my data.csv', bytes: 1, sha256: '' },
  dialect: {},
  decisions: [],
  columns: names.map((name, index) => ({ index, name, type: 'number', suggestedRole: 'feature' }) as ColumnInfo),
} as unknown as TableInfo;
const plain = plainRecipe('y', names.slice(1));
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

/** A command as a POSIX shell cuts it into words. */
function shellWords(command: string): string[] {
  const words = [''];
  for (const [, quoted, escaped, blank, bare] of command.matchAll(/'([^']*)'|\\(.)|(\s+)|([^\s'\\]+)/g)) {
    if (blank === undefined) words[words.length - 1] += quoted ?? escaped ?? bare;
    else words.push('');
  }
  return words;
}

async function read(command: string): Promise<DesignRecipe> {
  const [program, fit, ...words] = shellWords(command);
  expect([program, fit]).toEqual(['moe-lab', 'fit']);
  const seen: FitFlags[] = [];
  const parser = new Command().exitOverride();
  defineFit(parser).action((_, flags: FitFlags) => void seen.push(flags));
  await parser.parseAsync(['fit', ...words], { from: 'user' });
  const request = await fitRequest(seen[0]);
  if (!request.ok) throw new Error(request.error.message);
  const recipe = recipeOfFlags(request.value, table.columns);
  if (!recipe.ok) throw new Error(recipe.error.message);
  return recipe.value;
}

const steps: ColumnPreparation[] = [
  { missing: 'indicator', winsorise: 0.001, transform: 'yeo-johnson' },
  { missing: 'most-frequent', pool: 25, reference: 'other, = \'level\' of "a"' },
  { date: 'parts', missing: 'median' },
];
const recipes: Record<string, Partial<DesignRecipe>> = {
  'the steps of columns, whatever their names': {
    prepare: Object.fromEntries(names.slice(1).map((name, i) => [name, steps[i % steps.length]])),
  },
  'a transformed target and scaled inputs': { targetTransform: 'yeo-johnson', preprocess: 'whiten', intercept: false },
  'features of the experts and of the gate alone': {
    features: ['plain', 'a, b'],
    gateFeatures: ['plain', "it's"],
    prepare: { "it's": { transform: 'log' } },
  },
  'a gate that looks at nothing': { gateFeatures: [] },
  'groups and weights': {
    features: ['plain', 'x=log'],
    split: { kind: 'grouped', column: "it's", fraction: 0.3, seed: 3 },
    weights: 'how many',
  },
  'an order': { split: { kind: 'ordered', column: 'when', fraction: 0.2 }, features: ['plain'] },
  'a column of the split': {
    split: { kind: 'column', column: 'the "set"', test: ['a, b', "it's"] },
    features: ['plain'],
  },
  'a fold': {
    split: { kind: 'fold', folds: 5, fold: 4, repeat: 2, seed: 3, groups: 'a, b' },
    features: ['plain', 'when'],
  },
};

test.each(Object.entries(recipes))('a command says %s, and is read back as the same recipe', async (_, changed) => {
  const recipe = { ...plain, ...changed };
  expect(await read(commandOf(table, recipe, spec))).toEqual(recipe);
});
