import { createPinia, setActivePinia } from 'pinia';
import { expect, test, vi } from 'vitest';
import { effectScope } from 'vue';
import { groups, inOrder, matching, useCommands } from '../../../renderer/stores/commands';
import type { Command, Group } from '../../../renderer/stores/commands';

const command = (id: string, label: string, group: Group = 'File', enabled = true): Command => ({
  id,
  label,
  group,
  enabled,
  act: vi.fn(),
});

test('commands are offered for as long as whoever can do them is there', () => {
  setActivePinia(createPinia());
  const commands = useCommands();
  const scope = effectScope();
  scope.run(() => commands.offer(() => [command('a', 'Open'), command('b', 'Close', 'File', false)]));
  expect(commands.available.map(({ id }) => id)).toEqual(['a']);
  scope.stop();
  expect(commands.commands).toEqual([]);
});

test('a command is run by its id only while it is possible', () => {
  setActivePinia(createPinia());
  const commands = useCommands();
  const [can, cannot] = [command('can', 'Can'), command('cannot', 'Cannot', 'File', false)];
  effectScope().run(() => commands.offer(() => [can, cannot]));
  commands.run('can');
  commands.run('cannot');
  commands.run('unknown');
  expect(can.act).toHaveBeenCalledOnce();
  expect(cannot.act).not.toHaveBeenCalled();
});

test('words typed find commands whose words begin so, in any order, the literal beginning first', () => {
  const all = [
    command('1', 'Go to Results', 'Go'),
    command('2', 'Results: export'),
    { ...command('3', 'Open…'), words: 'table project file' },
  ];
  expect(matching(all, 'res').map(({ id }) => id)).toEqual(['2', '1']);
  expect(matching(all, 'file op').map(({ id }) => id)).toEqual(['3']);
  expect(matching(all, '').map(({ id }) => id)).toEqual(['1', '2', '3']);
  expect(matching(all, 'esults')).toEqual([]);
});

test('acts stand in the order of the menu bar, within a menu as they were offered', () => {
  const all = [command('help', 'About', 'Help'), command('b', 'Save'), command('a', 'Open'), command('go', 'Go', 'Go')];
  expect(inOrder(all).map(({ id }) => id)).toEqual(['b', 'a', 'go', 'help']);
  expect(inOrder(groups.map((group) => command(group, group, group))).length).toBe(groups.length);
});
