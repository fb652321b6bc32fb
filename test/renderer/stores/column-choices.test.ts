import { describe, expect, test } from 'vitest';
import {
  carriedOver,
  possibleTypes,
  preparationFor,
  preparationOf,
  recipeOf,
  stillSplit,
  suggested,
  typeOf,
  usualPreparation,
  withPreparation,
  withRole,
  withType,
  withUser,
} from '../../../renderer/stores/column-choices';
import { table } from '../runs/harness';

const [age, water, strength] = table.columns;
const choices = suggested(table.columns);
const preparation = usualPreparation;

describe('roles', () => {
  test('a table has one target: the former one becomes a feature', () => {
    const next = withRole(choices, [age.name], 'target');
    expect(next.roles).toEqual({ [age.name]: 'target', [water.name]: 'feature', [strength.name]: 'feature' });
  });

  test('several columns get a role at once, but only the first of them can be the target', () => {
    expect(withRole(choices, [age.name, water.name], 'ignore').roles[water.name]).toBe('ignore');
    const targets = Object.values(withRole(choices, [age.name, water.name], 'target').roles);
    expect(targets.filter((role) => role === 'target')).toHaveLength(1);
  });

  test('a role a column has already changes nothing, so there is nothing to undo', () => {
    expect(withRole(choices, [age.name], 'feature')).toBe(choices);
  });

  test('a column called __proto__ is a column like any other', () => {
    const odd = suggested([{ ...age, name: '__proto__' }, strength]);
    expect(Object.keys(odd.roles)).toEqual(['__proto__', strength.name]);
    expect(withRole(odd, ['__proto__'], 'ignore').roles[strength.name]).toBe('target');
    expect(Object.entries(withRole(odd, ['__proto__'], 'ignore').roles)).toContainEqual(['__proto__', 'ignore']);
  });
});

describe('types', () => {
  test('a number may stand for a category and be a number again', () => {
    const category = withType(choices, [age.name], 'category');
    expect(typeOf(age, category)).toBe('category');
    expect(withType(category, [age.name], null).types).toEqual({});
    expect(possibleTypes(age)).toEqual(['number', 'category']);
    expect(possibleTypes({ ...age, type: 'date' })).toEqual(['date']);
  });
});

describe('who looks at a feature', () => {
  test('the experts alone, the gate alone, or both: the recipe names each side’s features', () => {
    expect(recipeOf(table.columns, choices, preparation, 1)).toMatchObject({ gateFeatures: null });
    const expertsOnly = withUser(choices, [age.name], 'experts');
    expect(recipeOf(table.columns, expertsOnly, preparation, 1)).toMatchObject({
      features: [age.name, water.name],
      gateFeatures: [water.name],
    });
    const gateOnly = withUser(choices, [age.name], 'gate');
    expect(recipeOf(table.columns, gateOnly, preparation, 1)).toMatchObject({
      features: [water.name],
      gateFeatures: [age.name, water.name],
    });
    expect(withUser(gateOnly, [age.name], 'both').users).toEqual({});
  });

  test('does not matter of a column that is no feature now', () => {
    const ignored = withRole(withUser(choices, [age.name], 'gate'), [age.name], 'ignore');
    expect(recipeOf(table.columns, ignored, preparation, 1)).toMatchObject({
      features: [water.name],
      gateFeatures: null,
    });
  });
});

describe('weights', () => {
  test('are one column: another takes its place, and the former is left out', () => {
    const first = withRole(choices, [age.name], 'weight');
    expect(recipeOf(table.columns, first, preparation, 1)).toMatchObject({ weights: age.name, features: [water.name] });
    const second = withRole(first, [water.name], 'weight');
    expect(second.roles).toMatchObject({ [age.name]: 'ignore', [water.name]: 'weight' });
  });
});

describe('steps of a column', () => {
  const steps = withPreparation(choices, [age.name, water.name], { missing: 'median', transform: 'log' });

  test('are set for several columns at once, one step at a time, and taken back', () => {
    const more = withPreparation(steps, [age.name], { transform: undefined, winsorise: 0.01 });
    expect(more.prepare).toEqual({
      [age.name]: { missing: 'median', winsorise: 0.01 },
      [water.name]: { missing: 'median', transform: 'log' },
    });
    const none = withPreparation(steps, [age.name, water.name], { missing: undefined, transform: undefined });
    expect(none.prepare).toEqual({});
    expect(recipeOf(table.columns, none, preparation, 1)).not.toHaveProperty('prepare');
  });

  test('are in the recipe as far as the column is a feature and can have them', () => {
    const category = withType(steps, [age.name], 'category');
    expect(preparationOf(age, category)).toEqual({});
    const ignored = withRole(category, [water.name], 'ignore');
    expect(recipeOf(table.columns, ignored, preparation, 1)).not.toHaveProperty('prepare');
    const back = withRole(withType(ignored, [age.name], null), [water.name], 'feature');
    expect(recipeOf(table.columns, back, preparation, 1)?.prepare).toEqual(steps.prepare);
  });

  test('a column called __proto__ has steps like any other', () => {
    const odd = { ...age, name: '__proto__' };
    const own = withPreparation(suggested([odd, strength]), ['__proto__'], { missing: 'mean' });
    expect(preparationOf(odd, own)).toEqual({ missing: 'mean' });
    expect(Object.entries(recipeOf([odd, strength], own, preparation, 1)?.prepare ?? {})).toEqual([
      ['__proto__', { missing: 'mean' }],
    ]);
  });
});

test('the transform of a target and the column of a split are not those of another table', () => {
  const own = {
    ...preparation,
    preprocess: 'none' as const,
    targetTransform: 'log' as const,
    split: { ...preparation.split, kind: 'grouped' as const, column: age.name, fraction: 0.3 },
  };
  expect(stillSplit(own, table.columns)).toEqual(own);
  expect(preparationFor(own)).toEqual({
    ...preparation,
    preprocess: 'none',
    split: { ...preparation.split, fraction: 0.3 },
  });
});

describe('the recipe', () => {
  test('names the target, the features in file order, the types set by hand of used columns, and the split', () => {
    const category = withType(withRole(choices, [water.name], 'ignore'), [water.name], 'category');
    expect(recipeOf(table.columns, category, preparation, 7)).toEqual({
      target: strength.name,
      features: [age.name],
      gateFeatures: null,
      types: {},
      preprocess: 'standardise',
      output: 'auto',
      intercept: true,
      split: { kind: 'fraction', fraction: 0.2, seed: 7 },
    });
    expect(recipeOf(table.columns, withType(choices, [age.name], 'category'), preparation, 1)?.types).toEqual({
      [age.name]: 'category',
    });
  });

  test('does not exist without a target or without a feature', () => {
    expect(recipeOf(table.columns, withRole(choices, [strength.name], 'feature'), preparation, 1)).toBeNull();
    expect(recipeOf(table.columns, withRole(choices, [age.name, water.name], 'ignore'), preparation, 1)).toBeNull();
  });

  test('leaves the target as it is when there are no intercepts', () => {
    expect(recipeOf(table.columns, choices, { ...preparation, intercept: false }, 1)?.output).toBe('none');
  });
});

test('a table read anew keeps the choices when its columns are the same, and none when it has others', () => {
  const own = withRole(choices, [water.name], 'ignore');
  expect(carriedOver(own, table.columns)?.roles).toEqual(own.roles);
  const split = [{ ...age, name: 'Age (day),Water' }];
  expect(carriedOver(own, split)).toBeNull();
});
