import type { DesignRecipe, TableInfo } from '../data/types';
import { usualFeatures } from '../data/splits/guides';
import { defaults } from '../fit/settings';
import type { FitSpec } from '../protocol';
import { csvCell } from './csv-cell';
import { importFlags } from './import-flags';
import { preparationFlags } from './preparation-flags';
import { splitFlags } from './split-flags';

/**
 * The command line that runs the same fit on the same file; what stands at its default is left out, and what no flag can say is named
 * in a comment.
 */
export function commandOf(table: TableInfo, recipe: DesignRecipe, spec: FitSpec): string {
  const usual = usualFeatures(table.columns, recipe);
  const isUsual = usual.length === recipe.features.length && usual.every((name) => recipe.features.includes(name));
  const words = ['moe-lab fit', shell(table.file.name), '--target', shell(recipe.target)];
  const flag = (name: string, value: string | number) => words.push(`--${name}`, shell(String(value)));
  for (const [name, value] of importFlags(table)) {
    if (value === null) words.push(`--${name}`);
    else flag(name, value);
  }
  if (!isUsual) flag('features', recipe.features.map(csvCell).join(','));
  if (recipe.gateFeatures) flag('gate-features', recipe.gateFeatures.map(csvCell).join(','));
  flag('experts', spec.experts);
  flag('method', spec.method);
  if (spec.activation !== 'linear') flag('activation', spec.activation);
  flag('seed', spec.seed);
  if (spec.restarts !== defaults.restarts) flag('restarts', spec.restarts);
  for (const [name, value] of splitFlags(recipe.split)) flag(name, value);
  if (recipe.weights) flag('weights', recipe.weights);
  for (const [name, value] of preparationFlags(recipe)) flag(name, value);
  if (recipe.preprocess !== 'standardise') flag('preprocess', recipe.preprocess);
  if (recipe.output !== 'auto') flag('output', recipe.output);
  if (!recipe.intercept) words.push('--no-intercept');
  if (spec.noise !== null) flag('noise', spec.noise);
  if (spec.polish === false) words.push('--no-polish');
  if (spec.maxIterations !== defaults.maxIterations) flag('max-iterations', spec.maxIterations);
  if (spec.tolerance !== defaults.tolerance) flag('tolerance', spec.tolerance);
  if (spec.timeLimit !== null) flag('time-limit', spec.timeLimit);
  if (spec.initial !== undefined) flag('initial', 'initial.json');
  for (const [name, value] of Object.entries(spec.options)) flag('option', `${name}=${value}`);
  const unsaid = setByHand(table, recipe);
  return unsaid.length === 0
    ? words.join(' ')
    : `${words.join(' ')} # set by hand, without a flag: ${unsaid.join(', ')}`;
}

/** What the user set beyond what the file shows and no flag can say: types of columns in use. */
function setByHand({ columns }: TableInfo, { types, target, features, gateFeatures }: DesignRecipe): string[] {
  const used = [target, ...features, ...(gateFeatures ?? [])];
  const retyped = columns.filter(
    ({ name, type }) => used.includes(name) && Object.hasOwn(types, name) && types[name] !== type,
  );
  return retyped.map(({ name }) => `${oneLine(name)} as ${types[name]}`);
}

/** A line break would end the comment and begin a command. */
const oneLine = (text: string) => text.replace(/\s+/g, ' ');

/** Quoted for a POSIX shell where it needs to be. */
const shell = (word: string) => (/^[\w./=+:-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);
