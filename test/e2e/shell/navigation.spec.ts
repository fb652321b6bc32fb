import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { expect, firstPage, holdOutside, test, windowCount } from './shared';

/** Addresses a page might try to go to; the page's own too, which would lose what is open. */
const TARGETS = [
  'https://evil.example/',
  'https://github.com/',
  'http://127.0.0.1:9/',
  'app://bundle/index.html?again',
  'app://other/',
  'file:///etc/passwd',
];

const WAYS: [string, (page: Page, url: string) => Promise<unknown>][] = [
  ['setting its location', (page, url) => page.evaluate((to) => void (window.location.href = to), url)],
  ['replacing its location', (page, url) => page.evaluate((to) => window.location.replace(to), url)],
  [
    'a link',
    (page, url) =>
      page.evaluate((to) => {
        const link = document.createElement('a');
        link.href = to;
        document.body.append(link);
        link.click();
        link.remove();
      }, url),
  ],
  [
    'a form',
    (page, url) =>
      page.evaluate((to) => {
        const form = document.createElement('form');
        form.action = to;
        form.method = 'post';
        document.body.append(form);
        form.submit();
        form.remove();
      }, url),
  ],
  [
    'a refresh',
    (page, url) =>
      page.evaluate((to) => {
        const meta = document.createElement('meta');
        meta.httpEquiv = 'refresh';
        meta.content = `0;url=${to}`;
        document.head.append(meta);
        meta.remove();
      }, url),
  ],
  ['window.open in its own place', (page, url) => page.evaluate((to) => void window.open(to, '_self'), url)],
];

for (const [way, go] of WAYS) {
  test(`the page stays where it is: ${way} leads nowhere (Electron's security list, 13)`, async ({
    main,
    page,
    running,
  }) => {
    const address = page.url();
    const opened = await holdOutside(main);
    await page.evaluate(() => Object.assign(window, { stillHere: true }));
    for (const url of TARGETS) {
      await go(page, url).catch((error: Error) => expect(error.message, url).not.toContain('destroyed'));
      // Nothing tells that nothing happens: time enough for what would.
      await page.waitForTimeout(120);
      expect(page.url(), url).toBe(address);
      expect(await page.evaluate(() => 'stillHere' in window), `${url} loaded another page`).toBe(true);
    }
    expect(await opened()).toEqual([]);
    expect(await windowCount(main)).toBe(1);
    expect(await page.evaluate(() => document.body.innerText)).toContain('Auto MPG');
    // Playwright waits for ever for a form's answer that the policy has held back.
    await page.reload();
    running.faults.splice(0);
  });
}

for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'] as const) {
  test(`every page objects to ${event}, whatever it leads to (Electron's security list, 12 and 13)`, async ({
    main,
  }) => {
    const objections = await main.evaluate(({ webContents }, name) => {
      return webContents.getAllWebContents().map((contents) => {
        let objected = false;
        const told = {
          preventDefault: () => (objected = true),
          url: 'https://evil.example/',
          isMainFrame: true,
          isSameDocument: false,
        };
        contents.emit(name, told, {}, {});
        return objected;
      });
    }, event);
    expect(objections.length).toBeGreaterThan(0);
    expect(objections).not.toContain(false);
  });
}

test('a frame in the page shows nothing, from here or elsewhere', async ({ page, running }) => {
  for (const url of ['https://evil.example/', 'app://bundle/', `${running.origin}/`, 'data:text/html,x']) {
    const loaded = await page.evaluate(async (src) => {
      const frame = document.createElement('iframe');
      const violation = new Promise<string>((resolve) =>
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => resolve(effectiveDirective), {
          once: true,
        }),
      );
      frame.src = src;
      document.body.append(frame);
      const late = new Promise<string>((resolve) => setTimeout(() => resolve('nothing objected'), 2000));
      const answer = await Promise.race([violation, late]);
      frame.remove();
      return answer;
    }, url);
    expect(loaded, url).toBe('frame-src');
  }
  running.faults.splice(0);
});

test('a webview is an element like any other: it shows nothing (Electron’s security list, 11 and 12)', async ({
  main,
  page,
  running,
}) => {
  const before = await main.evaluate(({ webContents }) => webContents.getAllWebContents().length);
  await page.evaluate(async () => {
    const view = document.createElement('webview');
    view.setAttribute('src', 'https://evil.example/');
    view.setAttribute('nodeintegration', '');
    view.setAttribute('allowpopups', '');
    document.body.append(view);
    // What stands after it has had its turn when the policy objects to it.
    const after = document.createElement('iframe');
    after.src = 'https://evil.example/';
    await new Promise((resolve) => {
      document.addEventListener('securitypolicyviolation', resolve, { once: true });
      document.body.append(after);
    });
    after.remove();
  });
  expect(await main.evaluate(({ webContents }) => webContents.getAllWebContents().length)).toBe(before);
  expect(
    await page.evaluate(() => typeof (document.querySelector('webview') as { loadURL?: unknown } | null)?.loadURL),
  ).toBe('undefined');
  await page.evaluate(() => document.querySelector('webview')?.remove());
  running.faults.splice(0);
});

test.describe('a page that came from a server by mistake', () => {
  const ANSWERS = [301, 302, 303, 307, 308].map((status) => [`/${status}`, status] as const);

  test('is not redirected by it, and its own refresh and script lead nowhere', async ({ launch }) => {
    const asked: string[] = [];
    const server = createServer(({ url = '' }, response) => {
      asked.push(url);
      const status = ANSWERS.find(([path]) => path === url)?.[1];
      if (status) return void response.writeHead(status, { location: '/elsewhere' }).end();
      response.writeHead(200, { 'content-type': 'text/html' });
      if (url === '/refresh') response.end('<meta http-equiv="refresh" content="0;url=/elsewhere">');
      else if (url === '/script') response.end('<script>location.href = "/elsewhere"</script>');
      else response.end('there');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      const shell = await launch();
      const page = await firstPage(shell);
      const load = (path: string) =>
        shell.evaluate(({ BrowserWindow }, url) => {
          BrowserWindow.getAllWindows()[0]
            .webContents.loadURL(url)
            .catch(() => undefined);
        }, origin + path);

      await test.step('requests to servers do not even leave', async () => {
        await load('/200');
        await page.waitForTimeout(300);
        expect(asked).toEqual([]);
      });

      await shell.evaluate(({ session }) => session.defaultSession.webRequest.onBeforeRequest(null));
      for (const path of [...ANSWERS.map(([redirect]) => redirect), '/refresh', '/script']) {
        await load(path);
        await expect.poll(() => asked).toContain(path);
        await page.waitForTimeout(200);
      }
      expect(asked).not.toContain('/elsewhere');
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
