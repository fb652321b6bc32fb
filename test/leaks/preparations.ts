import { ZodEnum } from 'zod';
import {
  columnPreparation,
  designRecipe,
  split,
  type ColumnPreparation,
  type DesignRecipe,
} from '../../core/data/types';
import { features } from './rows';

/** A way to prepare the data, by the changes it makes to the plain recipe. */
export interface Preparation {
  readonly name: string;
  readonly recipe: Partial<DesignRecipe>;
}

type Step = keyof ColumnPreparation;
const FEATURES: readonly string[] = features;
const kinds = { number: 'size', category: 'colour', date: 'day' } as const;

/** Values to try of the steps whose values are no list. */
const samples: Readonly<Partial<Record<Step, readonly unknown[]>>> = {
  winsorise: [0.05],
  reference: ['green'],
  pool: [12],
};

/** Every value of every step on every kind of column; a step that is new and no list asks for a sample here. */
function columnSteps(): Preparation[] {
  return (Object.keys(columnPreparation.shape) as Step[]).flatMap((step) => {
    const type: unknown = columnPreparation.shape[step].unwrap();
    const values = type instanceof ZodEnum ? type.options : samples[step];
    if (!values)
      throw new Error(`The step ${step} needs values that leaks are looked for with: test/leaks/preparations.ts.`);
    return Object.entries(kinds).flatMap(([kind, column]) =>
      values.map((value) => ({
        name: `${step} ${String(value)} of a ${kind}`,
        recipe: { prepare: { [column]: { [step]: value } as ColumnPreparation } },
      })),
    );
  });
}

/** Every choice of the recipe that is a list. */
const options = <K extends 'preprocess' | 'output'>(key: K): Preparation[] =>
  designRecipe.shape[key].options.map((value) => ({ name: `${key} ${value}`, recipe: { [key]: value } }));

const splits: Readonly<Record<DesignRecipe['split']['kind'], DesignRecipe['split']>> = {
  rows: { kind: 'rows', test: Array.from({ length: 40 }, (_, i) => 4 * i + 1) },
  column: { kind: 'column', column: 'set', test: ['test'] },
  fraction: { kind: 'fraction', fraction: 0.25, seed: 3 },
  grouped: { kind: 'grouped', column: 'patient', fraction: 0.25, seed: 3 },
  ordered: { kind: 'ordered', column: 'year', fraction: 0.25 },
  fold: { kind: 'fold', folds: 4, fold: 2, repeat: 1, seed: 3, groups: 'patient' },
};

/** Splits whose training rows stay the same whichever held-out rows become incomplete. */
export const isFixed = ({ kind }: DesignRecipe['split']): boolean => kind === 'rows' || kind === 'column';

export const plain: DesignRecipe = {
  target: 'price',
  features: [...FEATURES],
  gateFeatures: null,
  types: {},
  preprocess: 'standardise',
  output: 'auto',
  intercept: true,
  split: splits.rows,
};

/** All at once: what one step learns must not come to it from what another left. */
export const everything: Preparation = {
  name: 'everything at once',
  recipe: {
    preprocess: 'whiten',
    weights: 'weight',
    targetTransform: 'yeo-johnson',
    prepare: {
      size: { missing: 'indicator', winsorise: 0.02, transform: 'yeo-johnson' },
      depth: { missing: 'mean', winsorise: 0.1 },
      colour: { missing: 'indicator', pool: 12 },
      day: { missing: 'median', date: 'parts' },
    },
  },
};

/** Preparations by themselves, and some that work on what others have learnt. Read from the types: new ones are among them. */
export function preparations(): Preparation[] {
  const known = [
    'target',
    'features',
    'gateFeatures',
    'types',
    'prepare',
    'preprocess',
    'weights',
    'targetTransform',
    'output',
    'intercept',
    'split',
  ];
  const unknown = Object.keys(designRecipe.shape).filter((key) => !known.includes(key));
  if (unknown.length > 0)
    throw new Error(`Leaks are not looked for with ${unknown.join(', ')}: test/leaks/preparations.ts.`);
  return [
    { name: 'nothing', recipe: {} },
    ...columnSteps(),
    ...options('preprocess'),
    ...options('output'),
    ...designRecipe.shape.targetTransform
      .unwrap()
      .options.map((value) => ({ name: `target ${value}`, recipe: { targetTransform: value } })),
    { name: 'no intercepts', recipe: { intercept: false } },
    { name: 'a number as a category', recipe: { types: { year: 'category' }, features: ['depth', 'year'] } },
    { name: 'features of the gate', recipe: { features: ['size', 'depth'], gateFeatures: ['depth', 'colour', 'day'] } },
    { name: 'weights', recipe: { weights: 'weight' } },
    ...split.options.map(({ shape }) => ({
      name: `split ${shape.kind.value}`,
      recipe: { split: splits[shape.kind.value] },
    })),
    everything,
  ];
}
