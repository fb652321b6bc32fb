import { mount } from '@vue/test-utils';
import { expect, test } from 'vitest';
import CommandText from '../../../renderer/views/results/CommandText.vue';
import { argumentsOf } from '../../../renderer/views/results/command-arguments';

const command = `moe-lab fit 'my table.csv' --target 'it'\\''s y' --features a,'"b, c"' --polish --seed -1`;

test('a command is cut between its arguments, a flag keeps its value, and nothing is lost', () => {
  expect(argumentsOf(command)).toEqual([
    'moe-lab',
    'fit',
    `'my table.csv'`,
    `--target 'it'\\''s y'`,
    `--features a,'"b, c"'`,
    '--polish',
    '--seed -1',
  ]);
  expect(argumentsOf(command).join(' ')).toBe(command);
  expect(argumentsOf('')).toEqual([]);
});

test('what is shown reads as the command, each argument in a piece', () => {
  const shown = mount(CommandText, { props: { command } });
  expect(shown.text()).toBe(command);
  expect(shown.findAll('span')).toHaveLength(7);
});
