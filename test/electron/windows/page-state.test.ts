import { expect, test } from 'vitest';
import type { MenuItem, WindowState } from '../../../core/bridge';
import { holdsWork, readPageState, SILENT_PAGE, wouldLose } from '../../../electron/windows/page-state';

const item: MenuItem = { id: 'run', label: 'Run', group: 'Run', keys: 'Ctrl+Enter', enabled: true, checked: null };
const state: WindowState = { name: 'a.moe', edited: true, running: 2, theme: 'dark', menu: [item] };

test('what a page of ours says is taken as it is', () => {
  expect(readPageState(structuredClone(state))).toEqual(state);
  expect(readPageState(SILENT_PAGE)).toEqual(SILENT_PAGE);
});

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['null', null],
  ['a list', [state]],
  ['a word for whether it is edited', { ...state, edited: 'yes' }],
  ['a negative number of fits', { ...state, running: -1 }],
  ['no number of fits', { ...state, running: Number.NaN }],
  ['half a fit', { ...state, running: 0.5 }],
  ['an unknown theme', { ...state, theme: 'pink' }],
  ['a menu that is no list', { ...state, menu: {} }],
  ['more acts than a menu can hold', { ...state, menu: Array.from({ length: 501 }, () => item) }],
  ['an act without an id', { ...state, menu: [{ ...item, id: '' }] }],
  ['an act with an endless label', { ...state, menu: [{ ...item, label: 'x'.repeat(301) }] }],
  ['an act with a function', { ...state, menu: [{ ...item, keys: () => undefined }] }],
  ['no name', { ...state, name: undefined }],
])('%s is refused', (_, value) => expect(readPageState(value)).toBeNull());

test('what is not known to the menu is left behind', () => {
  const read = readPageState({ ...state, menu: [{ ...item, role: 'quit' }], click: 1 });
  expect(read).toEqual(state);
});

test('work without a file and work under way would be lost; an open table is only in the way of another', () => {
  expect(wouldLose(SILENT_PAGE)).toBe(false);
  expect(wouldLose({ ...SILENT_PAGE, name: 'a.csv' })).toBe(false);
  expect(wouldLose({ ...SILENT_PAGE, edited: true })).toBe(true);
  expect(wouldLose({ ...SILENT_PAGE, running: 1 })).toBe(true);
  expect(holdsWork(SILENT_PAGE)).toBe(false);
  expect(holdsWork({ ...SILENT_PAGE, name: 'a.csv' })).toBe(true);
  expect(holdsWork({ ...SILENT_PAGE, running: 1 })).toBe(true);
});
