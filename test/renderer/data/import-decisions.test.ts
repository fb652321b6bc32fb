import { expect, test } from 'vitest';
import { decisionIds, dialectChoice } from '../../../core/data/types';
import { choiceOf, stripParts, withToken } from '../../../renderer/views/data/import-decisions';

test('every decision of the detection can be reached from the strip, once', () => {
  expect(stripParts.flatMap(({ ids }) => ids).sort()).toEqual([...decisionIds].sort());
});

test('a decision made by hand is a dialect the core accepts', () => {
  const values = {
    encoding: 'windows-1252',
    delimiter: ';',
    quote: '',
    decimal: ',',
    header: 'false',
    skip: '4',
  } as const;
  for (const [id, value] of Object.entries(values)) {
    const choice = choiceOf(id as keyof typeof values, value);
    expect(dialectChoice.safeParse(choice).success).toBe(true);
    expect(Object.keys(choice)).toEqual([id]);
  }
  expect(choiceOf('header', 'false')).toEqual({ header: false });
  expect(choiceOf('skip', '4')).toEqual({ skip: 4 });
});

test('codes for no value are added once and taken away', () => {
  expect(withToken(['', '?'], '-999', true)).toEqual(['', '?', '-999']);
  expect(withToken(['', '?'], '?', true)).toEqual(['', '?']);
  expect(withToken(['', '?'], '', false)).toEqual(['?']);
});
