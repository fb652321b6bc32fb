import type { DesignRecipe } from '../../core/data/types';
import type { FitSpec } from '../../core/protocol';
import { count, percent, power } from '../format';
import type { RunRequest } from './run';
import { stepWords } from './step-words';

/** One setting in words, for the recipe page and for saying what has changed since a result was made. */
export interface Setting {
  readonly name: string;
  readonly value: string;
}

const noiseWords = (noise: FitSpec['noise']): string =>
  noise === null ? 'decided by the data' : typeof noise === 'number' ? `fixed at ${noise}` : noise.replace('-', ' ');

/** How the inputs are scaled for the fit. */
export const scalingWords: Readonly<Record<DesignRecipe['preprocess'], string>> = {
  standardise: 'standardised',
  robust: 'scaled by median and quartiles',
  whiten: 'whitened',
  none: 'as they are',
};

const targetWords: Readonly<Record<NonNullable<DesignRecipe['targetTransform']>, string>> = {
  none: 'it is',
  log: 'its logarithm',
  sqrt: 'its square root',
  'yeo-johnson': 'a power of it (Yeo–Johnson)',
};

const share = (fraction: number, rest: string): string =>
  fraction === 0 ? 'nothing held out' : `${percent(fraction)} held out${rest}`;

function splitWords(split: DesignRecipe['split']): string {
  switch (split.kind) {
    case 'fraction':
      return share(split.fraction, `, seed ${split.seed}`);
    case 'rows':
      return `${count(split.test.length)} named rows held out`;
    case 'grouped':
      return share(split.fraction, ` in groups of ${split.column}, seed ${split.seed}`);
    case 'ordered':
      return share(split.fraction, `, the last in the order of ${split.column ?? 'the file'}`);
    case 'column':
      return `rows with ${list(split.test)} in ${split.column} held out`;
    case 'fold': {
      const groups = split.groups === null ? '' : ` in groups of ${split.groups}`;
      return `fold ${split.fold + 1} of ${split.folds}${groups} held out, repeat ${split.repeat + 1}, seed ${split.seed}`;
    }
  }
}

const list = (names: readonly string[]): string => names.join(', ');

/** The recipe of the data: roles, encoding, scaling, split. */
export function designSettings(design: DesignRecipe): Setting[] {
  const types = Object.entries(design.types);
  const prepared = Object.entries(design.prepare ?? {}).flatMap(([name, steps]) => {
    const words = stepWords(steps);
    return words.length ? [`${name}: ${words.join(', ')}`] : [];
  });
  return [
    { name: 'Target', value: design.target },
    { name: 'Features', value: list(design.features) },
    { name: 'Gate features', value: design.gateFeatures ? list(design.gateFeatures) : 'the same' },
    ...(types.length
      ? [{ name: 'Types by hand', value: types.map(([name, type]) => `${name} as ${type}`).join(', ') }]
      : []),
    ...(design.targetTransform && design.targetTransform !== 'none'
      ? [{ name: 'Target fitted as', value: targetWords[design.targetTransform] }]
      : []),
    ...(prepared.length ? [{ name: 'Steps', value: prepared.join('; ') }] : []),
    { name: 'Inputs', value: scalingWords[design.preprocess] },
    ...(design.weights ? [{ name: 'Weights', value: design.weights }] : []),
    { name: 'Output', value: design.output === 'auto' ? 'scaled for the activation' : 'as it is' },
    { name: 'Intercepts', value: design.intercept ? 'on' : 'off' },
    { name: 'Split', value: splitWords(design.split) },
  ];
}

/** The recipe of the fit. */
export function fitSettings(fit: FitSpec): Setting[] {
  return [
    { name: 'Method', value: fit.method },
    { name: 'Experts', value: String(fit.experts) },
    { name: 'Activation', value: fit.activation.replace('-', ' ') },
    ...(fit.initial ? [{ name: 'Starts from', value: 'a fitted model, which is part of the recipe' }] : []),
    { name: 'Noise', value: noiseWords(fit.noise) },
    { name: 'Seed', value: String(fit.seed) },
    { name: 'Starts', value: count(fit.restarts) },
    { name: 'Polish', value: fit.polish === null ? 'as the method does by default' : fit.polish ? 'on' : 'off' },
    { name: 'Iterations at most', value: count(fit.maxIterations) },
    { name: 'Tolerance', value: power(fit.tolerance) },
    { name: 'Time limit', value: fit.timeLimit === null ? 'none' : `${fit.timeLimit} s` },
    ...Object.entries(fit.options).map(([name, value]) => ({ name, value: String(value) })),
  ];
}

/** What a recipe without a setting does instead. */
const without: Readonly<Record<string, string>> = {
  Steps: 'every column as it is',
  'Target fitted as': 'the target itself',
  'Types by hand': 'every column as it was read',
};

/**
 * What of the data's recipe is no longer so since a result was made, in a sentence each. Of features only those that came or went
 * are told.
 */
export function changedSettings(
  made: RunRequest['design'],
  now: RunRequest['design'],
  labelOf: (column: string) => string = (column) => column,
): string[] {
  const current = new Map(designSettings(now).map((setting) => [setting.name, setting.value]));
  const before = new Map(designSettings(made).map((setting) => [setting.name, setting.value]));
  const names = new Set([...before.keys(), ...current.keys()]);
  return [...names].flatMap((name) => {
    const [was, is] = [before, current].map((values) => values.get(name) ?? without[name] ?? 'none');
    if (was === is) return [];
    if (name === 'Features') return [changedFeatures(made.features.map(labelOf), now.features.map(labelOf))];
    return [`Made with ${name.toLowerCase()}: ${was}. Data now says ${is}.`];
  });
}

function changedFeatures(made: readonly string[], now: readonly string[]): string {
  const gone = made.filter((name) => !now.includes(name));
  const come = now.filter((name) => !made.includes(name));
  if (gone.length === 0) return `Made without ${list(come)} among the features; now with.`;
  const instead = come.length ? ` instead of ${list(come)}.` : '; now without.';
  return `Made with ${list(gone)} among the features${instead}`;
}
