/** What the context bridge lets through, and what the preload's world keeps to itself. What holds here must hold in Electron, too. */
import { fileURLToPath } from 'node:url';
import { expect, test, type BareWindow } from './bare';

test('a page sees what was exposed and nothing else of the preload, before its first script', async ({ page }) => {
  const sees = await page.evaluate(() => (window as unknown as BareWindow).pageSees);
  expect(sees).toEqual({ bridge: 'object', said: 'undefined', require: 'undefined', process: 'undefined' });
  const names = await page.evaluate(() =>
    Object.getOwnPropertyNames(window).filter((name) => /stand|electron|ipc/i.test(name)),
  );
  expect(names).toEqual([]);
});

test('what was exposed cannot be changed by the page', async ({ page }) => {
  const same = await page.evaluate(() => {
    const { bare } = window as unknown as BareWindow;
    const before = bare.ask;
    try {
      (window as unknown as Record<string, unknown>).bare = null;
      (bare as unknown as Record<string, unknown>).ask = null;
    } catch {
      // In a strict script it says so.
    }
    return (window as unknown as BareWindow).bare === bare && bare.ask === before;
  });
  expect(same).toBe(true);
});

test('numbers, promises, errors and functions cross the bridge', async ({ bare, page }) => {
  const found = await page.evaluate(async () => {
    const { bare: bridge } = window as unknown as BareWindow;
    const numbers = bridge.numbers(new Float64Array([1, NaN, -Infinity]));
    let message = '';
    try {
      bridge.fails();
    } catch (error) {
      message = String(error);
    }
    return {
      kind: numbers.constructor.name,
      list: [...numbers].map(String),
      later: await bridge.later([1, 'two']),
      message,
    };
  });
  expect(found.list).toEqual(['2', 'NaN', '-Infinity']);
  expect(found).toMatchObject({ kind: 'Float64Array', later: { value: [1, 'two'] } });
  expect(found.message).toContain('as it must');

  await page.evaluate(() => {
    const heard: unknown[] = [];
    Object.assign(window, { heard });
    (window as unknown as BareWindow).bare.listen((...words) => void heard.push(...words));
  });
  await bare.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0].webContents.send('word', 'one', { two: 2 }),
  );
  await expect
    .poll(() => page.evaluate(() => (window as unknown as { heard: unknown[] }).heard))
    .toEqual(['one', { two: 2 }]);
});

test('questions to main are answered, refused and unknown as in Electron, by who asks', async ({ bare, page }) => {
  const ask = () =>
    page.evaluate(() =>
      (window as unknown as BareWindow).bare.ask(new Uint8Array([1, 2, 3]), { list: [undefined, null] }).catch(String),
    );
  expect(await ask()).toBe("Error: Error invoking remote method 'ask': Error: No handler registered for 'ask'");
  await bare.evaluate(({ ipcMain, BrowserWindow }) => {
    ipcMain.handle('ask', (event, bytes: Uint8Array, { list }: { list: unknown[] }) => ({
      sum: bytes.reduce((sum, byte) => sum + byte, 0),
      list,
      main: event.senderFrame === event.sender.mainFrame,
      window: BrowserWindow.fromWebContents(event.sender)?.id,
      url: event.senderFrame?.url,
    }));
  });
  expect(await ask()).toEqual({ sum: 6, list: [undefined, null], main: true, window: 1, url: 'app://bundle/' });
  await bare.evaluate(({ ipcMain }) => {
    ipcMain.removeHandler('ask');
    ipcMain.handle('ask', () => {
      throw new Error('not today');
    });
  });
  expect(await ask()).toBe("Error: Error invoking remote method 'ask': Error: not today");
});

test('a file that the user chose has its path, and one that a script made up has none', async ({ page }) => {
  const path = fileURLToPath(import.meta.url);
  await page.locator('#file').setInputFiles(path);
  const paths = await page.evaluate(() => {
    const { bare } = window as unknown as BareWindow;
    const chosen = document.querySelector<HTMLInputElement>('#file')?.files?.[0] as File;
    return [bare.pathOf(chosen), bare.pathOf(new File(['x'], 'made-up.csv'))];
  });
  expect(paths).toEqual([path, '']);
});

test('a port carries numbers both ways and closes with its page', async ({ bare, page }) => {
  await page.evaluate(() => {
    window.addEventListener('message', ({ ports: [port] }) => {
      if (port)
        port.onmessage = ({ data }: MessageEvent<Float64Array>) => port.postMessage(data.map((value) => value * 2));
    });
  });
  await bare.evaluate(({ BrowserWindow, MessageChannelMain }) => {
    const { port1, port2 } = new MessageChannelMain();
    const state = { got: [] as string[], closed: false };
    Object.assign(globalThis, { state });
    port1.on('message', ({ data }) => state.got.push(Object.prototype.toString.call(data), String(data)));
    port1.on('close', () => (state.closed = true));
    port1.start();
    BrowserWindow.getAllWindows()[0].webContents.postMessage('port', null, [port2]);
    port1.postMessage(new Float64Array([1, 2.5, NaN]));
  });
  type Known = { state: { got: string[]; closed: boolean } };
  const state = () => bare.evaluate(() => (globalThis as unknown as Known).state);
  await expect.poll(async () => (await state()).got).toEqual(['[object Float64Array]', '2,5,NaN']);
  await page.reload();
  await expect.poll(async () => (await state()).closed).toBe(true);
});

test.describe('a preload in the world of its page', () => {
  test.use({ preferences: { contextIsolation: false } });
  test('cannot use the bridge, and what it leaves behind is seen', async ({ bare, page }) => {
    const error = () => bare.evaluate(() => (globalThis as unknown as { preloadError?: string }).preloadError);
    await expect.poll(error).toContain('contextIsolation is enabled');
    expect(await page.evaluate(() => (window as unknown as BareWindow).pageSees)).toMatchObject({ said: 'string' });
  });
});

test.describe("a page that was given Node's own functions", () => {
  test.use({ preferences: { contextIsolation: false, sandbox: false, nodeIntegration: true } });
  test('has them', async ({ page }) => {
    const sees = await page.evaluate(() => (window as unknown as BareWindow).pageSees);
    expect(sees).toMatchObject({ require: 'function', process: 'object' });
  });
});
