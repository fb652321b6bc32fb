import type { ElectronApplication, Page } from '@playwright/test';
import { expect, holdOutside, test, windowCount } from './shared';

/** What a page may open, and the address that then opens. */
const OPENS: [string, string][] = [
  ['https://github.com/', 'https://github.com/'],
  ['https://arxiv.org/abs/1906.02777', 'https://arxiv.org/abs/1906.02777'],
  ['https://proceedings.mlr.press/v108/x.html', 'https://proceedings.mlr.press/v108/x.html'],
  ['https://archive.ics.uci.edu/dataset/9/auto+mpg', 'https://archive.ics.uci.edu/dataset/9/auto+mpg'],
  ['https://creativecommons.org/licenses/by/4.0/', 'https://creativecommons.org/licenses/by/4.0/'],
  ['https://GitHub.com:443/a?b=c#d', 'https://github.com/a?b=c#d'],
  ['https:\\\\github.com\\a', 'https://github.com/a'],
  ['https://ｇｉｔｈｕｂ.com/', 'https://github.com/'],
];

/** What stays closed. */
const CLOSED = [
  'http://github.com/',
  'https://github.com.evil.example/',
  'https://github.com@evil.example/',
  'https://evil.example/github.com',
  'https://evil.example/#https://github.com/',
  'https://evil.example\\@github.com/',
  'https://user:word@github.com/',
  'https://user@github.com/',
  'https://github.com:8443/',
  'https://github.com:80/',
  'https://github.com./',
  'https://gist.github.com/',
  'https://xgithub.com/',
  'https://github.co/',
  'https://gіthub.com/',
  'https://ɡithub.com/',
  'https://arxiv.org.evil.example/abs/1',
  'https://127.0.0.1/',
  'https://[::1]/',
  'https://140.82.121.4/',
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)//github.com',
  'vbscript:x',
  'file:///etc/passwd',
  'file://github.com/share',
  'smb://github.com/share',
  'ms-settings:privacy',
  'vscode://file/etc/passwd',
  'mailto:a@github.com',
  'ftp://github.com/',
  'ws://github.com/',
  'app://bundle/',
  'app://bundle/index.html',
  'app://github.com/',
  'view-source:https://github.com/',
  'chrome://gpu',
  'devtools://devtools/',
];

/** The ways a page asks for another window, and how many of the closed addresses are tried by each: all, every third … */
const WAYS: [string, number, (page: Page, url: string) => Promise<unknown>][] = [
  ['window.open', 1, (page, url) => page.evaluate((to) => void window.open(to), url)],
  ['window.open of a popup', 4, (page, url) => page.evaluate((to) => void window.open(to, '', 'popup,width=9'), url)],
  ['a link to a new window', 1, (page, url) => clickLink(page, url, '_blank')],
  ['a link to a named window', 4, (page, url) => clickLink(page, url, `elsewhere ${url}`)],
];

/** A click that the page did not stop. */
function clickLink(page: Page, url: string, target: string): Promise<void> {
  return page.evaluate(
    ([href, to]) => {
      const link = document.createElement('a');
      link.href = href;
      link.target = to;
      document.body.append(link);
      link.click();
      link.remove();
    },
    [url, target],
  );
}

/** The page is where it was and no other was opened. */
async function expectAlone(main: ElectronApplication, page: Page, address: string): Promise<void> {
  expect(page.url()).toBe(address);
  expect(await windowCount(main)).toBe(1);
  await expect(page.getByText('Auto MPG').first()).toBeVisible();
}

for (const [way, every, open] of WAYS) {
  test(`${way} leads to the user's browser, for sites of the list alone (Electron's security list, 14 and 15)`, async ({
    main,
    page,
  }) => {
    const address = page.url();
    const opened = await holdOutside(main);

    await test.step('sites of the list', async () => {
      for (const [url, expected] of OPENS) {
        await open(page, url);
        await expect.poll(opened, url).toEqual([expected]);
      }
    });

    await test.step('everything else', async () => {
      for (const url of CLOSED.filter((_, i) => i % every === 0)) await open(page, url);
      // The last one is allowed: when it is there, all before it have been judged.
      await open(page, OPENS[0][0]);
      const all: string[] = [];
      await expect.poll(async () => all.push(...(await opened()))).toBeGreaterThan(0);
      expect(all).toEqual([OPENS[0][1]]);
    });
    await expectAlone(main, page, address);
  });
}

test('an empty window, one of text and one of bytes are not opened', async ({ main, page, host }) => {
  test.skip(host === 'stand-in', 'Chromium alone cannot hold these back; Electron can.');
  const opened = await holdOutside(main);
  for (const url of ['', 'about:blank', 'data:text/html,x'])
    expect(await page.evaluate((to) => window.open(to) === null, url), url).toBe(true);
  await page.evaluate(() => void window.open(URL.createObjectURL(new Blob(['x'], { type: 'text/html' }))));
  expect(await opened()).toEqual([]);
  expect(await windowCount(main)).toBe(1);
});

test('a link that the user opens with Ctrl or the middle button goes the same way', async ({ main, page }) => {
  const address = page.url();
  const opened = await holdOutside(main);
  await page.evaluate(() => {
    for (const href of ['https://github.com/', 'https://evil.example/']) {
      const link = document.createElement('a');
      link.href = href;
      link.textContent = href;
      link.className = 'of-the-test';
      Object.assign(link.style, { position: 'fixed', zIndex: '9999', top: href.includes('evil') ? '40px' : '0px' });
      document.body.append(link);
    }
  });
  const good = page.getByRole('link', { name: 'https://github.com/' });
  const bad = page.getByRole('link', { name: 'https://evil.example/' });
  await bad.click({ modifiers: ['Control'] });
  await bad.click({ button: 'middle' });
  await bad.click({ modifiers: ['Shift'] });
  await good.click({ modifiers: ['Control'] });
  await expect.poll(opened).toEqual(['https://github.com/']);
  await page.evaluate(() => document.querySelectorAll('.of-the-test').forEach((link) => link.remove()));
  await expectAlone(main, page, address);
});

test('a browser that does not open is no error of the program', async ({ main, page }) => {
  const address = page.url();
  await main.evaluate(({ shell }) => {
    const state = { asked: 0, unhandled: [] as string[] };
    Object.assign(globalThis, { failingOutside: state });
    process.on('unhandledRejection', (reason) => void state.unhandled.push(String(reason)));
    shell.openExternal = () => {
      state.asked += 1;
      return Promise.reject(new Error('there is no browser'));
    };
  });
  type Known = { failingOutside: { asked: number; unhandled: string[] } };
  const state = () => main.evaluate(() => (globalThis as unknown as Known).failingOutside);
  await page.evaluate(() => void window.open('https://github.com/'));
  await expect.poll(state).toEqual({ asked: 1, unhandled: [] });
  await expectAlone(main, page, address);
});
