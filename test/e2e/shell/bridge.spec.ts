import { channels, type DesktopBridge } from '../../../electron/bridge';
import { autoMpg } from '../steps';
import { expect, test } from './shared';

/** Each function of the bridge: the type sees to it that none is forgotten. */
const FUNCTIONS: Record<keyof DesktopBridge, true> = {
  connect: true,
  onStatus: true,
  onOpen: true,
  onCommand: true,
  onRecent: true,
  openFile: true,
  grantFile: true,
  saveFiles: true,
  saveProject: true,
  openRecent: true,
  forgetRecent: true,
  showState: true,
  newWindow: true,
  revive: true,
  diagnostics: true,
};

/** What a page must not find, and would if Node or Electron reached it. */
const OF_NODE = [
  'require',
  'process',
  'module',
  'exports',
  'global',
  'Buffer',
  '__dirname',
  '__filename',
  'setImmediate',
  'clearImmediate',
  'ipcRenderer',
  'contextBridge',
  'webFrame',
  'webUtils',
  'electron',
  'nodeRequire',
];

declare const window: Window & { moeLab: DesktopBridge & Record<string, unknown> };

test('the page has exactly the functions of the bridge (Electron’s security list, 20)', async ({ page }) => {
  const kinds = await page.evaluate(() =>
    Object.fromEntries(Object.getOwnPropertyNames(window.moeLab).map((name) => [name, typeof window.moeLab[name]])),
  );
  expect(Object.keys(kinds).sort()).toEqual(Object.keys(FUNCTIONS).sort());
  expect(new Set(Object.values(kinds))).toEqual(new Set(['function']));
});

test('the page cannot change the bridge', async ({ page }) => {
  const changed = await page.evaluate(() => {
    const attempts: Record<string, () => void> = {
      replaced: () => (window.moeLab.connect = () => undefined),
      extended: () => (window.moeLab.more = 1),
      removed: () => delete (window.moeLab as Partial<DesktopBridge>).connect,
    };
    const before = window.moeLab.connect;
    Object.values(attempts).forEach((attempt) => {
      try {
        attempt();
      } catch {
        // What is frozen objects, in strict code.
      }
    });
    return [window.moeLab.connect === before, 'more' in window.moeLab];
  });
  expect(changed).toEqual([true, false]);
});

test('neither the page nor its global objects know anything of Node or Electron', async ({ page }) => {
  const found = await page.evaluate(
    (names) => names.filter((name) => name in window || name in Object.prototype || name in window.moeLab),
    OF_NODE,
  );
  expect(found).toEqual([]);
});

test('a frame in the page has no bridge', async ({ page }) => {
  const found = await page.evaluate(() => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const inside = frame.contentWindow as unknown as Record<string, unknown>;
    const names = ['moeLab', 'require', 'process'].filter((name) => name in inside);
    frame.remove();
    return names;
  });
  expect(found).toEqual([]);
});

test('what main says reaches the page’s listeners bare, without the event it came with', async ({ page }) => {
  const heard = await page.evaluate(
    () =>
      new Promise<unknown[][]>((resolve) => {
        const all: unknown[][] = [];
        const note = (...said: unknown[]) => {
          if (all.push(said) === 2) resolve(all);
        };
        window.moeLab.onStatus(note);
        window.moeLab.onRecent(note);
        window.moeLab.connect();
      }),
  );
  expect(heard).toEqual(expect.arrayContaining([[{ state: 'ready', restarts: 0 }], [[]]]));
});

test('a file that a script made up is no file of this computer', async ({ page }) => {
  const answer = await page.evaluate(() => window.moeLab.grantFile(new File(['x,y\n1,2\n'], '/etc/passwd')));
  expect(answer).toMatchObject({ ok: false, error: { code: 'host/no-path' } });
});

test('a file that the user chose in the page is one of this computer', async ({ page }) => {
  await page.evaluate(() => {
    const input = document.createElement('input');
    input.type = 'file';
    input.id = 'of-the-test';
    document.body.append(input);
  });
  await page.locator('#of-the-test').setInputFiles(autoMpg);
  const answer = await page.evaluate(async () => {
    const input = document.querySelector<HTMLInputElement>('#of-the-test');
    const granted = await window.moeLab.grantFile((input?.files as FileList)[0]);
    input?.remove();
    return granted;
  });
  expect(answer).toMatchObject({ ok: true, value: { name: 'auto-mpg.csv' } });
});

test('every command of the native menu reaches the page, not only the first', async ({ main, page }) => {
  await page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(window, { heardCommands: heard });
    window.moeLab.onCommand((id) => heard.push(id));
  });
  await main.evaluate(({ BrowserWindow }, channel) => {
    for (const id of ['no/such-act', 'nor/this']) BrowserWindow.getAllWindows()[0].webContents.send(channel, id);
  }, channels.command);
  const heard = () => page.evaluate(() => (window as unknown as { heardCommands: string[] }).heardCommands);
  await expect.poll(heard).toEqual(['no/such-act', 'nor/this']);
});

test('a port that another window or frame sends is not taken for the engine’s', async ({ app }) => {
  // A program of its own: the others of this file are left at the start.
  const { page } = app;
  await expect(page.getByText('Auto MPG').first()).toBeVisible();
  const asked = await page.evaluate(async () => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const heard: unknown[] = [];
    for (const source of [frame.contentWindow, null]) {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => heard.push(data);
      window.dispatchEvent(new MessageEvent('message', { data: 'moe-lab/port', source, ports: [port2] }));
    }
    // The page asks its engine for something at every look at a table.
    await new Promise((resolve) => setTimeout(resolve, 100));
    frame.remove();
    return heard;
  });
  expect(asked).toEqual([]);
  await app.openFile({ name: 'own.csv', mimeType: 'text/csv', buffer: Buffer.from('x,y\n1,2\n3,4\n5,6\n') });
  await expect(page.getByRole('gridcell').first()).toBeVisible();
});
