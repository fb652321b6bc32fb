import type { ElectronApplication } from '@playwright/test';
import { channels, type DesktopBridge } from '../../../electron/bridge';
import { expect, test } from './shared';

/** Requests that are answered, and those that need no answer. */
const ASKED = ['chooseFile', 'grantPath', 'saveFiles', 'saveProject', 'openRecent', 'diagnostics'] as const;
const TOLD = ['connect', 'forgetRecent', 'showState', 'newWindow', 'revive'] as const;
/** Names of messages that main sends and never hears. */
const SENT = ['port', 'status', 'open', 'recent', 'command'] as const;

/** Who sends, in place of the page of the first window. */
type Sender = { frame: 'main' | 'null' | 'child'; url?: string };

type Outcome = { value?: unknown; threw?: string };

/**
 * Delivers a message as Electron would, with this sender. Values that JSON does not carry are made in main: see `STRANGE`.
 *
 * @param argument  an index into STRANGE for each argument
 */
function deliver(
  main: ElectronApplication,
  channel: string,
  sender: Sender,
  given: readonly number[] = [],
): Promise<Outcome> {
  return main.evaluate(
    async ({ BrowserWindow, ipcMain }, message) => {
      const contents = BrowserWindow.getAllWindows()[0].webContents;
      const { strange } = globalThis as unknown as { strange: unknown[] };
      const args = message.given.map((i) => strange[i]);
      const { frame, url } = message.sender;
      const own = contents.mainFrame;
      const other = { url: url ?? own.url };
      // A page elsewhere in this very window, as after a navigation that nothing stopped.
      if (url !== undefined) Object.defineProperty(contents, 'mainFrame', { value: other, configurable: true });
      const senderFrame = frame === 'null' ? null : frame === 'child' || url !== undefined ? other : own;
      const event = { sender: contents, senderFrame, ports: [], reply: () => undefined };
      try {
        const handlers = (ipcMain as unknown as { _invokeHandlers: Map<string, (...all: unknown[]) => unknown> })
          ._invokeHandlers;
        const handler = handlers.get(message.channel);
        const value = handler ? await handler(event, ...args) : ipcMain.emit(message.channel, event, ...args);
        return { value };
      } catch (error) {
        return { threw: String(error) };
      } finally {
        if (url !== undefined) delete (contents as { mainFrame?: unknown }).mainFrame;
      }
    },
    { channel, sender, given },
  );
}

/** What nobody should send. Made in main, since a test's own arguments must be JSON. */
const STRANGE = 26;
async function prepare(main: ElectronApplication): Promise<void> {
  await main.evaluate(({ dialog, app }) => {
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    const file = (change: object) => ({ name: 'a.csv', mime: 'text/csv', content: 'x', ...change });
    const deep = JSON.parse(`${'{"a":'.repeat(500)}1${'}'.repeat(500)}`) as unknown;
    const strange: unknown[] = [
      undefined,
      null,
      NaN,
      -Infinity,
      true,
      10n,
      '',
      'x'.repeat(2 ** 20),
      '\0',
      '../../etc/passwd',
      '__proto__',
      [],
      new Array(1e5).fill(null),
      {},
      JSON.parse('{"__proto__":{"name":"a","mime":"b","content":"c"}}'),
      loop,
      deep,
      new Map([['name', 'a']]),
      new Date(0),
      new Float64Array(3),
      [file({ name: '..' })],
      [file({ name: 'a\0' })],
      [file({ content: NaN })],
      [file({}), file({})],
      { name: 1, edited: 'x', running: NaN, theme: 'blue', menu: 'none' },
      { name: null, edited: true, running: -1, theme: 'system', menu: [{ id: {}, label: 1 }] },
    ];
    const seen = { errors: [] as string[], dialogs: 0, quit: 0 };
    Object.assign(globalThis, { strange, seen });
    process.on('uncaughtExceptionMonitor', (error) => seen.errors.push(String(error)));
    process.on('unhandledRejection', (error) => void seen.errors.push(String(error)));
    app.on('before-quit', () => (seen.quit += 1));
    const closed = () => {
      seen.dialogs += 1;
      return Promise.resolve({ canceled: true, filePaths: [], filePath: '' });
    };
    Object.assign(dialog, { showOpenDialog: closed, showSaveDialog: closed });
    if (strange.length !== 26) throw new Error(`${strange.length}`);
  });
}

interface Seen {
  readonly errors: string[];
  readonly dialogs: number;
  readonly quit: number;
}
const seen = (main: ElectronApplication) => main.evaluate(() => (globalThis as unknown as { seen: Seen }).seen);

