import type { ColumnInfo, ColumnPreparation, ColumnType, DesignRecipe } from '../../core/data/types';
import { applicable, withSteps } from './column-steps';
import { splitFor, splitOf, usualSplit } from './split-choice';
import type { SplitChoice } from './split-choice';

export type Role = ColumnInfo['suggestedRole'] | 'weight';
/** Who looks at a feature: experts predict from it, the gate chooses between them by it. */
export type UsedBy = 'both' | 'experts' | 'gate';

/** What the user decides about columns; a column without an entry is as it was found. */
export interface ColumnChoices {
  readonly roles: Readonly<Record<string, Role>>;
  /** Types set by hand. */
  readonly types: Readonly<Record<string, ColumnType>>;
  /** Features of one side alone. */
  readonly users: Readonly<Record<string, Exclude<UsedBy, 'both'>>>;
  /** What is done to a column before it is encoded. */
  readonly prepare: Readonly<Record<string, ColumnPreparation>>;
}

/** What the user decides about the table as a whole. */
export interface Preparation {
  readonly preprocess: DesignRecipe['preprocess'];
  readonly output: DesignRecipe['output'];
  readonly intercept: boolean;
  readonly targetTransform: NonNullable<DesignRecipe['targetTransform']>;
  readonly split: SplitChoice;
}

export const usualPreparation: Preparation = {
  preprocess: 'standardise',
  output: 'auto',
  intercept: true,
  targetTransform: 'none',
  split: usualSplit,
};

export const suggested = (columns: readonly ColumnInfo[]): ColumnChoices => ({
  roles: record(columns.map(({ name, suggestedRole }) => [name, suggestedRole])),
  types: {},
  users: {},
  prepare: {},
});

/** The choices as far as they fit a table that was read anew; null when it has columns they say nothing about. */
export function carriedOver(choices: ColumnChoices, columns: readonly ColumnInfo[]): ColumnChoices | null {
  if (!columns.every(({ name }) => Object.hasOwn(choices.roles, name))) return null;
  const names = new Set(columns.map(({ name }) => name));
  const known = <V>(entries: Readonly<Record<string, V>>): Record<string, V> =>
    record(Object.entries(entries).filter(([name]) => names.has(name)));
  return {
    roles: record(columns.map(({ name }) => [name, choices.roles[name]])),
    types: known(choices.types),
    users: known(choices.users),
    prepare: known(choices.prepare),
  };
}

/** The same table read in another way: its split may have named a column that is gone. */
export const stillSplit = (preparation: Preparation, columns: readonly ColumnInfo[]): Preparation => ({
  ...preparation,
  split: splitFor(preparation.split, columns),
});

/**
 * What was decided about one table, for another: how a target is transformed is a matter of that target, and by which column rows
 * are held out of that table, where a column of the same name may be the target or a feature.
 */
export const preparationFor = (preparation: Preparation): Preparation => ({
  ...stillSplit(preparation, []),
  targetTransform: 'none',
});

/** A table has one target and one column of weights: the former target becomes a feature, former weights are left out. */
export function withRole(choices: ColumnChoices, names: readonly string[], role: Role): ColumnChoices {
  const single = role === 'target' || role === 'weight';
  const chosen = new Set(single ? names.slice(0, 1) : names);
  const entries = Object.entries(choices.roles).map(([name, was]): [string, Role] => {
    if (chosen.has(name)) return [name, role];
    return [name, single && was === role ? (role === 'target' ? 'feature' : 'ignore') : was];
  });
  return entries.every(([name, is]) => choices.roles[name] === is) ? choices : { ...choices, roles: record(entries) };
}

/** Types set by hand, or with null the ones the columns were read as. */
export function withType(choices: ColumnChoices, names: readonly string[], type: ColumnType | null): ColumnChoices {
  const others = Object.entries(choices.types).filter(([known]) => !names.includes(known));
  const own = type ? names.map((name): [string, ColumnType] => [name, type]) : [];
  return { ...choices, types: record([...others, ...own]) };
}

