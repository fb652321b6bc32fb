import type { MenuItemConstructorOptions } from 'electron';
import { expect, test, vi } from 'vitest';
import type { MenuItem, RecentFile } from '../../../core/bridge';
import { acceleratorOf, menuTemplate, type MenuActs } from '../../../electron/windows/application-menu';

type Item = MenuItemConstructorOptions;

const item = (id: string, group: string, given: Partial<MenuItem> = {}): MenuItem => ({
  id,
  label: `Do ${id}`,
  group,
  keys: null,
  enabled: true,
  checked: null,
  ...given,
});

const menu: readonly MenuItem[] = [
  item('open', 'File', { keys: 'Ctrl+O' }),
  item('window/new', 'File', { keys: 'Ctrl+N' }),
  item('sample/a', 'File', { label: 'Open example: Air & noise' }),
  item('sample/b', 'File', { label: 'Open example: wine' }),
  item('project/save', 'File', { keys: 'Ctrl+S', enabled: false }),
  item('project/save-as', 'File', { keys: 'Ctrl+Shift+S' }),
  item('export', 'File', { keys: 'Ctrl+E' }),
  item('undo', 'Edit', { keys: 'Ctrl+Z' }),
  item('redo', 'Edit', { keys: 'Ctrl+Shift+Z' }),
  item('find', 'Edit', { keys: 'Ctrl+K' }),
  item('run', 'Run', { keys: 'Ctrl+Enter' }),
  item('go/data', 'Go', { keys: 'Ctrl+1' }),
  item('theme-dark', 'View', { checked: true }),
  item('theme-light', 'View', { checked: false }),
  item('help/about', 'Help'),
];
const recent: readonly RecentFile[] = [
  { id: 'r1', name: 'R&D.csv', folder: '~/data', missing: false },
  { id: 'r2', name: 'b.moe', folder: '~', missing: true },
];

const acts = () => ({
  command: vi.fn<MenuActs['command']>(),
  newWindow: vi.fn<MenuActs['newWindow']>(),
  open: vi.fn<MenuActs['open']>(),
  openRecent: vi.fn<MenuActs['openRecent']>(),
  clearRecent: vi.fn<MenuActs['clearRecent']>(),
});

const platforms = ['linux', 'win32', 'darwin'] as const;
const context = { page: { menu }, recent, platform: 'linux' as NodeJS.Platform, packaged: true };
const submenu = (item: Item | undefined): Item[] => (item?.submenu ?? []) as Item[];
const all = (items: readonly Item[]): Item[] => items.flatMap((one) => [one, ...all(submenu(one))]);
const labelled = (template: readonly Item[], label: string) => template.find((one) => one.label === label);
const withId = (template: readonly Item[], id: string) => all(template).find((one) => one.id === id);
const click = (item: Item | undefined) => (item?.click as () => void)();

test.each(platforms)('every act of the page stands in exactly one menu, with its keys (%s)', (platform) => {
  const template = menuTemplate({ ...context, platform }, acts());
  for (const { id, keys, enabled, checked } of menu) {
    const found = all(template).filter((one) => one.id === `menu:${id}`);
    expect(found, id).toHaveLength(1);
    expect(found[0]).toMatchObject({ enabled, registerAccelerator: false });
    expect(found[0].accelerator).toBe(keys?.replace('Ctrl', 'CmdOrCtrl'));
    if (checked !== null) expect(found[0]).toMatchObject({ type: 'checkbox', checked });
  }
});

test.each(platforms)('no two items share an id or keys of their own (%s)', (platform) => {
  const template = all(menuTemplate({ ...context, platform }, acts()));
  const ids = template.map(({ id }) => id).filter(Boolean);
  expect(new Set(ids).size).toBe(ids.length);
  const keys = template.map(({ accelerator }) => accelerator).filter(Boolean);
  expect(new Set(keys).size).toBe(keys.length);
});

test('menus stand in the order of the bar, on each system', () => {
  const names = (platform: NodeJS.Platform) =>
    menuTemplate({ ...context, platform }, acts()).map(({ label, role }) => label ?? role);
  const bar = ['&File', '&Edit', '&Run', '&Go', '&View', '&Window', '&Help'];
  expect(names('linux')).toEqual(bar);
  expect(names('win32')).toEqual(bar);
  expect(names('darwin')).toEqual(['appMenu', ...bar.with(5, 'windowMenu')]);
});

test('outside macOS there is no item for the role "zoom", which does nothing there', () => {
  const roles = (platform: NodeJS.Platform) =>
    all(menuTemplate({ ...context, platform }, acts())).map(({ role }) => role);
  expect(roles('linux')).not.toContain('zoom');
  expect(roles('win32')).not.toContain('zoom');
});

test('File holds windows, files, saving and the end, with lines between', () => {
  const shape = (platform: NodeJS.Platform) =>
    submenu(labelled(menuTemplate({ ...context, platform }, acts()), '&File')).map(
      ({ id, role, type, label }) => id ?? role ?? (type === 'separator' ? '-' : label),
    );
  const opening = ['menu:window/new', 'menu:open', 'menu:recent', 'Open example', '-'];
  const saving = ['menu:project/save', 'menu:project/save-as', '-', 'menu:export', '-'];
  expect(shape('linux')).toEqual([...opening, ...saving, 'close', 'quit']);
  expect(shape('darwin')).toEqual([...opening, ...saving, 'close']);
});

