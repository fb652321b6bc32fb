/** Electron's main process: a window, a core and an introduction between them. It holds no logic of the application. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, Menu, session, type WebContents } from 'electron';
import { channels } from './bridge';
import { createCoreHost, type CoreHost } from './core-host';
import { askForTable } from './dialogs';
import { lockDownPages, lockDownSession } from './lockdown';
import { createMenu } from './menu';
import { registerPageScheme, servePage } from './page';
import { answerPages } from './requests';
import { createWindow } from './window';

const built = (path: string) => fileURLToPath(new URL(path, import.meta.url));

function main(): void {
  // A second start hands its file to the first and ends.
  if (!app.requestSingleInstanceLock()) return app.quit();
  app.enableSandbox();
  registerPageScheme();
  lockDownPages();
  const named = fileAmong(process.argv, process.cwd());
  const opening = named ? [named] : [];
  // macOS says so before the program is ready when a file is opened with it.
  app.on('open-file', (event, path) => {
    event.preventDefault();
    if (!app.isReady()) opening.push(path);
  });
  void app.whenReady().then(() => run(opening));
}

function run(opening: readonly string[]): void {
  lockDownSession(session.defaultSession);
  servePage(built('../renderer'));
  // Worker threads and native libraries are loaded from real files, which packaging keeps beside the archive.
  const core = createCoreHost(built('core.js').replace('app.asar', 'app.asar.unpacked'));
  const open = (page: WebContents, path: string) => page.send(channels.open, core.grant(path));
  // A page hears of its files when it has asked for the core: before, nobody in it listens.
  const waiting = new Map<WebContents, readonly string[]>();
  answerPages(core, (page) => {
    waiting.get(page)?.forEach((path) => open(page, path));
    waiting.delete(page);
    // Whoever started us (npm start) waits for this word.
    process.send?.('ready');
  });
  const show = (paths: readonly string[] = []) => waiting.set(createWindow().webContents, paths);
  const openTable = async (window: BrowserWindow) => {
    const path = await askForTable(window);
    if (path) open(window.webContents, path);
  };
  Menu.setApplicationMenu(createMenu({ openTable: (window) => void openTable(window) }));

  const openInFirstWindow = (path: string | null) => {
    const [window] = BrowserWindow.getAllWindows();
    if (!window) return void show(path ? [path] : []);
    if (window.isMinimized()) window.restore();
    window.focus();
    if (path) open(window.webContents, path);
  };

  show(opening);
  app.on('activate', () => BrowserWindow.getAllWindows().length === 0 && show());
  app.on('open-file', (_, path) => openInFirstWindow(path));
  app.on('second-instance', (_, argv, folder) => openInFirstWindow(fileAmong(argv, folder)));
  app.on('window-all-closed', () => process.platform !== 'darwin' && app.quit());
  stopCoreBeforeQuitting(core);
}

/** The core removes its temporary folder when it is asked to end; quitting waits for that, a second at most. */
function stopCoreBeforeQuitting(core: CoreHost): void {
  let stopped = false;
  app.on('before-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    void core.stop().then(() => {
      stopped = true;
      app.quit();
    });
  });
}

/** The table named on the command line: the last argument that is a file, Electron and our own folder aside. */
function fileAmong(argv: readonly string[], folder: string): string | null {
  const isFile = (path: string) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  const named = argv.slice(app.isPackaged ? 1 : 2).filter((argument) => !argument.startsWith('-'));
  return named.map((argument) => resolve(folder, argument)).findLast(isFile) ?? null;
}

main();
