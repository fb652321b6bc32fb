import { EventEmitter } from 'node:events';
import { mkdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { electronEvent } from './electron-event';
import { singleInstance, type SecondStart } from './single-instance';
import { strict } from './strict';

export interface AppHome {
  readonly root: string;
  readonly manifest: { name: string; productName?: string; version: string };
  /** Switches of the command line, with their values. */
  readonly switches: Map<string, string>;
  readonly processes: () => { pid: number; type: string; name: string; serviceName: string }[];
  /** Closes every window; some may refuse. */
  readonly closeWindows: () => void;
  readonly windows: () => number;
  /** Ends the process. */
  readonly end: (status: number) => void;
}

/** Electron's app: the program's life. `life` is what the stand-in tells it. */
export function createApp(home: AppHome) {
  const events = new EventEmitter();
  const paths = new Map<string, string>();
  const recentDocuments: string[] = [];
  const ready = whenever();
  let name = home.manifest.productName ?? home.manifest.name;
  let isReady = false;
  let quitting = false;
  let sandboxed = false;
  let release = () => undefined as void;
  let about: object = {};

  const config = () => process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config');
  const defaults: Record<string, () => string> = {
    home: homedir,
    appData: config,
    userData: () => home.switches.get('user-data-dir') ?? join(config(), name),
    sessionData: () => app.getPath('userData'),
    logs: () => join(app.getPath('userData'), 'logs'),
    crashDumps: () => join(app.getPath('userData'), 'Crashpad'),
    temp: tmpdir,
    exe: () => process.argv[0],
    module: () => process.argv[0],
    desktop: () => join(homedir(), 'Desktop'),
    documents: () => join(homedir(), 'Documents'),
    downloads: () => join(homedir(), 'Downloads'),
    music: () => join(homedir(), 'Music'),
    pictures: () => join(homedir(), 'Pictures'),
    videos: () => join(homedir(), 'Videos'),
  };

  function exit(status = 0): void {
    events.emit('quit', electronEvent(), status);
    release();
    home.end(status);
  }

  /** When the last window has closed: goes on with quitting, or leaves it to the program. */
  function windowClosed(): void {
    if (home.windows() > 0) return;
    if (quitting) return willQuit();
    if (events.listenerCount('window-all-closed') === 0) return app.quit();
    events.emit('window-all-closed');
  }

  function willQuit(): void {
    const event = electronEvent();
    events.emit('will-quit', event);
    if (event.defaultPrevented) quitting = false;
    else exit(0);
  }

  const app = Object.assign(events, {
    isPackaged: false,
    dock: undefined,
    commandLine: strict('app.commandLine', {
      appendSwitch: (key: string, value = '') => void home.switches.set(key, value),
      appendArgument: () => undefined,
      hasSwitch: (key: string) => home.switches.has(key),
      getSwitchValue: (key: string) => home.switches.get(key) ?? '',
      removeSwitch: (key: string) => void home.switches.delete(key),
    }),
    whenReady: () => ready.promise,
    isReady: () => isReady,
    quit(): void {
      if (quitting) return;
      const event = electronEvent();
      events.emit('before-quit', event);
      if (event.defaultPrevented) return;
      quitting = true;
      if (home.windows() === 0) willQuit();
      else home.closeWindows();
    },
    exit,
    relaunch: () => undefined,
    focus: () => undefined,
    hide: () => undefined,
    show: () => undefined,
    getName: () => name,
    setName: (next: string) => void (name = next),
    getVersion: () => home.manifest.version,
    getAppPath: () => home.root,
    getLocale: () => 'en-US',
    getSystemLocale: () => 'en-US',
    getLocaleCountryCode: () => 'US',
    getPreferredSystemLanguages: () => ['en-US'],
    getPath(key: string): string {
      const path = paths.get(key) ?? defaults[key]?.();
      if (path === undefined) throw new Error(`Failed to get '${key}' path`);
      return path;
    },
    setPath: (key: string, path: string) => void paths.set(key, path),
    setAppLogsPath(path?: string): void {
      paths.set('logs', path ?? defaults.logs());
      mkdirSync(app.getPath('logs'), { recursive: true });
    },
    requestSingleInstanceLock(data: unknown = null): boolean {
      const own: SecondStart = { argv: process.argv, folder: process.cwd(), data };
      const lock = singleInstance(app.getPath('userData'), own, ({ argv, folder, data: sent }) =>
        events.emit('second-instance', electronEvent(), argv, folder, sent),
      );
      release = lock.release;
      return lock.first;
    },
    hasSingleInstanceLock: () => true,
    releaseSingleInstanceLock: () => release(),
    enableSandbox(): void {
      sandboxed = true;
      home.switches.set('enable-sandbox', '');
    },
    disableHardwareAcceleration: () => undefined,
    addRecentDocument: (path: string) => void recentDocuments.unshift(path),
    clearRecentDocuments: () => void recentDocuments.splice(0),
    getRecentDocuments: () => [...recentDocuments],
    setAboutPanelOptions: (options: object) => void (about = options),
    showAboutPanel: () => void events.emit('stand-in-about', about),
    setAppUserModelId: () => undefined,
    setDesktopName: () => undefined,
    setBadgeCount: () => true,
    isAccessibilitySupportEnabled: () => false,
    setAccessibilitySupportEnabled: () => undefined,
    setAsDefaultProtocolClient: () => false,
    getGPUFeatureStatus: () => ({ gpu_compositing: 'disabled_software' }),
    getGPUInfo: () => Promise.resolve({ gpuDevice: [] }),
    getAppMetrics: () =>
      [{ pid: process.pid, type: 'Browser', name: undefined, serviceName: undefined }, ...home.processes()].map(
        (entry) => ({
          ...entry,
          creationTime: 0,
          cpu: { percentCPUUsage: 0, idleWakeupsPerSecond: 0 },
          memory: { workingSetSize: 0, peakWorkingSetSize: 0 },
        }),
      ),
  });

  return {
    app: strict('app', app),
    life: {
      ready(): void {
        isReady = true;
        ready.resolve();
        app.emit('ready', electronEvent(), {});
      },
      windowClosed,
      /** A window refused to close: quitting is off. */
      stay: () => void (quitting = false),
      isQuitting: () => quitting,
      isSandboxed: () => sandboxed,
    },
  };
}

function whenever() {
  let resolve!: () => void;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}
