/** The parts of a desktop that there are none of here: what is asked of them is kept for the test. */
import { EventEmitter } from 'node:events';
import { strict } from './strict';
import type { Rectangle } from './window';

/** What the program did outside its pages, oldest first. */
export interface Deed {
  readonly what: string;
  readonly about: unknown;
}

export function createDesktop(deeds: Deed[]) {
  const note = (what: string, about: unknown) => void deeds.push({ what, about });
  const unanswered = (what: string) => (windowOrOptions: unknown, options?: unknown) => {
    note(what, options ?? windowOrOptions);
    return Promise.reject(new Error(`the stand-in was asked for ${what} and the test has no answer to it`));
  };
  const copied = { text: '' };
  const area: Rectangle = { x: 0, y: 0, width: 1920, height: 1080 };
  const display = {
    id: 1,
    bounds: area,
    workArea: area,
    size: area,
    workAreaSize: area,
    scaleFactor: 1,
    rotation: 0,
    internal: true,
  };

  return {
    workArea: area,
    dialog: strict('dialog', {
      showOpenDialog: unanswered('dialog.showOpenDialog'),
      showSaveDialog: unanswered('dialog.showSaveDialog'),
      showMessageBox: unanswered('dialog.showMessageBox'),
      showErrorBox: (title: string, content: string) => note('dialog.showErrorBox', { title, content }),
    }),
    shell: strict('shell', {
      openExternal: (url: string) => Promise.resolve(note('shell.openExternal', url)),
      openPath: (path: string) => Promise.resolve((note('shell.openPath', path), '')),
      showItemInFolder: (path: string) => note('shell.showItemInFolder', path),
      beep: () => note('shell.beep', null),
    }),
    clipboard: strict('clipboard', {
      readText: () => copied.text,
      writeText: (text: string) => void (copied.text = text),
      clear: () => void (copied.text = ''),
    }),
    screen: strict(
      'screen',
      Object.assign(new EventEmitter(), {
        getAllDisplays: () => [display],
        getPrimaryDisplay: () => display,
        getDisplayMatching: () => display,
        getDisplayNearestPoint: () => display,
        getCursorScreenPoint: () => ({ x: 0, y: 0 }),
      }),
    ),
    powerMonitor: strict('powerMonitor', Object.assign(new EventEmitter(), { getSystemIdleTime: () => 0 })),
    crashReporter: strict('crashReporter', {
      start: (options: unknown) => note('crashReporter.start', options),
      getUploadToServer: () => false,
      getUploadedReports: () => [],
      getLastCrashReport: () => null,
      addExtraParameter: () => undefined,
      removeExtraParameter: () => undefined,
      getParameters: () => ({}),
    }),
    nativeImage: strict('nativeImage', { createFromPath: (path: string) => ({ path }), createEmpty: () => ({}) }),
  };
}

type Theme = 'system' | 'light' | 'dark';

/** Electron's nativeTheme over what pages are told; the system's own is light. */
export function createTheme(onChange: () => void) {
  const state = { source: 'system' as Theme, system: 'light' as 'light' | 'dark' };
  const theme = Object.assign(new EventEmitter(), { shouldUseHighContrastColors: false, inForcedColorsMode: false });
  const isDark = () => (state.source === 'system' ? state.system : state.source) === 'dark';
  const changed = (before: boolean) => {
    onChange();
    if (before !== isDark()) setImmediate(() => theme.emit('updated'));
  };
  Object.defineProperties(theme, {
    themeSource: {
      get: () => state.source,
      set(source: Theme) {
        const before = isDark();
        state.source = source;
        changed(before);
      },
    },
    shouldUseDarkColors: { get: isDark },
  });
  return {
    nativeTheme: strict('nativeTheme', theme),
    /** What pages prefer; null while nobody has said anything. */
    shown: () =>
      state.source === 'system' && state.system === 'light' ? null : isDark() ? ('dark' as const) : ('light' as const),
    /** The system turns dark or light. */
    setSystem(system: 'light' | 'dark'): void {
      const before = isDark();
      state.system = system;
      changed(before);
    },
  };
}
