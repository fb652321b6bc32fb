import { expect, test } from 'vitest';
import { labelAndUnit, listed, nameColumns, nearestName } from '../../../core/data/names';

test('the unit at the end of a name is told from its label', () => {
  expect(labelAndUnit('Age (day)')).toEqual({ label: 'Age', unit: 'day' });
  expect(labelAndUnit('Cement (component 1)(kg in a m^3 mixture)')).toEqual({
    label: 'Cement',
    unit: 'kg in a m³ mixture',
  });
  expect(labelAndUnit('Concrete compressive strength(MPa, megapascals)')).toEqual({
    label: 'Concrete compressive strength',
    unit: 'MPa',
  });
  expect(labelAndUnit('Flux (W/m^2)').unit).toBe('W/m²');
  expect(labelAndUnit('Count (10^23)')).toEqual({ label: 'Count (10^23)', unit: null });
  expect(labelAndUnit('Temperature [°C]')).toEqual({ label: 'Temperature', unit: '°C' });
  for (const name of ['x1', 'Population (2010)', 'Slag (component 2)', '(kg)'])
    expect(labelAndUnit(name)).toEqual({ label: name, unit: null });
});

test('names are trimmed, made unique with a warning, and never empty', () => {
  const { columns, warnings } = nameColumns([' a ', 'a', '', 'a (2)', 'a', 'b\n c', '__proto__'], 8);
  expect(columns.map(({ name }) => name)).toEqual([
    'a',
    'a (2)',
    'column 3',
    'a (2) (2)',
    'a (3)',
    'b c',
    '__proto__',
    'column 8',
  ]);
  expect(columns[0].original).toBe(' a ');
  expect(warnings.join()).toMatch(/3 column names are repeated/);
  expect(nameColumns(null, 2).columns.map(({ name }) => name)).toEqual(['column 1', 'column 2']);
});

test('two columns never share a label', () => {
  expect(nameColumns(['Flow (l)', 'Flow (kg)'], 2).columns.map(({ label }) => label)).toEqual([
    'Flow (l)',
    'Flow (kg)',
  ]);
});

test('a slip in a name finds the name that was meant, and nonsense finds none', () => {
  const known = ['Cement (kg)', 'Age (day)', 'strength'];
  expect(nearestName('strenght', known)).toBe('strength');
  expect(nearestName('cement', known)).toBe('Cement (kg)');
  expect(nearestName('wind speed', known)).toBeNull();
});

test('a list of names is quoted and cut to a readable length', () => {
  expect(listed(['a'])).toBe('“a”');
  expect(listed(['a', 'b', 'c'])).toBe('“a”, “b” and “c”');
  expect(listed(['a', 'b', 'c', 'd', 'e'])).toBe('“a”, “b” and 3 others');
});
