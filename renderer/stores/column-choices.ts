import type { ColumnInfo, ColumnType, DesignRecipe } from '../../core/data/types';

export type Role = ColumnInfo['suggestedRole'];

/** What the user decides about columns: each one's role, and the types set by hand. */
export interface ColumnChoices {
  readonly roles: Readonly<Record<string, Role>>;
  readonly types: Readonly<Record<string, ColumnType>>;
}

export const suggested = (columns: readonly ColumnInfo[]): ColumnChoices => ({
  roles: record(columns.map(({ name, suggestedRole }) => [name, suggestedRole])),
  types: {},
});

/** The choices as far as they fit a table that was read anew; null when it has columns they say nothing about. */
export function carriedOver(choices: ColumnChoices, columns: readonly ColumnInfo[]): ColumnChoices | null {
  if (!columns.every(({ name }) => Object.hasOwn(choices.roles, name))) return null;
  const names = new Set(columns.map(({ name }) => name));
  return {
    roles: record(columns.map(({ name }) => [name, choices.roles[name]])),
    types: record(Object.entries(choices.types).filter(([name]) => names.has(name))),
  };
}

/** A table has one target: making a column the target makes the former one a feature. */
export function withRole(choices: ColumnChoices, names: readonly string[], role: Role): ColumnChoices {
  const chosen = new Set(role === 'target' ? names.slice(0, 1) : names);
  const entries = Object.entries(choices.roles).map(([name, was]): [string, Role] => {
    if (chosen.has(name)) return [name, role];
    return [name, role === 'target' && was === 'target' ? 'feature' : was];
  });
  return entries.every(([name, is]) => choices.roles[name] === is) ? choices : { ...choices, roles: record(entries) };
}

/** A type set by hand, or with null the one the column was read as. */
export function withType(choices: ColumnChoices, name: string, type: ColumnType | null): ColumnChoices {
  const others = Object.entries(choices.types).filter(([known]) => known !== name);
  return { ...choices, types: record(type ? [...others, [name, type]] : others) };
}

export const typeOf = (column: ColumnInfo, choices: ColumnChoices): ColumnType =>
  (Object.hasOwn(choices.types, column.name) ? choices.types[column.name] : undefined) ?? column.type;

/** Types a column can be used as: a number may stand for a category; the reverse needs cells that read as numbers. */
export function possibleTypes(column: ColumnInfo): ColumnType[] {
  if (column.type === 'number') return ['number', 'category'];
  if (column.type === 'text') return ['text', 'category'];
  return [column.type];
}

export interface Preparation {
  readonly preprocess: DesignRecipe['preprocess'];
  readonly output: DesignRecipe['output'];
  readonly intercept: boolean;
  /** Share of the rows held out, 0 to 0.9. */
  readonly testFraction: number;
}

/** The recipe, or null while there is no target or no feature. */
export function recipeOf(
  columns: readonly ColumnInfo[],
  choices: ColumnChoices,
  preparation: Preparation,
  seed: number,
): DesignRecipe | null {
  const target = columns.find(({ name }) => choices.roles[name] === 'target')?.name;
  const features = columns.filter(({ name }) => choices.roles[name] === 'feature').map(({ name }) => name);
  if (target === undefined || features.length === 0) return null;
  const used = new Set([target, ...features]);
  const { preprocess, output, intercept, testFraction } = preparation;
  return {
    target,
    features,
    gateFeatures: null,
    types: record(Object.entries(choices.types).filter(([name]) => used.has(name))),
    preprocess,
    // Simulated truths of the papers have no offset: without intercepts nothing may add one.
    output: intercept ? output : 'none',
    intercept,
    split: { kind: 'fraction', fraction: testFraction, seed },
  };
}

/** Column names come from files: one called __proto__ is a column like any other. */
export function record<V>(entries: readonly (readonly [string, V])[]): Record<string, V> {
  const made: Record<string, V> = {};
  for (const [name, value] of entries)
    Object.defineProperty(made, name, { value, enumerable: true, configurable: true, writable: true });
  return made;
}
