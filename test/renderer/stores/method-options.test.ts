import { expect, test } from 'vitest';
import type { MethodInfo } from '../../../core/protocol';
import { optionGroups } from '../../../renderer/stores/method-options';
import type { OptionInfo } from '../../../renderer/stores/method-options';

const option = (name: string, change: Partial<OptionInfo> = {}): OptionInfo => ({
  name,
  label: name,
  meaning: '',
  type: 'number',
  default: 0,
  ...change,
});
const method = (id: string, ...options: OptionInfo[]): MethodInfo => ({
  id,
  name: id,
  summary: '',
  promise: '',
  assumes: [],
  whenNot: '',
  source: '',
  options,
});
const [ols, em, spectral] = [
  method('ols'),
  method('joint-em', option('ridge'), option('step')),
  method('spectral-em', option('ridge'), option('moments'), option('step', { default: 1 })),
];
const all = [ols, em, spectral];
const names = (chosen: readonly MethodInfo[], wanted: (option: OptionInfo) => boolean = () => true) =>
  optionGroups(chosen, all, wanted).map(({ method, options }) => [
    method?.id ?? 'every',
    options.map(({ name }) => name),
  ]);

test('what every mixture has alike is set once for all, and what differs in anything stays the method’s own', () => {
  expect(names([em, spectral])).toEqual([
    ['every', ['ridge']],
    ['joint-em', ['step']],
    ['spectral-em', ['moments', 'step']],
  ]);
  expect(optionGroups([em], all, () => true)[0].methods).toEqual([em, spectral]);
});

test('a straight line has no options of mixtures', () => {
  expect(names([ols])).toEqual([]);
});

test('a group of which nothing is wanted is left out', () => {
  expect(names([spectral], ({ name }) => name === 'moments')).toEqual([['spectral-em', ['moments']]]);
});

test('with one mixture alone its options are its own', () => {
  expect(optionGroups([em], [ols, em], () => true).map(({ method }) => method?.id)).toEqual(['joint-em']);
});
