import { fileURLToPath } from 'node:url';
import { createApp } from './app';
import { WebContents, type WebPreferences } from './contents';
import { createDesktop, createTheme, type Deed } from './desktop';
import { electronEvent } from './electron-event';
import { createEngine, type NewPage } from './engine';
import { createIpcMain } from './ipc';
import { createMenus } from './menu';
import { MessageChannelMain, MessagePortMain } from './ports';
import type { SchemeHandler } from './scheme-server';
import { absent, strict } from './strict';
import { createUtilityProcess } from './utility';
import { createWebSession } from './web-session';
import { WindowModel, type WindowHome, type WindowOptions } from './window';

export interface Start {
  readonly root: string;
  readonly manifest: { name: string; productName?: string; version: string };
  readonly switches: Map<string, string>;
}

/** Modules of Electron's main process; those that are not here are errors when they are touched. */
export const MODULES = [
  'app autoUpdater BaseWindow BrowserView BrowserWindow clipboard contentTracing crashReporter desktopCapturer dialog',
  'globalShortcut ImageView inAppPurchase ipcMain Menu MenuItem MessageChannelMain MessagePortMain nativeImage nativeTheme net',
  'netLog Notification powerMonitor powerSaveBlocker protocol pushNotifications safeStorage screen ServiceWorkerMain session',
  'ShareMenu sharedTexture shell systemPreferences TouchBar Tray utilityProcess View WebContentsView webContents webFrameMain',
].flatMap((line) => line.split(' '));

