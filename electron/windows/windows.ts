/** The windows of the program: which one the user is in, where each is on the screen, and which takes a file from outside. */
import { nativeTheme, screen, type BrowserWindow, type WebContents } from 'electron';
import { z } from 'zod';
import type { ThemeChoice } from '../../core/bridge';
import type { Grant } from '../../core/protocol';
import { appWindow, type AppWindow } from './app-window';
import { jsonFile } from '../files/json-file';
import { holdsWork } from './page-state';
import { background, createWindow } from './window';
import {
  firstPlace,
  nextPlace,
  rememberPlace,
  windowPlaces,
  type WindowPlace,
  type WindowPlaces,
} from './window-place';

export interface Windows {
  all(): readonly AppWindow[];
  /** The window the user is in, or was in last. */
  current(): AppWindow | null;
  of(page: WebContents): AppWindow | null;
  open(files?: readonly string[]): AppWindow;
  /** Files from outside: the first goes to a window that shows nothing yet, each other to a window of its own. */
  openFiles(paths: readonly string[]): void;
  /** What is remembered is on the disk. */
  settled(): Promise<void>;
}

export interface WindowsOptions {
  /** Where places and theme are kept from one start to the next. */
  readonly memoryFile: string;
  grant(path: string): Grant;
  /** Whether the window may close now. */
  mayClose(window: AppWindow): boolean;
  /** A window is new: whoever watches windows begins here. */
  onOpen(window: AppWindow): void;
  /** The page of the current window says something else, or another window is the current one. */
  onChange(): void;
}

interface Memory {
  readonly theme: ThemeChoice;
  readonly places: WindowPlaces;
}

const memorySchema: z.ZodType<Memory> = z.object({ theme: z.enum(['system', 'light', 'dark']), places: windowPlaces });

export function createWindows({ memoryFile, grant, mayClose, onOpen, onChange }: WindowsOptions): Windows {
  const file = jsonFile(memoryFile, memorySchema, { theme: 'system', places: [] });
  let memory = file.read();
  let windows: readonly AppWindow[] = [];
  // Focus goes through the windows; the last in it is where the user is.
  let byFocus: readonly AppWindow[] = [];

  nativeTheme.themeSource = memory.theme;
  nativeTheme.on('updated', () => windows.forEach(({ browser }) => browser.setBackgroundColor(background())));

  const current = (): AppWindow | null => byFocus[byFocus.length - 1] ?? null;

  function remember(change: Partial<Memory>): void {
    memory = { ...memory, ...change };
    file.write(memory);
  }

  /** What the program as a whole shows of the current window. */
  function show(): void {
    const theme = current()?.state()?.theme;
    if (theme && theme !== memory.theme) remember({ theme });
    if (theme && theme !== nativeTheme.themeSource) nativeTheme.themeSource = theme;
    onChange();
  }

  function open(files: readonly string[] = []): AppWindow {
    const beside = current();
    const displays = displaysNow();
    const place = beside ? nextPlace(beside.browser.getNormalBounds(), displays) : firstPlace(memory.places, displays);
    const window = appWindow(createWindow(place), grant, (changed) => changed === current() && show());
    windows = [...windows, window];
    byFocus = [...byFocus, window];
    files.forEach((path) => window.give(path));

    window.browser.on('focus', () => {
      byFocus = [...byFocus.filter((other) => other !== window), window];
      show();
    });
    window.browser.on('close', (event) => {
      remember({ places: rememberPlace(memory.places, displaysNow(), placeOf(window.browser)) });
      const may = mayClose(window);
      if (may && window.answering()) return;
      event.preventDefault();
      // The system waits for a page before it closes its window, and this one does not answer.
      if (may) window.close();
    });
    window.browser.on('closed', () => {
      windows = windows.filter((other) => other !== window);
      byFocus = byFocus.filter((other) => other !== window);
      show();
    });
    onOpen(window);
    show();
    return window;
  }

  return {
    all: () => windows,
    current,
    of: (page) => windows.find(({ browser }) => !browser.isDestroyed() && browser.webContents === page) ?? null,
    open,
    openFiles(paths) {
      const here = current();
      const [first, ...others] = paths;
      const state = here?.state();
      if (here && (first === undefined || (state && !holdsWork(state)))) {
        if (first !== undefined) here.give(first);
        here.focus();
      } else open(first === undefined ? [] : [first]);
      others.forEach((path) => open([path]));
    },
    settled: file.settled,
  };
}

/** The main display first. */
function displaysNow() {
  const main = screen.getPrimaryDisplay();
  return [main, ...screen.getAllDisplays().filter(({ id }) => id !== main.id)];
}

function placeOf(browser: BrowserWindow): WindowPlace {
  const { x, y, width, height } = browser.getNormalBounds();
  return { x, y, width, height, maximized: browser.isMaximized(), fullScreen: browser.isFullScreen() };
}
