import { EventEmitter } from 'node:events';
import type { Engine } from './engine';
import { strict } from './strict';

type RequestHandler = (
  contents: unknown,
  permission: string,
  answer: (granted: boolean) => void,
  details: object,
) => void;
type CheckHandler = (contents: unknown, permission: string, origin: string, details: object) => boolean;
type Details = { url: string; method: string; resourceType: string; webContentsId: number };
type BeforeRequest = (details: Details, answer: (response: { cancel?: boolean }) => void) => void;

/** Electron's names of permissions, and Chromium's for those that can be set from outside. */
const PERMISSIONS = {
  geolocation: 'geolocation',
  notifications: 'notifications',
  midi: 'midi',
  midiSysex: 'midi',
  'clipboard-read': 'clipboard-read',
  'clipboard-sanitized-write': 'clipboard-write',
  'idle-detection': 'idle-detection',
  'storage-access': 'storage-access',
  'window-management': 'window-management',
} as const;

/** Electron's session: what it is asked is kept, and obeyed as far as Chromium lets it. */
export function createWebSession(engine: Engine) {
  let check: CheckHandler | null = null;
  let request: RequestHandler | null = null;
  let before: { filter: { urls: string[] }; handler: BeforeRequest } | null = null;

  /** Chromium is told the answers beforehand: it cannot ask. */
  async function setPermissions(): Promise<void> {
    const browser = await engine.browser();
    const granted = async (permission: string) => {
      const details = { isMainFrame: true, requestingUrl: 'app://bundle/' };
      const asked = new Promise<boolean>((resolve) =>
        request ? request(null, permission, resolve, details) : resolve(true),
      );
      return (check?.(null, permission, 'app://bundle', details) ?? true) && (await asked);
    };
    for (const [electron, chromium] of Object.entries(PERMISSIONS)) {
      const setting = (await granted(electron)) ? 'granted' : 'denied';
      await browser.send('Browser.setPermission', { permission: { name: chromium }, setting }).catch(() => undefined);
    }
  }

  const session = strict('session', {
    setPermissionRequestHandler(handler: RequestHandler | null) {
      request = handler;
      void setPermissions();
    },
    setPermissionCheckHandler(handler: CheckHandler | null) {
      check = handler;
      void setPermissions();
    },
    // Chromium without a window has no devices and no screens to share: these are kept for tests to ask.
    setDevicePermissionHandler: (handler: unknown) => void (handlers.device = handler),
    setDisplayMediaRequestHandler: (handler: unknown) => void (handlers.displayMedia = handler),
    setUSBProtectedClassesHandler: (handler: unknown) => void (handlers.usbClasses = handler),
    setBluetoothPairingHandler: (handler: unknown) => void (handlers.bluetooth = handler),
    setSpellCheckerEnabled: () => undefined,
    setSpellCheckerLanguages: () => undefined,
    isPersistent: () => true,
    getUserAgent: () => 'the stand-in for Electron',
    clearCache: () => Promise.resolve(),
    clearStorageData: () => Promise.resolve(),
    protocol: null as unknown,
    webRequest: strict('session.webRequest', {
      onBeforeRequest(filter: { urls: string[] } | BeforeRequest, handler?: BeforeRequest | null) {
        if (typeof filter === 'function') before = { filter: { urls: ['<all_urls>'] }, handler: filter };
        else before = handler ? { filter, handler } : null;
      },
    }),
    on: (event: string, listener: () => void) => void events.on(event, listener),
    once: (event: string, listener: () => void) => void events.once(event, listener),
    emit: (event: string, ...args: unknown[]) => events.emit(event, ...args),
  });
  const events = new EventEmitter();
  const handlers = { device: null, displayMedia: null, usbClasses: null, bluetooth: null } as Record<string, unknown>;

  return {
    session,
    /** For tests: the handlers that the program has set. */
    handlers: {
      get permissionCheck() {
        return check;
      },
      get permissionRequest() {
        return request;
      },
      get beforeRequest() {
        return before;
      },
      get device() {
        return handlers.device;
      },
      get displayMedia() {
        return handlers.displayMedia;
      },
    },
    async allows(details: Details): Promise<boolean> {
      if (!before || !before.filter.urls.some((pattern) => matches(pattern, details.url))) return true;
      const { handler } = before;
      const { cancel = false } = await new Promise<{ cancel?: boolean }>((resolve) => handler(details, resolve));
      return !cancel;
    },
  };
}

/** Chromium's match patterns: scheme://host/path with stars. */
function matches(pattern: string, url: string): boolean {
  if (pattern === '<all_urls>') return true;
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${escaped}$`).test(url);
}