/** Everything together: the module that the program imports, and what the stand-in itself needs of it. */
export function createElectron({ root, manifest, switches }: Start) {
  const deeds: Deed[] = [];
  const engine = createEngine();
  const contents: WebContents[] = [];
  const windows: Window[] = [];
  const counters = { contents: 1, windows: 1 };

  const { app, life } = createApp({
    root,
    manifest,
    switches,
    processes: () =>
      [...utility.running].flatMap(({ pid, name }) =>
        pid === undefined ? [] : [{ pid, type: 'Utility', name, serviceName: 'node.mojom.NodeService' }],
      ),
    windows: () => windows.length,
    closeWindows() {
      for (const window of [...windows]) {
        window.once('stand-in-kept', life.stay);
        window.close();
      }
    },
    end(status) {
      utility.running.forEach((child) => child.kill());
      void engine.stop().finally(() => process.exit(status));
    },
  });
  const desktop = createDesktop(deeds);
  const theme = createTheme(() => contents.forEach((page) => void page.showTheme().catch(() => undefined)));
  const utility = createUtilityProcess(fileURLToPath(new URL('utility-shim.js', import.meta.url)), (details) =>
    app.emit('child-process-gone', electronEvent(), details),
  );
  const { ipcMain, message } = createIpcMain();
  const web = createWebSession(engine);

  function openContents(preferences: WebPreferences, page: Promise<NewPage>): WebContents {
    const sandbox = life.isSandboxed() ? { sandbox: true } : {};
    const rules = { allows: web.allows, message, theme: theme.shown, session: web.session };
    const made = new WebContents(counters.contents++, engine, rules, { ...preferences, ...sandbox }, page);
    contents.push(made);
    made.once('destroyed', () => contents.splice(contents.indexOf(made), 1));
    made.on('render-process-gone', (event: object, details: object) =>
      app.emit('render-process-gone', event, made, details),
    );
    app.emit('web-contents-created', electronEvent(), made);
    return made;
  }

  const home: WindowHome = {
    engine,
    windows: windows as unknown as WindowHome['windows'],
    workArea: desktop.workArea,
    createContents: (preferences) => openContents(preferences, engine.createPage()),
    tell(event, ...args) {
      if (event === 'stand-in-window-closed') life.windowClosed();
      else app.emit(event, ...args);
    },
  };

  class Window extends WindowModel {
    static getAllWindows = () => [...windows];
    static getFocusedWindow = () => windows.find((window) => window.isFocused()) ?? null;
    static fromWebContents = (page: WebContents) => windows.find(({ webContents }) => webContents === page) ?? null;
    static fromId = (id: number) => windows.find((window) => window.id === id) ?? null;

    constructor(options: WindowOptions = {}, page?: Promise<NewPage>) {
      if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
      const { webPreferences = {} } = options;
      super(
        home,
        counters.windows++,
        options,
        page ? openContents(webPreferences, page) : home.createContents(webPreferences),
      );
      const self = strict('BrowserWindow', this);
      windows.push(self);
      self.begin();
      app.emit('browser-window-created', electronEvent(), self);
      return self;
    }
  }

  /** A page wants to open another: the program says whether it may, and until then nothing is loaded. */
  engine.events.on('popup', (page: NewPage) => {
    const opener = contents.find(({ opening }) => opening.length > 0);
    const details = opener?.opening.shift();
    // Opened from outside (a test's own page): not the program's business.
    if (!opener || !details) return void page.session.send('Runtime.runIfWaitingForDebugger').catch(() => undefined);
    const { windowOpenHandler } = opener;
    const { action, overrideBrowserWindowOptions } = windowOpenHandler?.(details) ?? { action: 'allow' as const };
    if (action === 'allow') return void new Window({ ...overrideBrowserWindowOptions }, Promise.resolve(page));
    void discard(page).catch(() => undefined);
  });
  engine.events.on('gone', (targetId: string) => contents.find((page) => page.targetId === targetId)?.noteGone());

  /** Ends a page before it has asked for anything. It must run for that: its opener waits for it. */
  async function discard({ session, targetId }: NewPage): Promise<void> {
    session.on('Fetch.requestPaused', ({ requestId }) => {
      void session.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' }).catch(() => undefined);
    });
    const browser = await engine.browser();
    await Promise.all([
      session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
      session.send('Runtime.runIfWaitingForDebugger'),
      browser.send('Target.closeTarget', { targetId }),
    ]);
  }

  const protocol = strict('protocol', {
    registerSchemesAsPrivileged(schemes: { scheme: string; privileges?: object }[]) {
      if (app.isReady()) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
      deeds.push({ what: 'protocol.registerSchemesAsPrivileged', about: schemes });
    },
    handle: (scheme: string, handler: SchemeHandler) => void engine.schemes.set(scheme, handler),
    unhandle: (scheme: string) => void engine.schemes.delete(scheme),
    isProtocolHandled: (scheme: string) => engine.schemes.has(scheme),
  });
  Object.assign(web.session, { protocol });

  const net = strict('net', {
    isOnline: () => false,
    /** The program's own schemes; there is no network here. */
    fetch(input: string | Request, init?: RequestInit): Promise<Response> {
      const request = new Request(input, init);
      const handler = engine.schemes.get(new URL(request.url).protocol.slice(0, -1));
      return handler ? Promise.resolve(handler(request)) : Promise.reject(new Error('net::ERR_FAILED'));
    },
  });

  const present: Record<string, unknown> = {
    app,
    BrowserWindow: strict('BrowserWindow', Window),
    clipboard: desktop.clipboard,
    crashReporter: desktop.crashReporter,
    dialog: desktop.dialog,
    ipcMain,
    ...menusOf(),
    MessageChannelMain,
    MessagePortMain,
    nativeImage: desktop.nativeImage,
    nativeTheme: theme.nativeTheme,
    net,
    powerMonitor: desktop.powerMonitor,
    protocol,
    screen: desktop.screen,
    session: strict('session', { defaultSession: web.session, fromPartition: () => web.session }),
    shell: desktop.shell,
    utilityProcess: strict('utilityProcess', { fork: utility.fork }),
    webContents: strict('webContents', {
      getAllWebContents: () => [...contents],
      getFocusedWebContents: () => Window.getFocusedWindow()?.webContents ?? null,
      fromId: (id: number) => contents.find((page) => page.id === id),
      fromDevToolsTargetId: (id: string) => contents.find(({ targetId }) => targetId === id),
    }),
  };

  function menusOf() {
    const { Menu, MenuItem } = createMenus({
      quit: () => app.quit(),
      showAboutPanel: () => app.showAboutPanel(),
      focused: () => Window.getFocusedWindow() as never,
    });
    return { Menu: strict('Menu', Menu), MenuItem };
  }

  const modules = Object.fromEntries(MODULES.map((name) => [name, present[name] ?? absent(name)]));
  return { modules, app, life, engine, deeds, theme, handlers: web.handlers };
}
