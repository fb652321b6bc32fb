/** Electron's main process: windows, a core and an introduction between them. It holds no logic of the application. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, crashReporter, powerMonitor, session } from 'electron';
import { z } from 'zod';
import { privateTempFolder } from '../core/temp-folder';
import { guardClosing, type Closing } from './windows/closing';
import { createCoreHost } from './core-process/core-host';
import { askBeforeClosing } from './files/dialogs';
import { openLog, type Log } from './log/log';
import { lockDownPages, lockDownSession } from './page/lockdown';
import { nativeMenu } from './windows/native-menu';
import { filesNamed } from './files/open-files';
import { registerPageScheme, servePage } from './page/page';
import { watchPage } from './windows/page-trouble';
import { createProjectFiles } from './files/project-files';
import { createRecentFiles } from './files/recent-files';
import { answerPages, type Program } from './requests';
import { settingsFolder } from './files/settings-folder';
import { shellDiagnostics } from './log/shell-diagnostics';
import type { AppWindow } from './windows/app-window';
import { createWindows, type Windows } from './windows/windows';

/** In the folder of what this user's program remembers. */
const kept = (name: string) => join(app.getPath('userData'), name);
const built = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** What a second start tells the first: Electron may reorder its command line on the way, so it says itself what it was asked for. */
const secondStart = z.object({ files: z.array(z.string()) });

function main(): void {
  // First: what Electron and its logs keep goes there.
  const usual = app.getPath('userData');
  const settings = settingsFolder(usual, () => privateTempFolder('host').path);
  if (settings !== usual) app.setPath('userData', settings);
  const named = filesNamed(ownArguments(process.argv), process.cwd());
  // A second start hands its files to the first and ends.
  if (!app.requestSingleInstanceLock({ files: named })) return leaveToTheOther();
  // What a crash leaves stays on this computer.
  crashReporter.start({ uploadToServer: false });
  app.enableSandbox();
  if (process.platform === 'win32') app.setAppUserModelId('org.moelab.app');
  registerPageScheme();
  lockDownPages();
  // macOS names the files it opens a program with in events of their own, the first before it is ready.
  const early = [...named];
  const opening: { files(paths: readonly string[]): void } = { files: (paths) => void early.push(...paths) };
  app.on('open-file', (event, path) => {
    event.preventDefault();
    opening.files([path]);
  });
  void app.whenReady().then(() => {
    opening.files = run(early);
  });
}

/** Whoever started us (npm start) must not take this for a start that failed. */
function leaveToTheOther(): void {
  if (process.connected) process.send?.('elsewhere', undefined, undefined, () => app.quit());
  else app.quit();
}

/** Everything from the first window on. Gives what opens files from outside. */
function run(files: readonly string[]): (paths: readonly string[]) => void {
  const log = startLog();
  lockDownSession(session.defaultSession);
  servePage(built('../renderer'));
  app.setAboutPanelOptions({ applicationName: app.getName(), applicationVersion: app.getVersion() });
  // Worker threads and native libraries are loaded from real files, which packaging keeps beside the archive.
  const core = createCoreHost(built('core.js').replace('app.asar', 'app.asar.unpacked'), log);
  const projects = createProjectFiles(randomUUID);
  const recent = createRecentFiles({
    file: kept('recent.json'),
    home: app.getPath('home'),
    newId: randomUUID,
    system: { add: (path) => app.addRecentDocument(path), clear: () => app.clearRecentDocuments() },
    onChange: () => void menu.showRecent(),
  });
  const grant = granting({ core, projects, recent });
  const windows = openWindows({ log, core, grant, closing: () => closing, onChange: () => menu.show() });
  const closing = guardClosing<AppWindow>({
    windows: windows.all,
    ask: (above, question) => askBeforeClosing(above.browser, question),
    quit: () => app.quit(),
  });
  const menu = nativeMenu(windows, recent);

  answerPages({
    ...{ log, core, windows, recent, projects, grant },
    diagnostics: () => shellDiagnostics(log, core.story()),
    onConnect(window) {
      window.connected();
      void menu.showRecent();
      // Whoever started us (npm start) waits for this word, and may be gone since.
      if (process.connected) process.send?.('ready');
    },
  });

  const [first, ...others] = files;
  windows.open(first === undefined ? [] : [first]);
  others.forEach((path) => windows.open([path]));

  hearOtherStarts(windows);
  endAsAsked({ log, core, windows, recent, closing });
  return windows.openFiles;
}