test.each(platforms)('every menu of the bar has a letter of its own to open it with (%s)', (platform) => {
  const groups = ['File', 'Edit', 'Data', 'Model', 'Run', 'Results', 'Go', 'View', 'Help'];
  const page = { menu: groups.map((group) => item(`some/${group}`, group)) };
  const bar = menuTemplate({ ...context, page, platform }, acts()).filter(({ role }) => !/Menu$/.test(role ?? ''));
  const letters = bar.map(({ label }) => /&(\w)/.exec(label ?? '')?.[1].toLowerCase());
  expect(letters).not.toContain(undefined);
  expect(new Set(letters).size).toBe(bar.length);
});

test('items of the system are written as our own are: a capital at the beginning and no other', () => {
  for (const platform of platforms) {
    const template = menuTemplate({ ...context, page: { menu: [] }, platform, packaged: false }, acts());
    for (const { role, label } of template.flatMap(submenu))
      if (role) expect(label, role).toMatch(/^[A-Z][a-z]+( [a-z]+)*( MoE Lab)?$/);
  }
});

test('acts whose labels begin alike have a menu of their own', () => {
  const family = labelled(all(menuTemplate(context, acts())), 'Open example');
  expect(submenu(family).map(({ label }) => label)).toEqual(['Air && noise', 'Wine']);
});

test('a click does the act of the page', () => {
  const does = acts();
  const template = menuTemplate(context, does);
  click(withId(template, 'menu:run'));
  click(withId(template, 'menu:sample/b'));
  expect(does.command.mock.calls).toEqual([['run'], ['sample/b']]);
});

test('recent files stand in a menu of their own, with their folder, and can be cleared', () => {
  const does = acts();
  const template = menuTemplate(context, does);
  const items = submenu(withId(template, 'menu:recent'));
  expect(items.map(({ label }) => label)).toEqual([
    'R&&D.csv – ~/data',
    'b.moe – ~ (not there now)',
    undefined,
    'Clear the list',
  ]);
  click(items[0]);
  click(items[3]);
  expect(does.openRecent).toHaveBeenCalledWith('r1');
  expect(does.clearRecent).toHaveBeenCalledOnce();
  expect(withId(menuTemplate({ ...context, recent: [] }, does), 'menu:recent')?.enabled).toBe(false);
});

test('with no page to ask, the menu opens files and windows by itself', () => {
  const does = acts();
  const template = menuTemplate({ ...context, page: { menu: [] } }, does);
  click(withId(template, 'menu:open'));
  click(withId(template, 'menu:window/new'));
  expect(does.open).toHaveBeenCalledOnce();
  expect(does.newWindow).toHaveBeenCalledOnce();
  expect(does.command).not.toHaveBeenCalled();
  const roles = submenu(labelled(template, '&Edit')).map(({ role }) => role);
  expect(roles).toEqual(['undo', 'redo', undefined, 'cut', 'copy', 'paste', 'selectAll']);
});

test('the developer tools are for those who run the source', () => {
  const roles = (packaged: boolean) => all(menuTemplate({ ...context, packaged }, acts())).map(({ role }) => role);
  expect(roles(true)).not.toContain('toggleDevTools');
  expect(roles(false)).toContain('toggleDevTools');
});

test.each(platforms)('one About, one Close and one way out (%s)', (platform) => {
  const roles = (page: { menu: readonly MenuItem[] }) =>
    all(menuTemplate({ ...context, page, platform }, acts())).map(({ role }) => role);
  // The menu of the program itself, which macOS has, brings both.
  const isMac = platform === 'darwin';
  expect(roles({ menu }).filter((role) => role === 'about')).toHaveLength(0);
  expect(roles({ menu: [] }).filter((role) => role === 'about')).toHaveLength(isMac ? 0 : 1);
  expect(roles({ menu }).filter((role) => role === 'quit' || role === 'appMenu')).toHaveLength(1);
  expect(roles({ menu }).filter((role) => role === 'close')).toHaveLength(1);
});

test('an act offered twice is shown once, and a group of no known name has a menu of its own', () => {
  const odd = item('odd', 'New & odd');
  const template = menuTemplate({ ...context, page: { menu: [odd, odd] } }, acts());
  expect(submenu(labelled(template, 'New && odd')).map(({ id }) => id)).toEqual(['menu:odd']);
});

test.each([
  ['Ctrl+Shift+Z', 'CmdOrCtrl+Shift+Z'],
  ['Ctrl+Enter', 'CmdOrCtrl+Enter'],
  ['F6', 'F6'],
  ['Shift+F6', 'Shift+F6'],
  ['Alt+ArrowLeft', 'Alt+Left'],
  ['Ctrl++', 'CmdOrCtrl+Plus'],
  ['Ctrl+k', 'CmdOrCtrl+K'],
  ['Ctrl+,', 'CmdOrCtrl+,'],
  ['Hyper+K', null],
  ['Ctrl+Nothing', null],
  ['F25', null],
  ['?', null],
  ['', null],
  ['Ctrl+', null],
  ['Ctrl+constructor', null],
  ['constructor+K', null],
])('the keys "%s" are %s to Electron', (keys, accelerator) => expect(acceleratorOf(keys)).toBe(accelerator));
