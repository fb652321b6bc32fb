import { describe, expect, test } from 'vitest';
import { parseList, resolveColumn, resolveColumns } from '../../../core/cli/columns';
import { parseOptions } from '../../../core/cli/option-values';
import { noiseLevel, numberBetween, positiveNumber, wholeNumber } from '../../../core/cli/parsers';
import type { ColumnInfo } from '../../../core/data/types';
import { methodById } from '../../../core/fit';

describe('lists of columns', () => {
  test.each([
    [['a,b,c'], ['a', 'b', 'c']],
    [
      ['a', 'b,c'],
      ['a', 'b', 'c'],
    ],
    [[' a , b '], ['a', 'b']],
    [['"a, b",c'], ['a, b', 'c']],
    [['"say ""so""",x'], ['say "so"', 'x']],
    [['#1,#3'], ['#1', '#3']],
    [['Water  (kg in a m^3)'], ['Water  (kg in a m^3)']],
  ])('%j names %j', (lines, names) => expect(parseList(lines)).toEqual({ ok: true, value: names }));

  test.each([[['a,,b']], [['a,']], [[',a']], [['"a,b']], [['a"b']]])('%j is refused with one sentence', (lines) => {
    const result = parseList(lines);
    expect(result.ok).toBe(false);
    if (!result.ok) expect(result.error.code).toBe('usage/list');
  });
});

describe('columns', () => {
  const columns = ['cement', 'water', 'age', 'a, b'].map((name) => ({ name }) as ColumnInfo);

  test('a name is matched exactly, but for blanks around it', () => {
    expect(resolveColumn(' water ', columns)).toEqual({ ok: true, value: 'water' });
    expect(resolveColumn('Water', columns).ok).toBe(false);
  });

  test('#3 is the third column', () => expect(resolveColumn('#3', columns)).toEqual({ ok: true, value: 'age' }));

  test.each(['#0', '#5', '#99'])('%s is outside the file and says how many columns there are', (reference) => {
    const result = resolveColumn(reference, columns);
    expect(!result.ok && result.error.message).toContain('4 columns');
  });

  test.each([
    ['cemnt', 'cement'],
    ['Water', 'water'],
    ['wat', 'water'],
  ])('%s suggests %s', (typed, name) => {
    const result = resolveColumn(typed, columns);
    expect(!result.ok && result.error.message).toBe(`There is no column “${typed}”: did you mean “${name}”?`);
  });

  test('where nothing is near, the columns are listed', () => {
    const result = resolveColumn('strength', columns);
    expect(!result.ok && result.error.message).toContain('the columns are cement, water, age');
  });

  test('a column named twice counts once', () => {
    expect(resolveColumns(['water', '#2'], columns)).toEqual({ ok: true, value: ['water'] });
  });
});

describe('numbers', () => {
  test.each(['3', '1e3', '+7'])('%s is a whole number', (text) => expect(wholeNumber(1)(text)).toBe(Number(text)));
  test.each(['0', '1.5', '', 'three', '0x10', 'Infinity', '3 4'])('%j is not a whole number from 1', (text) =>
    expect(() => wholeNumber(1)(text)).toThrow('Give a whole number from 1.'),
  );
  test.each(['-0.1', '0.91', 'NaN', ''])('%j is not a share from 0 to 0.9', (text) =>
    expect(() => numberBetween(0, 0.9)(text)).toThrow('Give a number from 0 to 0.9.'),
  );
  test.each(['0', '-1', 'Infinity', 'x'])('%j is not above 0', (text) => expect(() => positiveNumber(text)).toThrow());

  test('noise is a word or a sigma', () => {
    expect(noiseLevel('shared')).toBe('shared');
    expect(noiseLevel('2.5')).toBe(2.5);
    expect(() => noiseLevel('own')).toThrow('shared, per-expert, or a number above 0');
    expect(() => noiseLevel('0')).toThrow();
  });
});

describe('options of a method', () => {
  const method = methodById('joint-em');
  if (method === undefined) throw new Error('joint-em is registered');

  test('values take the type of the option table', () => {
    expect(parseOptions(method, ['gateRidge=0.5'])).toEqual({ ok: true, value: { gateRidge: 0.5 } });
  });

  test('an unknown name lists those there are', () => {
    const result = parseOptions(method, ['moments=raw']);
    expect(!result.ok && result.error.message).toContain(
      'joint-em has no option moments; it has start, gate, leak, gateRidge',
    );
  });

  test.each(['gateRidge', '=1', ''])('%j is not name=value', (text) =>
    expect(parseOptions(method, [text]).ok).toBe(false),
  );
});
