import { mount } from '@vue/test-utils';
import { describe, expect, test } from 'vitest';
import type { Check } from '../../../core/evaluate/types';
import CheckList from '../../../renderer/ui/CheckList.vue';
import { sorted } from '../../../renderer/ui/check-order';

const check = (id: string, light: Check['light']): Check => ({ id, light, sentence: `${id} is ${light}.` });
const checks = [check('a', 'green'), check('b', 'amber'), check('c', 'red'), check('d', 'green'), check('e', 'amber')];

test('red asks before amber, each in the order given', () => {
  const { asking, holding } = sorted(checks);
  expect(asking.map(({ id }) => id)).toEqual(['c', 'b', 'e']);
  expect(holding.map(({ id }) => id)).toEqual(['a', 'd']);
});

describe('the list of checks', () => {
  test('shows what asks and folds what holds into one line that can be opened', () => {
    const list = mount(CheckList, { props: { checks } });
    const fold = list.get('details');
    expect(fold.get('summary').text()).toBe('2 checks hold');
    expect(fold.text()).toContain('a is green.');
    expect(list.findAll('.checks > li').map((item) => item.text())).toEqual([
      'c is red.',
      'b is amber.',
      'e is amber.',
      expect.stringContaining('2 checks hold'),
    ]);
  });

  test('names the checks where names are given', () => {
    const list = mount(CheckList, { props: { checks, nameOf: (id: string) => `Check ${id}` } });
    expect(list.findAll('b').map((name) => name.text())).toEqual([
      'Check c',
      'Check b',
      'Check e',
      'Check a',
      'Check d',
    ]);
  });

  test('has no fold where nothing holds', () => {
    expect(
      mount(CheckList, { props: { checks: [check('c', 'red')] } })
        .find('details')
        .exists(),
    ).toBe(false);
  });
});
