import { expect, test } from 'vitest';
import { menuItems } from '../../../renderer/frame/menu-items';
import type { Command } from '../../../renderer/stores/commands';

const command = (id: string, more: Partial<Command> = {}): Command => ({
  id,
  label: `Do ${id}`,
  group: 'File',
  act: () => undefined,
  ...more,
});

test('an act is a menu item with its keys, whether it can be done and whether it is the state now', () => {
  expect(
    menuItems([command('open', { keys: 'Ctrl+O' }), command('dark', { group: 'View', checked: true, enabled: false })]),
  ).toEqual([
    { id: 'open', label: 'Do open', group: 'File', keys: 'Ctrl+O', enabled: true, checked: null },
    { id: 'dark', label: 'Do dark', group: 'View', keys: null, enabled: false, checked: true },
  ]);
});

test('menus stand in the order of the menu bar', () => {
  const items = menuItems([command('about', { group: 'Help' }), command('open'), command('undo', { group: 'Edit' })]);
  expect(items.map(({ id }) => id)).toEqual(['open', 'undo', 'about']);
});

test('an act that two offer is shown once, as the one who can do it offers it', () => {
  const items = menuItems([
    command('run', { label: 'Run…', enabled: false }),
    command('run', { label: 'Run 3 fits' }),
    command('run', { label: 'Run later', enabled: false }),
  ]);
  expect(items.map(({ label }) => label)).toEqual(['Run 3 fits']);
});

test('what the native menu shows in its own way is left to it', () => {
  expect(menuItems([command('recent/1', { inMenu: false })])).toEqual([]);
});

test('long labels are cut and long groups end, so that no file can fill a screen with a menu', () => {
  const items = menuItems([
    command('long', { label: 'x'.repeat(5000), group: 'Data' }),
    ...Array.from({ length: 900 }, (_, i) => command(`run/${i}`, { group: 'Results' })),
    command('about', { group: 'Help' }),
  ]);
  expect(items[0].label).toMatch(/^x+…$/);
  expect(items[0].label.length).toBeLessThan(100);
  expect(items.length).toBeLessThan(100);
  expect(items.at(-1)?.id).toBe('about');
});
