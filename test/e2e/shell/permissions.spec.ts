import type { ElectronApplication } from '@playwright/test';
import { expect, test } from './shared';

/** Every name of Electron's type, so that one that is new there is asked for here. */
const PERMISSIONS: Record<Permission, true> = {
  ar: true,
  'automatic-fullscreen': true,
  'background-fetch': true,
  'background-sync': true,
  'captured-surface-control': true,
  'clipboard-read': true,
  'clipboard-sanitized-write': true,
  'deprecated-sync-clipboard-read': true,
  'display-capture': true,
  fileSystem: true,
  fullscreen: true,
  geolocation: true,
  'geolocation-approximate': true,
  'hand-tracking': true,
  hid: true,
  'idle-detection': true,
  keyboardLock: true,
  'local-fonts': true,
  'local-network': true,
  'local-network-access': true,
  'loopback-network': true,
  media: true,
  mediaKeySystem: true,
  midi: true,
  midiSysex: true,
  nfc: true,
  notifications: true,
  openExternal: true,
  'payment-handler': true,
  'periodic-background-sync': true,
  'persistent-storage': true,
  pointerLock: true,
  'screen-wake-lock': true,
  sensors: true,
  serial: true,
  'smart-card': true,
  'speaker-selection': true,
  'storage-access': true,
  'system-wake-lock': true,
  'top-level-storage-access': true,
  usb: true,
  vr: true,
  'web-app-installation': true,
  'web-printing': true,
  'window-management': true,
  unknown: true,
};

type CheckHandler = NonNullable<Parameters<Electron.Session['setPermissionCheckHandler']>[0]>;
type Permission = Parameters<CheckHandler>[1];

/** The handlers that the program set, as the stand-in keeps them. */
interface Handlers {
  permissionCheck(contents: null, permission: string, origin: string, details: object): boolean;
  permissionRequest(contents: null, permission: string, answer: (granted: boolean) => void, details: object): void;
  device(details: object): boolean;
  displayMedia(request: object, answer: (streams: unknown) => void): void;
  beforeRequest: { filter: { urls: string[] } };
}

test.describe('the handlers themselves (Electron’s security list, 5)', () => {
  test.beforeEach(({ host }) => {
    test.skip(host === 'electron', 'Electron gives no handler back: there a page asks for what it can, below.');
  });

  for (const asker of ['app://bundle/', 'app://bundle/index.html#/runs']) {
    test(`${asker} may put text on the clipboard, and nothing else of ${Object.keys(PERMISSIONS).length} things`, async ({
      main,
    }) => {
      expect(await granted(main, asker)).toEqual({
        check: ['clipboard-sanitized-write'],
        request: ['clipboard-sanitized-write'],
      });
    });
  }

  for (const asker of [
    'app://other/',
    'app://bundle.evil/',
    'app:bundle',
    'https://bundle/',
    'https://evil.example/?app://bundle/',
    'file:///bundle/',
    'about:blank',
    'null',
    '',
  ]) {
    test(`${asker || 'nobody'} gets no permission`, async ({ main }) => {
      expect(await granted(main, asker)).toEqual({ check: [], request: [] });
    });
  }

  test('no device of any kind and no picture of a screen is given', async ({ main }) => {
    const given = await main.evaluate(async () => {
      const { handlers } = (globalThis as unknown as { standIn: { handlers: Handlers } }).standIn;
      const devices = ['hid', 'serial', 'usb'].map((deviceType) =>
        handlers.device({ deviceType, origin: 'app://bundle', device: { vendorId: 1, productId: 1 } }),
      );
      const streams = await new Promise((resolve) => handlers.displayMedia({ videoRequested: true }, resolve));
      return { devices, streams };
    });
    expect(given).toEqual({ devices: [false, false, false], streams: null });
  });

  test('requests to any server are stopped by name', async ({ main }) => {
    const { urls } = await main.evaluate(
      () => (globalThis as unknown as { standIn: { handlers: Handlers } }).standIn.handlers.beforeRequest.filter,
    );
    expect([...urls].sort()).toEqual(['ftp://*/*', 'http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*']);
  });
});

test('a page is denied what it asks for, and can copy text', async ({ page, running }) => {
  const answers = await page.evaluate(async () => {
    const nameOf = (error: unknown) => (error as Error).name;
    const position = () =>
      new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve('given'),
          ({ code }) => resolve(code),
        ),
      );
    return {
      notifications: await Notification.requestPermission(),
      position: await position(),
      camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(() => 'given', nameOf),
      midi: await navigator.requestMIDIAccess({ sysex: true }).then(() => 'given', nameOf),
      reading: await navigator.clipboard.readText().then(() => 'given', nameOf),
    };
  });
  expect(answers).toMatchObject({
    notifications: 'denied',
    position: 1,
    midi: 'NotAllowedError',
    reading: 'NotAllowedError',
  });
  // Where there is no camera, that is said first.
  expect(['NotAllowedError', 'NotFoundError', 'NotSupportedError']).toContain(answers.camera);
  await page.bringToFront();
  await page.locator('body').click({ position: { x: 1, y: 1 } });
  expect(await page.evaluate(() => navigator.clipboard.writeText('copied').then(() => 'done', String))).toBe('done');
  running.faults.splice(0);
});

test('a page that starts a download of its own is stopped', async ({ main }) => {
  const stopped = await main.evaluate(({ session }) => {
    let prevented = false;
    session.defaultSession.emit('will-download', { preventDefault: () => (prevented = true) }, {}, {});
    return prevented;
  });
  expect(stopped).toBe(true);
});

/** Which permissions an asker gets, by the check and by the request. */
function granted(main: ElectronApplication, asker: string): Promise<{ check: string[]; request: string[] }> {
  return main.evaluate(
    async (_, { names, requestingUrl }) => {
      const { handlers } = (globalThis as unknown as { standIn: { handlers: Handlers } }).standIn;
      const details = { requestingUrl, isMainFrame: true };
      const request = (name: string) =>
        new Promise<boolean>((resolve) => handlers.permissionRequest(null, name, resolve, details));
      const requested = await Promise.all(names.map(request));
      return {
        check: names.filter((name) => handlers.permissionCheck(null, name, requestingUrl, details)),
        request: names.filter((_name, i) => requested[i]),
      };
    },
    { names: Object.keys(PERMISSIONS), requestingUrl: asker },
  );
}
