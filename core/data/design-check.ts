import { fail, ok, type Result } from '../result';
import type { Feature } from './encode';
import { nearestName } from './names';
import type { ColumnInfo, ColumnType, DesignRecipe, TableInfo } from './types';

export interface CheckedRecipe {
  /** Columns of the experts and of the gate, each once, in the order they were named. */
  readonly used: readonly { readonly column: string; readonly kind: Feature['kind'] }[];
  readonly expert: ReadonlySet<string>;
  readonly gate: ReadonlySet<string>;
}

/** Whether a recipe can be carried out on a table: known columns, a numeric target that varies, usable features. */
export function checkRecipe(info: TableInfo, recipe: DesignRecipe): Result<CheckedRecipe> {
  const early = notYet(recipe);
  if (early) return early;
  const target = findColumn(info, recipe.target, 'target');
  if (!target.ok) return target;
  const type = typeOf(target.value, recipe);
  if (type !== 'number')
    return fail(
      'design/target-not-numeric',
      `The target "${recipe.target}" is ${described(type)}, not a column of numbers: choose a target that holds numbers.`,
      { column: recipe.target },
    );
  if (target.value.distinct <= 1 && target.value.summary)
    return fail(
      'design/constant-target',
      `The target "${recipe.target}" is the same in every row, so there is nothing to predict: choose another target.`,
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
      `"${recipe.target}" is the target and cannot be a feature as well: leave it out of the features.`,
      { column: recipe.target },
    );

  const offered = checkOffered(recipe);
  if (!offered.ok) return offered;

  const used: { column: string; kind: Feature['kind'] }[] = [];
  for (const name of new Set([...expert, ...gate])) {
    const column = findColumn(info, name, 'feature');
    if (!column.ok) return column;
    const kind = kindOf(typeOf(column.value, recipe));
    if (!kind)
      return fail(
        'design/feature-not-usable',
        `"${name}" is ${described(typeOf(column.value, recipe))} and cannot be a feature as it is: leave it out, or set its type to category.`,
        { column: name },
      );
    used.push({ column: name, kind });
  }
  return ok({ used, expert, gate });
}

/** A choice that cannot be carried out must not be passed over in silence. */
function notYet({ prepare, targetTransform }: DesignRecipe): Result<never> | null {
  const column = Object.entries(prepare ?? {}).find(([, steps]) => Object.keys(steps).length > 0)?.[0];
  if (column !== undefined)
    return fail(
      'design/not-yet',
      `The preparation of "${column}" cannot be carried out yet: leave it as it is in the file.`,
      { column },
    );
  return targetTransform !== undefined && targetTransform !== 'none'
    ? fail('design/not-yet', 'A transform of the target cannot be carried out yet: fit the target as it is.')
    : null;
}

/** What can be asked for and is not carried out yet. */
function checkOffered({ preprocess, weights }: DesignRecipe): Result<null> {
  if (preprocess === 'robust' || preprocess === 'whiten')
    return fail('design/not-offered', `Inputs cannot be scaled by "${preprocess}" yet: choose standardise or none.`);
  if (weights) return fail('design/not-offered', 'Weights cannot be used yet: choose no column of weights.');
  return ok(null);
}

function findColumn(info: TableInfo, name: string, role: string): Result<ColumnInfo> {
  const found = info.columns.find((column) => column.name === name);
  if (found) return ok(found);
  const near = nearestName(
    name,
    info.columns.map((column) => column.name),
  );
  const names = info.columns.map((column) => column.name);
  const help = near
    ? `did you mean "${near}"?`
    : `its columns are ${names
        .slice(0, 8)
        .map((known) => `"${known}"`)
        .join(', ')}${names.length > 8 ? ' and others' : ''}.`;
  return fail('design/unknown-column', `The table has no column "${name}" to use as ${role}: ${help}`, {
    column: name,
    nearest: near,
  });
}

/** The type set by hand, or the one that was found. */
const typeOf = (column: ColumnInfo, { types }: DesignRecipe): ColumnType =>
  Object.hasOwn(types, column.name) ? types[column.name] : column.type;

function kindOf(type: ColumnType): Feature['kind'] | null {
  if (type === 'number') return 'numeric';
  return type === 'category' || type === 'boolean' ? 'categorical' : null;
}

const described = (type: ColumnType): string =>
  ({ number: 'numeric', category: 'a category', text: 'text', date: 'a date', boolean: 'yes or no' })[type];
