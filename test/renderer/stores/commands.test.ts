import { createPinia, setActivePinia } from 'pinia';
import { expect, test, vi } from 'vitest';
import { effectScope } from 'vue';
import { matching, useCommands } from '../../../renderer/stores/commands';
import type { Command } from '../../../renderer/stores/commands';

const command = (id: string, label: string, group = 'File', enabled = true): Command => ({
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
  const all = [command('1', 'Go to Results', 'Screens'), command('2', 'Results: export'), command('3', 'Open file…')];
  expect(matching(all, 'res').map(({ id }) => id)).toEqual(['2', '1']);
  expect(matching(all, 'file op').map(({ id }) => id)).toEqual(['3']);
  expect(matching(all, '').map(({ id }) => id)).toEqual(['1', '2', '3']);
  expect(matching(all, 'esults')).toEqual([]);
});
