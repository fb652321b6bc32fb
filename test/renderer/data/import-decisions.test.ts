import { expect, test } from 'vitest';
import { decisionIds, dialectChoice } from '../../../core/data/types';
import type { Decision } from '../../../core/data/types';
import {
  asDetected,
  choiceOf,
  doubtsOf,
  partLabel,
  stripParts,
  withToken,
  withTokenIn,
} from '../../../renderer/views/data/import-decisions';

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

test('codes of single columns add up, and a column without any is not named', () => {
  const one = withTokenIn(undefined, 'CO', '-200', true);
  expect(one).toEqual({ CO: ['-200'] });
  const two = withTokenIn(withTokenIn(one, 'CO', '-1', true), 'NOx', '-200', true);
  expect(two).toEqual({ CO: ['-200', '-1'], NOx: ['-200'] });
  expect(withTokenIn(two, 'CO', '-1', false)).toEqual({ CO: ['-200'], NOx: ['-200'] });
  expect(withTokenIn(one, 'CO', '-200', false)).toEqual({});
  expect(withTokenIn({}, 'constructor', '-1', true)).toEqual({ constructor: ['-1'] });
});

test('a part of the strip goes back to what was detected without touching the others', () => {
  const choice = { decimal: ',', thousands: '.', delimiter: ';', missing: ['?'], missingIn: { a: ['-1'] } } as const;
  const all = { ...choice, missing: [...choice.missing], missingIn: { a: ['-1'] } };
  expect(asDetected(all, ['decimal', 'thousands'])).toEqual({
    delimiter: ';',
    missing: ['?'],
    missingIn: { a: ['-1'] },
  });
  expect(asDetected(all, ['missing'])).toEqual({ decimal: ',', thousands: '.', delimiter: ';' });
  expect(all.decimal).toBe(',');
});

const decision = (id: Decision['id'], chosen: string, label: string, more: Partial<Decision> = {}): Decision => ({
  id,
  chosen,
  label,
  because: '',
  alternatives: [{ value: ';', label: 'semicolon', because: 'as good' }],
  byHand: false,
  ...more,
});

test('a segment names what is unusual beside its first decision', () => {
  expect(partLabel([decision('decimal', '.', 'point'), decision('thousands', '', 'none')])).toBe('point');
  expect(partLabel([decision('decimal', '.', 'point'), decision('thousands', ',', 'comma')])).toBe(
    'point, thousands comma',
  );
  expect(partLabel([decision('header', 'true', 'row 1'), decision('comment', '#', '#')])).toBe(
    'row 1, without # lines',
  );
});

test('the segment of missing values names the codes of single columns', () => {
  const missing = decision('missing', 'empty, ?', 'empty, ?');
  expect(partLabel([missing])).toBe('empty, ?');
  expect(partLabel([missing], { CO: ['-200'] })).toBe('empty, ?, -200 in CO');
  expect(partLabel([decision('missing', '', 'none seen')], { CO: ['-200', '-1'], NOx: ['-200'] })).toBe(
    '-200 in 2 columns, -1 in CO',
  );
});

test('a decision is in doubt while its rival is there and nobody has decided', () => {
  const doubtful = decision('delimiter', ',', 'comma', { rival: ';' });
  expect(doubtsOf([decision('quote', '"', 'double'), doubtful])).toEqual([
    { decision: doubtful, rival: doubtful.alternatives[0] },
  ]);
  expect(doubtsOf([{ ...doubtful, byHand: true }])).toEqual([]);
});
