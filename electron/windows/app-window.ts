import { basename } from 'node:path';
import type { BrowserWindow } from 'electron';
import type { RecentFile, WindowState } from '../../core/bridge';
import type { Grant } from '../../core/protocol';
import { channels } from '../bridge';
import { SAVE_COMMAND, type ClosableWindow } from './closing';
import { followSave, type PageSave } from './page-save';
import { SILENT_PAGE } from './page-state';

export interface AppWindow extends ClosableWindow {
  readonly browser: BrowserWindow;
  /** The act of this page's that its menu or a question asked for. */
  command(id: string): void;
  /** Opens a file in its page, as soon as somebody in it listens. */
  give(path: string): void;
  /** The page has asked for the core: from now on it hears what is sent to it. */
  connected(): void;
  told(state: WindowState): void;
  showRecent(files: readonly RecentFile[]): void;
  /** The page's process is gone: nothing is left to lose, and nobody listens until it has been loaded again. */
  died(): void;
  /** Whether the page answers the system. */
  answers(yes: boolean): void;
  answering(): boolean;
  /** Runs one save of this page's project, so that a question that waits for it learns how it ends. */
  saves<T>(save: () => Promise<T>, written: (outcome: T) => boolean): Promise<T>;
  /** What its page opened or saved last; macOS shows it in the title bar while the page names it. */
  represents(path: string): void;
}

/** One window and its page. Once it is closed it does nothing any more. */
export function appWindow(
  browser: BrowserWindow,
  grant: (path: string) => Grant,
  onChange: (window: AppWindow) => void,
): AppWindow {
  const page = browser.webContents;
  let state: WindowState | null = SILENT_PAGE;
  let listening = false;
  let answering = true;
  let waiting: readonly string[] = [];
  let saving: PageSave | null = null;
  let file: string | null = null;
  // A file on its way into the page, which says so itself only when it has read it: until then a further file belongs elsewhere.
  let coming: string | null = null;

  const send = (channel: string, message: unknown) => void (browser.isDestroyed() || page.send(channel, message));

  function show(): void {
    if (browser.isDestroyed() || process.platform !== 'darwin') return;
    browser.setDocumentEdited(state?.edited ?? false);
    browser.setRepresentedFilename(file !== null && basename(file) === state?.name ? file : '');
  }

  browser.on('closed', () => {
    state = null;
    saving?.gone();
  });

  const window: AppWindow = {
    browser,
    state: () => state,
    command: (id) => send(channels.command, id),
    give(path) {
      if (listening) send(channels.open, grant(path));
      else waiting = [...waiting, path];
      file = path;
      coming = basename(path);
      if (state) state = { ...state, name: coming };
    },
    connected() {
      listening = true;
      state ??= SILENT_PAGE;
      const files = waiting;
      waiting = [];
      files.forEach((path) => send(channels.open, grant(path)));
    },
    told(next) {
      if (next.name !== null) coming = null;
      state = { ...next, name: next.name ?? coming };
      show();
      saving?.told(next);
      onChange(window);
    },
    showRecent: (files) => void (listening && send(channels.recent, files)),
    died() {
      state = null;
      coming = null;
      listening = false;
      saving?.gone();
      onChange(window);
    },
    answers: (yes) => void (answering = yes),
    answering: () => answering,
    async saves(save, written) {
      saving?.begun();
      const outcome = { written: false };
      try {
        const result = await save();
        outcome.written = written(result);
        return result;
      } finally {
        saving?.answered(outcome.written);
      }
    },
    represents(path) {
      file = path;
      show();
    },
    async save() {
      saving = followSave(() => send(channels.command, SAVE_COMMAND));
      const saved = await saving.done;
      saving = null;
      return saved;
    },
    focus() {
      if (browser.isDestroyed()) return;
      if (browser.isMinimized()) browser.restore();
      browser.show();
      browser.focus();
    },
    close: () => void (browser.isDestroyed() || browser.destroy()),
  };
  return window;
}