function startLog(): Log {
  const log = openLog(app.getPath('logs'), new URL('../', import.meta.url).href);
  process.on('uncaughtExceptionMonitor', (error) => log.error('the shell met an error of its own', error));
  app.on('child-process-gone', (_, { type, reason }) => log.warn('process gone', { type, reason }));
  log.info('started', { pid: process.pid });
  return log;
}

/** What the user chose may be read by the core; a project is known by its place from then on, and any file is a recent one. */
function granting({ core, projects, recent }: Pick<Program, 'core' | 'projects' | 'recent'>): Program['grant'] {
  return (path) => {
    const granted = core.grant(path);
    if (existsSync(path)) {
      void projects.opened(granted.id, path);
      recent.add(path);
    }
    return granted;
  };
}

interface WindowsOptions extends Pick<Program, 'core' | 'grant'> {
  readonly log: Log;
  /** Made after the windows, since it asks about them. */
  closing(): Closing<AppWindow>;
  onChange(): void;
}

function openWindows({ log, core, grant, closing, onChange }: WindowsOptions): Windows {
  return createWindows({
    memoryFile: kept('windows.json'),
    grant,
    mayClose: (window) => closing().mayClose(window),
    onOpen(window) {
      watchPage(window);
      log.info('window opened');
      window.browser.webContents.on('render-process-gone', (_, { reason }) => log.warn('page gone', { reason }));
      window.browser.on('unresponsive', () => log.warn('page does not answer'));
      // Windows ends a session window by window; nobody waits for an answer there.
      window.browser.on('query-session-end', () => closing().endSession());
      window.browser.on('session-end', () => void core.stop());
    },
    onChange,
  });
}

/** A second start, or a click on the icon while no window is open. */
function hearOtherStarts(windows: Windows): void {
  app.on('activate', () => windows.all().length === 0 && windows.open());
  app.on('second-instance', (_, argv, folder, told) => {
    const said = secondStart.safeParse(told);
    windows.openFiles(said.success ? said.data.files : filesNamed(ownArguments(argv), folder));
  });
}

interface Ending extends Pick<Program, 'core' | 'windows' | 'recent'> {
  readonly log: Log;
  readonly closing: Closing<AppWindow>;
}

/** Quitting asks once, and waits for the core and for what is being written. */
function endAsAsked({ log, core, windows, recent, closing }: Ending): void {
  let quitting = false;
  app.on('before-quit', (event) => {
    quitting = closing.mayQuit();
    if (!quitting) event.preventDefault();
  });
  // A window whose page hangs is closed by force, which calls off the quitting it was part of.
  app.on('window-all-closed', () => (quitting || process.platform !== 'darwin') && app.quit());
  // The core removes its temporary folder when it is asked to end, and what is to be remembered is on its way to the disk.
  app.on('will-quit', (event) => {
    event.preventDefault();
    void Promise.allSettled([core.stop(), windows.settled(), recent.settled()]).then(() => {
      log.info('stopped');
      app.exit();
    });
  });
  endWithTheSession(() => closing.endSession());
}

/** The system shuts down, or the terminal or npm start ends us: neither waits for a question to be answered. */
function endWithTheSession(endSession: () => void): void {
  powerMonitor.on('shutdown', endSession);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      endSession();
      app.quit();
    });
  }
}

/** What a command line says to us: after the program and, from the source, the folder it runs. */
function ownArguments([, ...argv]: readonly string[]): string[] {
  const folder = app.isPackaged ? -1 : argv.findIndex((argument) => !argument.startsWith('-'));
  return argv.filter((_, i) => i !== folder);
}

main();
