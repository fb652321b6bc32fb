import { isAbsolute } from 'node:path';
import { BrowserWindow, ipcMain, type IpcMainEvent, type IpcMainInvokeEvent, type WebContents } from 'electron';
import type { SaveFile } from '../core/bridge';
import type { Grant } from '../core/protocol';
import type { Result } from '../core/result';
import type { CoreHost } from './core-host';
import { askForTable, saveFiles } from './dialogs';
import { channels } from './bridge';
import { isOurPage } from './page-address';
import { isSaveRequest } from './save-request';

/** Answers what the preload may ask. Each request is checked for who sends it and what it carries. */
export function answerPages(core: CoreHost, onConnect: (page: WebContents) => void): void {
  ipcMain.on(channels.connect, (event) => {
    if (!isFromOurPage(event)) return;
    core.connect(event.sender);
    onConnect(event.sender);
  });

  answer(channels.chooseFile, async (window): Promise<Result<Grant | null>> => {
    const path = await askForTable(window);
    return { ok: true, value: path === null ? null : core.grant(path) };
  });

  answer(channels.grantPath, (_, path): Result<Grant> => {
    if (typeof path === 'string' && isAbsolute(path)) return { ok: true, value: core.grant(path) };
    return refuse('host/no-path', 'This is not a file on this computer; save it first, then open it from there.');
  });

  answer(channels.saveFiles, (window, files): Promise<Result<boolean>> | Result<boolean> => {
    if (isSaveRequest(files)) return saveFiles(window, files as readonly SaveFile[]);
    return refuse('host/bad-request', 'There is nothing here that can be saved.');
  });
}

/** One handler, for our own page in a window of ours alone. */
function answer(
  channel: string,
  handle: (window: BrowserWindow, argument: unknown) => Promise<Result<unknown>> | Result<unknown>,
): void {
  ipcMain.handle(channel, (event, argument: unknown) => {
    const window = BrowserWindow.fromWebContents(event.sender);
    if (!window || !isFromOurPage(event)) return refuse('host/refused', 'This page may not ask that.');
    return handle(window, argument);
  });
}

/** The sender is the top frame of a page of ours; a frame that is gone (null) is nobody. */
function isFromOurPage({ senderFrame, sender }: IpcMainEvent | IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame === sender.mainFrame && isOurPage(senderFrame.url);
}

const refuse = (code: string, message: string): Result<never> => ({ ok: false, error: { code, message } });