const STRANGERS: [string, Sender][] = [
  ['a frame that is gone', { frame: 'null' }],
  ['a frame inside the page, though its address is ours', { frame: 'child' }],
  ['a page of another site', { frame: 'main', url: 'https://evil.example/' }],
  ['a page of another host of our scheme', { frame: 'main', url: 'app://other/' }],
  ['a page of a host that begins like ours', { frame: 'main', url: 'app://bundle.evil/' }],
  ['a page of our host by another scheme', { frame: 'main', url: 'https://bundle/' }],
  ['a page with our address in its own', { frame: 'main', url: 'https://evil.example/?app://bundle/' }],
  ['a file', { frame: 'main', url: 'file:///tmp/a.html' }],
  ['a page without an address', { frame: 'main', url: 'about:blank' }],
  ['a page with no address at all', { frame: 'main', url: '' }],
];

test.beforeEach(({ main }) => prepare(main));

test('every message that pages may send is known here', async ({ main }) => {
  const heard = await main.evaluate(({ ipcMain }) => [
    ...(ipcMain as unknown as { _invokeHandlers: Map<string, unknown> })._invokeHandlers.keys(),
    ...ipcMain.eventNames().map(String),
  ]);
  const own = heard.filter((name) => name.includes('/'));
  expect(own.sort()).toEqual([...ASKED, ...TOLD].map((name) => channels[name]).sort());
  expect(Object.keys(channels).sort()).toEqual([...ASKED, ...TOLD, ...SENT].sort());
});

for (const [who, sender] of STRANGERS) {
  test(`${who} is refused whatever it asks (Electron's security list, 17)`, async ({ main, page }) => {
    const before = await main.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
    for (const name of ASKED) {
      expect(await deliver(main, channels[name], sender, [0]), name).toEqual({
        value: { ok: false, error: { code: 'host/refused', message: 'This page may not ask that.' } },
      });
    }
    const heard = await page.evaluate(() => {
      const state = { heard: 0 };
      Object.assign(window, { strangers: state });
      window.addEventListener('message', () => (state.heard += 1));
      return state.heard;
    });
    expect(heard).toBe(0);
    for (const name of TOLD) expect((await deliver(main, channels[name], sender, [1])).threw, name).toBeUndefined();
    // What main sent before it answers this has come before the answer.
    const asked = page.evaluate(() => (window as unknown as { moeLab: DesktopBridge }).moeLab.diagnostics());
    expect(await asked).toMatchObject({ ok: true });
    // No port, no window, no dialog.
    expect(await page.evaluate(() => (window as unknown as { strangers: { heard: number } }).strangers.heard)).toBe(0);
    expect(await main.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(before);
    expect(await seen(main)).toEqual({ errors: [], dialogs: 0, quit: 0 });
  });
}

test('our own page is heard', async ({ main }) => {
  expect(await deliver(main, channels.chooseFile, { frame: 'main' })).toEqual({ value: { ok: true, value: null } });
  expect((await seen(main)).dialogs).toBe(1);
});

for (const name of ASKED) {
  test(`${channels[name]} answers what is wrong with a typed refusal, and never throws`, async ({ main }) => {
    const shapes = Array.from({ length: STRANGE }, (_, i) => [[i], [i, i], [20, i], [i, 0, 1, 2]]).flat();
    for (const given of [[], ...shapes]) {
      const { value, threw } = await deliver(main, channels[name], { frame: 'main' }, given);
      expect(threw, JSON.stringify(given)).toBeUndefined();
      const answer = value as { ok: boolean; error?: { code: unknown; message: unknown } };
      if (answer.ok) continue;
      expect(answer.error, JSON.stringify(given)).toEqual({
        code: expect.stringMatching(/^\w+\/[\w-]+$/),
        message: expect.any(String),
      });
    }
    expect((await seen(main)).errors).toEqual([]);
  });
}

for (const name of ['grantPath', 'saveFiles', 'saveProject', 'openRecent'] as const) {
  test(`${channels[name]} does nothing with what is wrong`, async ({ main }) => {
    for (let i = 0; i < STRANGE; i++)
      expect(((await deliver(main, channels[name], { frame: 'main' }, [i])).value as { ok: boolean }).ok, `${i}`).toBe(
        false,
      );
    expect((await seen(main)).dialogs).toBe(0);
  });
}

test('a path that is not whole is no file', async ({ main, page }) => {
  expect(await deliver(main, channels.grantPath, { frame: 'main' }, [9])).toMatchObject({ value: { ok: false } });
  await expect(page.getByText('Auto MPG').first()).toBeVisible();
});

for (const name of TOLD.filter((one) => one !== 'newWindow')) {
  test(`${channels[name]} takes no harm from what is wrong`, async ({ main, page }) => {
    for (let i = 0; i < STRANGE; i++)
      expect((await deliver(main, channels[name], { frame: 'main' }, [i, i])).threw, `${i}`).toBeUndefined();
    expect(await seen(main)).toEqual({ errors: [], dialogs: 0, quit: 0 });
    // The page still has its engine.
    await page.reload();
    await expect(page.getByText('Auto MPG').first()).toBeVisible();
  });
}
