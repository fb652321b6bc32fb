import { isAbsolute } from 'node:path';
import { ipcMain, type IpcMainEvent, type IpcMainInvokeEvent } from 'electron';
import type { SavedProject } from '../core/bridge';
import type { Grant } from '../core/protocol';
import type { Result } from '../core/result';
import type { AppWindow } from './windows/app-window';
import { channels } from './bridge';
import type { CoreHost } from './core-process/core-host';
import type { Log } from './log/log';
import { askForFile, saveDialogs, saveFiles } from './files/dialogs';
import { isOurPage } from './page/page-address';
import { readPageState } from './windows/page-state';
import type { ProjectFiles } from './files/project-files';
import type { RecentFiles } from './files/recent-files';
import { isSaveFile, isSaveRequest } from './files/save-request';
import type { Windows } from './windows/windows';

/** What the answers are made with. */
export interface Program {
  readonly log: Pick<Log, 'warn'>;
  diagnostics(): string;
  readonly core: CoreHost;
  readonly windows: Windows;
  readonly recent: RecentFiles;
  readonly projects: ProjectFiles;
  /** Lets the core read a file the user chose, and remembers it. */
  grant(path: string): Grant;
  /** A page has asked for the core and hears us from now on. */
  onConnect(window: AppWindow): void;
}

/** Answers what the preload may ask. Each request is checked for who sends it and what it carries. */
export function answerPages({ log, diagnostics, core, windows, recent, projects, grant, onConnect }: Program): void {
  /** A file the user chose for this window. */
  function open(window: AppWindow, path: string): Result<Grant> {
    window.represents(path);
    return { ok: true, value: grant(path) };
  }

  hear(channels.connect, (window) => {
    core.connect(window.browser.webContents);
    onConnect(window);
  });

  answer(channels.chooseFile, async (window): Promise<Result<Grant | null>> => {
    const path = await askForFile(window.browser);
    return path === null ? { ok: true, value: null } : open(window, path);
  });

  answer(channels.grantPath, (window, path): Result<Grant> => {
    if (typeof path === 'string' && isAbsolute(path)) return open(window, path);
    return refuse('host/no-path', 'This is not a file on this computer; save it first, then open it from there.');
  });

  answer(channels.saveFiles, (window, files): Promise<Result<boolean>> | Result<boolean> => {
    if (isSaveRequest(files)) return saveFiles(window.browser, files);
    return refuse('host/bad-request', 'There is nothing here that can be saved.');
  });

  answer(channels.saveProject, async (window, file, place): Promise<Result<SavedProject | null>> => {
    if (!isSaveFile(file) || !(place === null || typeof place === 'string'))
      return refuse('host/bad-request', 'There is no project here that can be saved.');
    const saved = await window.saves(
      () => projects.save(file, place, saveDialogs(window.browser)),
      (result) => result.ok && result.value !== null,
    );
    const path = saved.ok && saved.value ? projects.pathOf(saved.value.place) : null;
    if (path !== null) {
      window.represents(path);
      recent.add(path);
    }
    return saved;
  });

  answer(channels.openRecent, async (window, id): Promise<Result<Grant>> => {
    const found = await recent.find(typeof id === 'string' ? id : '');
    return found.ok ? open(window, found.value) : found;
  });

  hear(channels.forgetRecent, (_, id) => {
    if (id === null || typeof id === 'string') recent.forget(id);
  });

  hear(channels.showState, (window, given) => {
    const state = readPageState(given);
    if (state) window.told(state);
  });

  hear(channels.newWindow, () => void windows.open());

  hear(channels.revive, () => core.revive());

  answer(channels.diagnostics, (): Result<string> => ({ ok: true, value: diagnostics() }));

  /** One handler, for our own page in a window of ours alone. */
  function answer(
    channel: string,
    handle: (window: AppWindow, ...given: readonly unknown[]) => Promise<Result<unknown>> | Result<unknown>,
  ): void {
    ipcMain.handle(channel, (event, ...given: readonly unknown[]) => {
      const window = senderOf(event);
      return window ? handle(window, ...given) : refuse('host/refused', 'This page may not ask that.');
    });
  }

  /** The same for what needs no answer. */
  function hear(channel: string, handle: (window: AppWindow, given: unknown) => void): void {
    ipcMain.on(channel, (event, given: unknown) => {
      const window = senderOf(event);
      if (window) handle(window, given);
    });
  }

  /** The window that asks, if it is the top frame of a page of ours; a frame that is gone (null) is nobody. */
  function senderOf({ senderFrame, sender }: IpcMainEvent | IpcMainInvokeEvent): AppWindow | null {
    const isOurs = senderFrame !== null && senderFrame === sender.mainFrame && isOurPage(senderFrame.url);
    if (isOurs) return windows.of(sender);
    log.warn('refused a message that is not of our page');
    return null;
  }
}

const refuse = (code: string, message: string): Result<never> => ({ ok: false, error: { code, message } });
