import { expect, test } from 'vitest';
import type { MethodInfo } from '../../../core/protocol';
import { optionGroups } from '../../../renderer/stores/method-options';
import type { OptionInfo, OptionValue } from '../../../renderer/stores/method-options';

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
const usual = (method: MethodInfo, name: string): OptionValue =>
  method.options.find((one) => one.name === name)!.default;
const names = (chosen: readonly MethodInfo[], wanted: (option: OptionInfo) => boolean = () => true, values = usual) =>
  optionGroups(chosen, [...all, ...chosen], wanted, values).map(({ every, methods, options }) => [
    every ? 'every' : methods.map(({ id }) => id).join(),
    options.map(({ name }) => name),
  ]);

test('what every mixture has alike is set once for all, and what differs in anything stays the method’s own', () => {
  expect(names([em, spectral])).toEqual([
    ['every', ['ridge']],
    ['joint-em', ['step']],
    ['spectral-em', ['moments', 'step']],
  ]);
  expect(optionGroups([em], all, () => true, usual)[0].methods).toEqual([em, spectral]);
});

test('a straight line has no options of mixtures', () => {
  expect(names([ols])).toEqual([]);
});

test('a group of which nothing is wanted is left out', () => {
  expect(names([spectral], ({ name }) => name === 'moments')).toEqual([['spectral-em', ['moments']]]);
});

test('with one mixture alone its options are its own', () => {
  expect(optionGroups([em], [ols, em], () => true, usual).map(({ every }) => every)).toEqual([false]);
});

test('what some of the chosen have alike is asked for once, as long as it is set to the same', () => {
  const [a, b] = [method('a', option('ridge'), option('rate')), method('b', option('ridge'), option('rate'))];
  expect(names([em, a, b])).toEqual([
    ['every', ['ridge']],
    ['joint-em', ['step']],
    ['a,b', ['rate']],
  ]);
  const apart = (of: MethodInfo, name: string): OptionValue => (of === b ? 1 : usual(of, name));
  expect(names([a, b], () => true, apart)).toEqual([
    ['every', ['ridge']],
    ['a', ['rate']],
    ['b', ['rate']],
  ]);
});
