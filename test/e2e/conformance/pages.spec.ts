/** What a page may do where nothing stops it, and that the program's word does. What holds here must hold in Electron, too. */
import type { Page } from '@playwright/test';
import { expect, test } from './bare';

const follow = (page: Page, to: string) =>
  page.evaluate((href) => {
    const link = document.querySelector<HTMLAnchorElement>('#link');
    if (link) link.href = href;
    link?.click();
  }, to);

const ways: Record<string, (page: Page, to: string) => Promise<unknown>> = {
  'a link': follow,
  'its location': (page, to) => page.evaluate((url) => void setTimeout(() => (window.location.href = url)), to),
  'a form': (page, to) =>
    page.evaluate((url) => {
      const form = document.createElement('form');
      form.action = url;
      document.body.append(form);
      setTimeout(() => form.submit());
    }, to),
  'a refresh': (page, to) =>
    page.evaluate((url) => {
      const meta = document.createElement('meta');
      Object.assign(meta, { httpEquiv: 'refresh', content: `0; url=${url}` });
      document.head.append(meta);
    }, to),
};

for (const [name, go] of Object.entries(ways)) {
  test(`${name} leads a page away, unless the program objects`, async ({ bare, page, elsewhere }) => {
    const home = page.url();
    await bare.evaluate(({ BrowserWindow }) => {
      const [{ webContents }] = BrowserWindow.getAllWindows();
      const state = { objects: true, heard: [] as string[] };
      Object.assign(globalThis, { state });
      webContents.on('will-navigate', (event, url) => {
        state.heard.push(url);
        if (state.objects) event.preventDefault();
      });
    });
    type Known = { state: { objects: boolean; heard: string[] } };
    await go(page, `${elsewhere}/there`);
    await expect.poll(() => bare.evaluate(() => (globalThis as unknown as Known).state.heard.length)).toBe(1);
    await expect(page).toHaveTitle('bare');
    expect(page.url()).toBe(home);

    await bare.evaluate(() => void ((globalThis as unknown as Known).state.objects = false));
    await go(page, `${elsewhere}/there?again`);
    await expect(page).toHaveTitle('elsewhere');
    expect(await bare.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].webContents.getURL())).toMatch(
      /^http:\/\/127\.0\.0\.1:\d+\/there\?/,
    );
  });
}

test('a server leads a page elsewhere, unless the program objects', async ({ bare, page, elsewhere }) => {
  await bare.evaluate(({ BrowserWindow }) => {
    const [{ webContents }] = BrowserWindow.getAllWindows();
    webContents.once('will-redirect', (event) => event.preventDefault());
  });
  await follow(page, `${elsewhere}/redirect`);
  await expect
    .poll(() =>
      bare.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].webContents.listenerCount('will-redirect')),
    )
    .toBe(0);
  await expect(page).toHaveTitle('bare');
  await follow(page, `${elsewhere}/redirect`);
  await expect(page).toHaveTitle('elsewhere');
  expect(page.url()).toBe(`${elsewhere}/there`);
});

test('a page opens windows, unless the program refuses', async ({ bare, page, elsewhere }) => {
  await bare.evaluate(({ BrowserWindow }) => {
    const asked: string[] = [];
    Object.assign(globalThis, { asked });
    BrowserWindow.getAllWindows()[0].webContents.setWindowOpenHandler(({ url }) => {
      asked.push(url);
      return { action: url.endsWith('/yes') ? 'allow' : 'deny' };
    });
  });
  const asked = () => bare.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
  const windows = () => bare.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  await page.evaluate((to) => void window.open(to), `${elsewhere}/no`);
  await expect.poll(asked).toEqual([`${elsewhere}/no`]);
  expect(await windows()).toBe(1);
  const opened = bare
    .waitForEvent('window', (other) => other !== page && other.url() !== 'about:blank')
    .catch(() => null);
  await page.evaluate((to) => void window.open(to), `${elsewhere}/yes`);
  await expect.poll(windows).toBe(2);
  await opened;
  await expect.poll(() => bare.windows().map((other) => other.url())).toContain(`${elsewhere}/yes`);
});

test('a request goes out, unless the program stops it', async ({ bare, page, elsewhere }) => {
  const reach = () =>
    page.evaluate(
      (to) =>
        fetch(to)
          .then(({ status }) => status)
          .catch(() => 'stopped'),
      `${elsewhere}/there`,
    );
  expect(await reach()).toBe(200);
  await bare.evaluate(({ session }) => {
    session.defaultSession.webRequest.onBeforeRequest({ urls: ['http://*/*'] }, (_, answer) =>
      answer({ cancel: true }),
    );
  });
  expect(await reach()).toBe('stopped');
});

test('a permission is given, unless the program refuses it', async ({ bare, page }) => {
  const state = (name: string) =>
    page.evaluate(
      (asked) => navigator.permissions.query({ name: asked as PermissionName }).then((found) => found.state),
      name,
    );
  await bare.evaluate(({ session }) => {
    session.defaultSession.setPermissionCheckHandler(() => true);
    session.defaultSession.setPermissionRequestHandler((_, __, answer) => answer(true));
  });
  await expect.poll(() => state('geolocation')).toBe('granted');
  await bare.evaluate(({ session }) => {
    session.defaultSession.setPermissionCheckHandler(() => false);
    session.defaultSession.setPermissionRequestHandler((_, __, answer) => answer(false));
  });
  await expect.poll(() => state('geolocation')).toBe('denied');
});

test('a window closes, unless the program keeps it', async ({ bare, page }) => {
  await bare.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    window.once('close', (event) => event.preventDefault());
    window.close();
  });
  expect(await bare.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  await expect(page).toHaveTitle('bare');
  const ended = bare.waitForEvent('close');
  await bare.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].close());
  await ended;
});
