import type { MenuItemConstructorOptions } from 'electron';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createMenu } from '../../../electron/windows/menu';

type Template = MenuItemConstructorOptions[];

/** What Electron makes of a template, as far as it is asked here. */
const electron = vi.hoisted(() => {
  interface Item {
    id?: string;
    enabled?: boolean;
    checked?: boolean;
    submenu?: Item[];
  }
  const itemsOf = (items: Item[]): Item[] => items.flatMap((item) => [item, ...itemsOf(item.submenu ?? [])]);
  return {
    shown: [] as { getMenuItemById(id: string): Item | null }[],
    Menu: {
      buildFromTemplate(template: Item[]) {
        const items = structuredClone(template);
        return { getMenuItemById: (id: string) => itemsOf(items).find((item) => item.id === id) ?? null };
      },
      setApplicationMenu: (menu: { getMenuItemById(id: string): Item | null }) => void electron.shown.push(menu),
    },
  };
});
vi.mock('electron', () => ({ Menu: electron.Menu }));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  electron.shown.splice(0);
});

const template = (items: Template): Template => [{ label: 'File', submenu: items }];
const save = { id: 'menu:save', label: 'Save', enabled: false };
const dark = { id: 'menu:dark', label: 'Dark', type: 'checkbox' as const, checked: true };
const item = (id: string) => electron.shown[electron.shown.length - 1].getMenuItemById(id);

test('the first menu is there at once; later ones replace it together, and only when their items are others', () => {
  const menu = createMenu('linux');
  menu.show(template([save]));
  expect(electron.shown).toHaveLength(1);
  menu.show(template([save, dark]));
  menu.show(template([dark, save]));
  expect(electron.shown).toHaveLength(1);
  vi.runAllTimers();
  expect(electron.shown).toHaveLength(2);
  menu.show(template([dark, save]));
  vi.runAllTimers();
  expect(electron.shown).toHaveLength(2);
});

test('what is allowed and chosen changes in place, so that an open menu stays open', () => {
  const menu = createMenu('linux');
  menu.show(template([save, dark]));
  menu.show(
    template([
      { ...save, enabled: true },
      { ...dark, checked: false },
    ]),
  );
  vi.runAllTimers();
  expect(electron.shown).toHaveLength(1);
  expect(item('menu:save')?.enabled).toBe(true);
  expect(item('menu:dark')?.checked).toBe(false);
});

test('on macOS it is replaced for that, too', () => {
  const menu = createMenu('darwin');
  menu.show(template([save]));
  menu.show(template([{ ...save, enabled: true }]));
  vi.runAllTimers();
  expect(electron.shown).toHaveLength(2);
});

test('a choice that the system unticked by itself is ticked again when the page has not changed', () => {
  const menu = createMenu('linux');
  menu.show(template([dark]));
  item('menu:dark')!.checked = false;
  menu.clicked();
  vi.runAllTimers();
  expect(item('menu:dark')?.checked).toBe(true);
});
