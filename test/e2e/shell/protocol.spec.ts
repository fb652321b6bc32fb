import type { ElectronApplication } from '@playwright/test';
import { outsideThePage, policyFor, safeHeaders } from '../fixtures/page-server';
import { expect, test } from './shared';

/** Asks the program's own scheme, as a page would. */
function ask(main: ElectronApplication, url: string, method = 'GET') {
  return main.evaluate(
    async ({ net }, question) => {
      const answer = await net.fetch(question.url, { method: question.method });
      return {
        status: answer.status,
        headers: Object.fromEntries(answer.headers) as Record<string, string | undefined>,
        text: await answer.text(),
      };
    },
    { url, method },
  );
}

test('every answer carries the whole policy, refusals too (Electron’s security list, 7)', async ({ main }) => {
  const answers = {
    page: await ask(main, 'app://bundle/'),
    absent: await ask(main, 'app://bundle/absent.js'),
    elsewhere: await ask(main, 'app://other/'),
    posted: await ask(main, 'app://bundle/', 'POST'),
  };
  expect(Object.values(answers).map(({ status }) => status)).toEqual([200, 404, 404, 404]);
  for (const [which, { headers }] of Object.entries(answers)) {
    expect(headers['content-security-policy']?.split('; '), which).toEqual(policyFor("'self'"));
    expect(headers, which).toMatchObject(safeHeaders);
  }
});

test('what is served has its type', async ({ main }) => {
  const page = await ask(main, 'app://bundle/');
  expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
  const [, script] = /src="\.?\/([^"]+\.js)"/.exec(page.text) ?? [];
  expect((await ask(main, `app://bundle/${script}`)).headers['content-type']).toBe('text/javascript; charset=utf-8');
});

test('the scheme is a secure one with an origin of its own, and no more than that', async ({ page }) => {
  expect(await page.evaluate(() => window.isSecureContext)).toBe(true);
  expect(await page.evaluate(() => window.origin)).not.toBe('null');
  // What the page does not use is not served to it either: no service worker can be put between it and the program.
  const registered = page.evaluate(() =>
    navigator.serviceWorker?.register('/sw.js').then(
      () => 'registered',
      () => 'refused',
    ),
  );
  expect(await registered).not.toBe('registered');
});

test('no address leads out of the page’s folder (Electron’s security list, 18)', async ({ main }) => {
  const attempt = async (path: string) => {
    const url = `app://bundle/${path}`;
    const { status, text } = await ask(main, url);
    expect(status, url).toBe(404);
    expect(text, url).toBe('There is no such page.');
  };
  await outsideThePage(attempt);
  for (const path of ['/etc/passwd', '%2fetc%2fpasswd']) await attempt(path);
});

test('the page is served under its own name alone', async ({ main }) => {
  for (const host of ['other', 'bundle.evil', 'bundles', 'evil.example', 'localhost', 'bundle:80'])
    expect((await ask(main, `app://${host}/index.html`)).status, host).toBe(404);
});

test('the page is read and nothing else is done to it', async ({ main }) => {
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
    expect((await ask(main, 'app://bundle/index.html', method)).status, method).toBe(404);
});