/** Who looks at these features. */
export function withUser(choices: ColumnChoices, names: readonly string[], user: UsedBy): ColumnChoices {
  const others = Object.entries(choices.users).filter(([known]) => !names.includes(known));
  const own = user === 'both' ? [] : names.map((name): [string, 'experts' | 'gate'] => [name, user]);
  return { ...choices, users: record([...others, ...own]) };
}

/** Steps of preparation set for these columns; `undefined` takes one back. */
export function withPreparation(
  choices: ColumnChoices,
  names: readonly string[],
  change: ColumnPreparation,
): ColumnChoices {
  const known = Object.keys(choices.prepare);
  const entries = [...known, ...names.filter((name) => !known.includes(name))].map(
    (name): [string, ColumnPreparation] => {
      const was = Object.hasOwn(choices.prepare, name) ? choices.prepare[name] : {};
      return [name, names.includes(name) ? withSteps(was, change) : was];
    },
  );
  return { ...choices, prepare: record(entries.filter(([, steps]) => Object.keys(steps).length > 0)) };
}

export const typeOf = (column: ColumnInfo, choices: ColumnChoices): ColumnType =>
  (Object.hasOwn(choices.types, column.name) ? choices.types[column.name] : undefined) ?? column.type;

export const userOf = (name: string, { users }: ColumnChoices): UsedBy =>
  Object.hasOwn(users, name) ? users[name] : 'both';

/** The steps that are carried out for a column as it is used now; steps of another type stay chosen for when it has that type again. */
export const preparationOf = (column: ColumnInfo, choices: ColumnChoices): ColumnPreparation =>
  Object.hasOwn(choices.prepare, column.name) ? applicable(typeOf(column, choices), choices.prepare[column.name]) : {};

/** Types a column can be used as: a number may stand for a category; the reverse needs cells that read as numbers. */
export function possibleTypes(column: ColumnInfo): ColumnType[] {
  if (column.type === 'number') return ['number', 'category'];
  if (column.type === 'text') return ['text', 'category'];
  return [column.type];
}

/** The recipe, or null while there is no target or no feature. */
export function recipeOf(
  columns: readonly ColumnInfo[],
  choices: ColumnChoices,
  preparation: Preparation,
  seed: number,
): DesignRecipe | null {
  const withTheRole = (role: Role): ColumnInfo[] => columns.filter(({ name }) => choices.roles[name] === role);
  const target = withTheRole('target').at(0)?.name;
  const features = withTheRole('feature');
  if (target === undefined || features.length === 0) return null;
  const used = new Set([target, ...features.map(({ name }) => name)]);
  const of = (side: UsedBy): string[] =>
    features.map(({ name }) => name).filter((name) => ['both', side].includes(userOf(name, choices)));
  const prepare = features.flatMap((column): [string, ColumnPreparation][] => {
    const steps = preparationOf(column, choices);
    return Object.keys(steps).length > 0 ? [[column.name, steps]] : [];
  });
  const weights = withTheRole('weight').at(0)?.name;
  const { preprocess, output, intercept, targetTransform, split } = preparation;
  return {
    target,
    features: of('experts'),
    gateFeatures: features.every(({ name }) => userOf(name, choices) === 'both') ? null : of('gate'),
    types: record(Object.entries(choices.types).filter(([name]) => used.has(name))),
    ...(prepare.length ? { prepare: record(prepare) } : {}),
    preprocess,
    ...(targetTransform === 'none' ? {} : { targetTransform }),
    ...(weights === undefined ? {} : { weights }),
    // Simulated truths of the papers have no offset: without intercepts nothing may add one.
    output: intercept ? output : 'none',
    intercept,
    split: splitOf(split, seed),
  };
}

/** Column names come from files: one called __proto__ is a column like any other. */
export function record<V>(entries: readonly (readonly [string, V])[]): Record<string, V> {
  const made: Record<string, V> = {};
  for (const [name, value] of entries)
    Object.defineProperty(made, name, { value, enumerable: true, configurable: true, writable: true });
  return made;
}
