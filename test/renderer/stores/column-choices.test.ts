import { describe, expect, test } from 'vitest';
import {
  carriedOver,
  possibleTypes,
  recipeOf,
  suggested,
  typeOf,
  withRole,
  withType,
} from '../../../renderer/stores/column-choices';
import type { Preparation } from '../../../renderer/stores/column-choices';
import { table } from '../runs/harness';

const [age, water, strength] = table.columns;
const choices = suggested(table.columns);
const preparation: Preparation = { preprocess: 'standardise', output: 'auto', intercept: true, testFraction: 0.2 };

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
    const category = withType(choices, age.name, 'category');
    expect(typeOf(age, category)).toBe('category');
    expect(withType(category, age.name, null).types).toEqual({});
    expect(possibleTypes(age)).toEqual(['number', 'category']);
    expect(possibleTypes({ ...age, type: 'date' })).toEqual(['date']);
  });
});

describe('the recipe', () => {
  test('names the target, the features in file order, the types set by hand of used columns, and the split', () => {
    const category = withType(withRole(choices, [water.name], 'ignore'), water.name, 'category');
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
    expect(recipeOf(table.columns, withType(choices, age.name, 'category'), preparation, 1)?.types).toEqual({
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
