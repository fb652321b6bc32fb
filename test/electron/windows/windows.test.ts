import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, vi } from 'vitest';
import type { AppWindow } from '../../../electron/windows/app-window';
import { SILENT_PAGE } from '../../../electron/windows/page-state';
import { createWindows } from '../../../electron/windows/windows';
import type { WindowPlace } from '../../../electron/windows/window-place';
import { test } from '../folder';

/** Electron, as far as windows ask it: one display, a theme, and windows that do what they are told. */
const electron = vi.hoisted(() => ({
  nativeTheme: { themeSource: 'system', shouldUseDarkColors: false, on: () => undefined },
  screen: {
    display: {
      id: 1,
      bounds: { x: 0, y: 0, width: 2000, height: 1200 },
      workArea: { x: 0, y: 0, width: 2000, height: 1200 },
    },
    getPrimaryDisplay: () => electron.screen.display,
    getAllDisplays: () => [electron.screen.display],
  },
}));
vi.mock('electron', () => electron);

class FakeBrowser extends EventEmitter {
  gone = false;
  focused = 0;
  readonly webContents = { send: vi.fn() };
  constructor(readonly place: WindowPlace) {
    super();
  }
  getNormalBounds = () => this.place;
  isMaximized = () => false;
  isFullScreen = () => false;
  isMinimized = () => false;
  isDestroyed = () => this.gone;
  show = () => undefined;
  setBackgroundColor = () => undefined;
  focus = () => void (this.focused++, this.emit('focus'));
  destroy = () => void ((this.gone = true), this.emit('closed'));
  /** As the user closes it. */
  close(): void {
    const event = { prevented: false, preventDefault: () => void (event.prevented = true) };
    this.emit('close', event);
    if (!event.prevented) this.destroy();
  }
}
vi.mock('../../../electron/windows/window', () => ({
  createWindow: (place: WindowPlace) => new FakeBrowser(place),
  background: () => '#000',
}));

afterEach(() => void (electron.nativeTheme.themeSource = 'system'));

function started(folder: string, mayClose = (_: AppWindow) => true) {
  const given: string[] = [];
  const onChange = vi.fn();
  const windows = createWindows({
    memoryFile: join(folder, 'windows.json'),
    grant: (path) => (given.push(path), { id: path, name: path, bytes: 0 }),
    mayClose,
    onOpen: () => undefined,
    onChange,
  });
  return { windows, given, onChange };
}

const browserOf = (window: AppWindow) => window.browser as unknown as FakeBrowser;
const shows = (window: AppWindow) => window.state()?.name ?? null;

test('a window that shows nothing takes a file from outside; one that shows something is left alone', ({ folder }) => {
  const { windows } = started(folder);
  const first = windows.open();
  windows.openFiles(['/a.csv']);
  expect(windows.all().map(shows)).toEqual(['a.csv']);
  windows.openFiles(['/b.csv']);
  expect(windows.all().map(shows)).toEqual(['a.csv', 'b.csv']);
  expect(shows(first)).toBe('a.csv');
});

test('of several files each has a window, and an empty one is used first', ({ folder }) => {
  const { windows } = started(folder);
  windows.open();
  windows.openFiles(['/a.csv', '/b.csv', '/c.csv']);
  expect(windows.all().map(shows)).toEqual(['a.csv', 'b.csv', 'c.csv']);
});

test('a second start without a file brings the window to the front, or opens one', ({ folder }) => {
  const { windows } = started(folder);
  windows.openFiles([]);
  expect(windows.all()).toHaveLength(1);
  windows.openFiles([]);
  expect(windows.all()).toHaveLength(1);
  expect(browserOf(windows.all()[0]).focused).toBe(1);
});

test('the current window is the one with the focus, and after it closed the one before', ({ folder }) => {
  const { windows, onChange } = started(folder);
  const [a, b] = [windows.open(), windows.open()];
  expect(windows.current()).toBe(b);
  a.focus();
  expect(windows.current()).toBe(a);
  onChange.mockClear();
  browserOf(a).close();
  expect(windows.current()).toBe(b);
  expect(onChange).toHaveBeenCalled();
  expect(windows.all()).toEqual([b]);
});

test('a further window lies beside the current one', ({ folder }) => {
  const { windows } = started(folder);
  const [a, b] = [windows.open(), windows.open()].map((window) => browserOf(window).place);
  expect([b.x - a.x, b.y - a.y]).toEqual([28, 28]);
  expect([b.width, b.height]).toEqual([a.width, a.height]);
});

test('the theme of the current page is that of title bars and dialogs, and of the next start', async ({ folder }) => {
  const { windows } = started(folder);
  const [a, b] = [windows.open(), windows.open()];
  b.told({ ...SILENT_PAGE, theme: 'dark' });
  expect(electron.nativeTheme.themeSource).toBe('dark');
  a.told({ ...SILENT_PAGE, theme: 'light' });
  expect(electron.nativeTheme.themeSource).toBe('dark');
  a.focus();
  expect(electron.nativeTheme.themeSource).toBe('light');
  await windows.settled();
  electron.nativeTheme.themeSource = 'system';
  started(folder);
  expect(electron.nativeTheme.themeSource).toBe('light');
});

test('the place of a closed window is where the next start begins', async ({ folder }) => {
  const { windows } = started(folder);
  const window = windows.open();
  Object.assign(browserOf(window).place, { x: 50, y: 60, width: 1100, height: 700 });
  browserOf(window).close();
  await windows.settled();
  expect(readFileSync(join(folder, 'windows.json'), 'utf8')).toContain('1100');
  expect(browserOf(started(folder).windows.open()).place).toMatchObject({ x: 50, y: 60, width: 1100, height: 700 });
});

test('a window that may not close stays; one whose page does not answer is closed without waiting for it', ({
  folder,
}) => {
  const allowed = { now: false };
  const { windows } = started(folder, () => allowed.now);
  const window = windows.open();
  browserOf(window).close();
  expect(windows.all()).toHaveLength(1);
  allowed.now = true;
  window.answers(false);
  const event = { preventDefault: vi.fn() };
  browserOf(window).emit('close', event);
  expect(event.preventDefault).toHaveBeenCalled();
  expect(windows.all()).toHaveLength(0);
});

test('a page is known by its window, and a stranger by none', ({ folder }) => {
  const { windows } = started(folder);
  const window = windows.open();
  expect(windows.of(window.browser.webContents)).toBe(window);
  expect(windows.of({} as typeof window.browser.webContents)).toBeNull();
});
