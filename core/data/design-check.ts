import { fail, ok, type Result } from '../result';
import type { Feature } from '../model/feature';
import { nearestName } from './names';
import { checkPreparation } from './prepare/check';
import type { ColumnInfo, ColumnPreparation, ColumnType, DesignRecipe, TableInfo } from './types';

export interface CheckedRecipe {
  /** Columns of the experts and of the gate, each once, in the order they were named. */
  readonly used: readonly { readonly column: string; readonly kind: Feature['kind'] }[];
  readonly expert: ReadonlySet<string>;
  readonly gate: ReadonlySet<string>;
  /** Columns in which something stands for a missing value. */
  readonly filled: ReadonlySet<string>;
}

/** Whether a recipe can be carried out on a table: known columns, a numeric target that varies, usable features. */
export function checkRecipe(info: TableInfo, recipe: DesignRecipe): Result<CheckedRecipe> {
  const target = findColumn(info, recipe.target, 'target');
  if (!target.ok) return target;
  const type = typeOf(target.value, recipe);
  if (type !== 'number')
    return fail(
      'design/target-not-numeric',
      `The target “${recipe.target}” is ${described(type)}, not a column of numbers: choose a target that holds numbers.`,
      { column: recipe.target },
    );
  if (target.value.distinct <= 1 && target.value.summary)
    return fail(
      'design/constant-target',
      `The target “${recipe.target}” is the same in every row, so there is nothing to predict: choose another target.`,
      {
        column: recipe.target,
      },
    );
  const expert = new Set(recipe.features);
  const gate = new Set(recipe.gateFeatures ?? recipe.features);
  if (expert.size === 0)
    return fail('design/no-features', 'No features are chosen: choose at least one column to predict from.');
  if (expert.has(recipe.target) || gate.has(recipe.target))
    return fail(
      'design/target-is-feature',
      `“${recipe.target}” is the target and cannot be a feature as well: leave it out of the features.`,
      { column: recipe.target },
    );

  const used: { column: string; kind: Feature['kind'] }[] = [];
  const filled = new Set<string>();
  for (const name of new Set([...expert, ...gate])) {
    const column = findColumn(info, name, 'feature');
    if (!column.ok) return column;
    const kind = kindOf(typeOf(column.value, recipe));
    if (!kind)
      return fail(
        'design/feature-not-usable',
        `“${name}” is ${described(typeOf(column.value, recipe))} and cannot be a feature as it is: leave it out, or set its type to category.`,
        { column: name },
      );
    const preparation = preparationOf(recipe, name);
    const fault = checkPreparation(name, kind, preparation);
    if (fault) return fault;
    if ((preparation.missing ?? 'drop-row') !== 'drop-row') filled.add(name);
    used.push({ column: name, kind });
  }
  const steps = Object.keys(preparationOf(recipe, recipe.target));
  if (steps.length > 0)
    return fail(
      'design/preparation',
      `“${recipe.target}” is the target, and its values are neither filled in nor changed like those of a feature: choose a transform of the target instead.`,
      { column: recipe.target },
    );
  return ok({ used, expert, gate, filled });
}

/** What is done to a column; nothing where nothing was chosen. */
const preparationOf = ({ prepare }: DesignRecipe, column: string): ColumnPreparation =>
  prepare && Object.hasOwn(prepare, column) ? prepare[column] : {};

function findColumn(info: TableInfo, name: string, role: string): Result<ColumnInfo> {
  const found = info.columns.find((column) => column.name === name);
  if (found) return ok(found);
  const near = nearestName(
    name,
    info.columns.map((column) => column.name),
  );
  const names = info.columns.map((column) => column.name);
  const help = near
    ? `did you mean “${near}”?`
    : `its columns are ${names
        .slice(0, 8)
        .map((known) => `“${known}”`)
        .join(', ')}${names.length > 8 ? ' and others' : ''}.`;
  return fail('design/unknown-column', `The table has no column “${name}” to use as ${role}: ${help}`, {
    column: name,
    nearest: near,
  });
}

/** The type set by hand, or the one that was found. */
const typeOf = (column: ColumnInfo, { types }: DesignRecipe): ColumnType =>
  Object.hasOwn(types, column.name) ? types[column.name] : column.type;

function kindOf(type: ColumnType): Feature['kind'] | null {
  if (type === 'number') return 'numeric';
  if (type === 'date') return 'date';
  return type === 'category' || type === 'boolean' ? 'categorical' : null;
}

const described = (type: ColumnType): string =>
  ({ number: 'numeric', category: 'a category', text: 'text', date: 'a date', boolean: 'yes or no' })[type];
