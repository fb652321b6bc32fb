/**
 * Electron's security list, point by point, against the running program. What a point takes more than a few lines to try has a file
 * of its own: links, navigation, permissions, protocol, messages, bridge.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { appRoot } from '../fixtures/root';
import { expect, test } from './shared';

/** What each window asked for. */
const preferences = (main: ElectronApplication) =>
  main.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) => {
      const all = (
        webContents as unknown as { getLastWebPreferences(): Electron.WebPreferences }
      ).getLastWebPreferences();
      // A plain copy: some values are of main alone.
      return JSON.parse(JSON.stringify(all)) as Electron.WebPreferences;
    }),
  );

/** Every window asks for this; nothing said is Electron's own, safe choice. */
async function expectPreferences(
  main: ElectronApplication,
  wanted: Partial<Record<keyof Electron.WebPreferences, unknown>>,
) {
  const all = await preferences(main);
  expect(all.length).toBeGreaterThan(0);
  for (const one of all) expect(one).toMatchObject(wanted);
}

test('1 the page and all of its parts come from the program itself', async ({ page, running }) => {
  // Its own loads alone: other tests on this page have asked for what the policy refused.
  await page.reload();
  await page.getByRole('main').waitFor();
  const loaded = await page.evaluate(() => [
    window.location.href,
    ...performance.getEntriesByType('resource').map(({ name }) => name),
  ]);
  expect(loaded.length).toBeGreaterThan(2);
  expect(loaded.filter((url) => !url.startsWith(`${running.origin}/`))).toEqual([]);
});

test('2 pages have no Node', async ({ main, page }) => {
  await expectPreferences(main, {
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    nodeIntegrationInWorker: false,
  });
  expect(
    await page.evaluate(() => ['require', 'process', 'module', 'Buffer', 'global'].filter((name) => name in window)),
  ).toEqual([]);
});

test('3 the preload lives in a world of its own', async ({ main }) => {
  await expectPreferences(main, { contextIsolation: true });
});

test('4 pages run in a sandbox, whatever a window asks for', async ({ main }) => {
  await expectPreferences(main, { sandbox: true });
  expect(await main.evaluate(({ app }) => app.commandLine.hasSwitch('enable-sandbox'))).toBe(true);
});

test('5 a page is granted nothing but putting text on the clipboard', async ({ page }) => {
  const names = ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read'];
  const states = await page.evaluate(
    (all) =>
      Promise.all(
        all.map((name) => navigator.permissions.query({ name: name as PermissionName }).then(({ state }) => state)),
      ),
    names,
  );
  expect(states.filter((state) => state === 'granted')).toEqual([]);
});

test('6 the rules of the web are not switched off', async ({ main }) => {
  await expectPreferences(main, { webSecurity: true });
  const switches = ['disable-web-security', 'allow-file-access-from-files', 'disable-site-isolation-trials'];
  expect(
    await main.evaluate(({ app }, all) => all.filter((name) => app.commandLine.hasSwitch(name)), switches),
  ).toEqual([]);
});

test('7 the page comes with a content security policy', async ({ page }) => {
  const answer = await page.reload();
  expect(answer?.headers()['content-security-policy']).toContain("default-src 'none'; script-src 'self'");
});

test('8, 9 and 10 nothing insecure, experimental or unfinished of Chromium is switched on', async ({ main }) => {
  for (const one of await preferences(main)) {
    expect(one.allowRunningInsecureContent ?? false).toBe(false);
    expect(one.experimentalFeatures ?? false).toBe(false);
    expect(one.enableBlinkFeatures ?? '').toBe('');
  }
  const switches = [
    'allow-running-insecure-content',
    'enable-experimental-web-platform-features',
    'enable-blink-features',
  ];
  expect(
    await main.evaluate(({ app }, all) => all.filter((name) => app.commandLine.hasSwitch(name)), switches),
  ).toEqual([]);
});

test('11 and 12 there are no webviews', async ({ main }) => {
  await expectPreferences(main, { webviewTag: false });
});

test('13 and 14 every page has its rules before it has an address, windows that a test makes too', async ({ main }) => {
  const rules = await main.evaluate(({ BrowserWindow }) => {
    const window = new BrowserWindow({ show: false });
    const { webContents } = window;
    const names = ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'];
    const counts = names.map((name) => webContents.listenerCount(name));
    window.destroy();
    return counts;
  });
  expect(Math.min(...rules)).toBeGreaterThan(0);
});

test('15 what opens outside is on the list of sites', async ({ main, page }) => {
  const opened = await main.evaluate(({ shell }) => {
    const urls: string[] = [];
    shell.openExternal = (url) => Promise.resolve(void urls.push(url));
    Object.assign(globalThis, { openedOutside: urls });
    return urls.length;
  });
  expect(opened).toBe(0);
  await page.evaluate(() => ['https://evil.example/', 'https://github.com/'].forEach((url) => window.open(url)));
  const urls = () => main.evaluate(() => (globalThis as unknown as { openedOutside: string[] }).openedOutside);
  await expect.poll(urls).toEqual(['https://github.com/']);
});

test('16 the version of Electron is one and exact', () => {
  const { devDependencies } = JSON.parse(readFileSync(join(appRoot, 'package.json'), 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  expect(devDependencies.electron).toMatch(/^\d+\.\d+\.\d+$/);
});

test('17 a message from a page that is not ours is refused', async ({ main }) => {
  const answer = await main.evaluate(
    async ({ BrowserWindow }, preload) => {
      const window = new BrowserWindow({ show: false, webPreferences: { preload } });
      // Our own address, but in a window that is none of the program's.
      await window.webContents.loadURL('app://bundle/');
      const answer: unknown = await window.webContents.executeJavaScript('window.moeLab.openRecent("x")');
      window.destroy();
      return answer;
    },
    join(appRoot, 'out/preload/preload.cjs'),
  );
  expect(answer).toEqual({ ok: false, error: { code: 'host/refused', message: 'This page may not ask that.' } });
});

test('18 no page is a file, and files cannot be read by their address', async ({ main, page, running }) => {
  const urls = await main.evaluate(({ webContents }) => webContents.getAllWebContents().map((one) => one.getURL()));
  expect(urls.filter((url) => !url.startsWith('app://bundle/'))).toEqual([]);
  expect(
    await page.evaluate(() =>
      fetch('file:///etc/passwd').then(
        () => 'read',
        () => 'refused',
      ),
    ),
  ).toBe('refused');
  running.faults.splice(0);
});

test('19 the fuses of the package are set: see test/packaging', () => {
  // Nothing that runs here has fuses; the configuration is judged where the package is made.
  const configuration = readFileSync(join(appRoot, 'electron-builder.yml'), 'utf8');
  for (const fuse of ['runAsNode', 'enableNodeOptionsEnvironmentVariable', 'enableNodeCliInspectArguments'])
    expect(configuration).toContain(`${fuse}: false`);
  for (const fuse of ['enableEmbeddedAsarIntegrityValidation', 'onlyLoadAppFromAsar', 'enableCookieEncryption'])
    expect(configuration).toContain(`${fuse}: true`);
});

test('20 the page sees the functions of the bridge and nothing of Electron', async ({ page }) => {
  const names = await page.evaluate(() => Object.keys(window).filter((name) => /electron|ipc|moeLab/i.test(name)));
  expect(names).toEqual(['moeLab']);
});
