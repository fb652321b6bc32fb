import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { appRoot } from '../fixtures/root';
import { expect, test } from './shared';

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
];

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
    expect(headers['content-security-policy']?.split('; '), which).toEqual(POLICY);
    expect(headers, which).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
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
  // A folder beside the page whose name begins like the page's own.
  const beside = join(appRoot, 'out/renderer-beside');
  mkdirSync(beside, { recursive: true });
  writeFileSync(join(beside, 'secret.txt'), 'secret');
  try {
    const outside = ['renderer-beside/secret.txt', 'main/main.js', '../package.json'];
    const steps = [
      '../',
      '..%2f',
      '%2e%2e/',
      '%2e%2e%2f',
      '%252e%252e%252f',
      '..\\',
      '..%5c',
      './/../',
      'assets/../../',
    ];
    const urls = [
      ...steps.flatMap((step) => outside.map((path) => `app://bundle/${step}${path}`)),
      `app://bundle/${join(appRoot, 'package.json')}`,
      `app://bundle/${encodeURIComponent(join(appRoot, 'package.json'))}`,
      'app://bundle//etc/passwd',
      'app://bundle/%2fetc%2fpasswd',
      'app://bundle/C:/windows/win.ini',
      'app://bundle/C:%5cwindows%5cwin.ini',
      'app://bundle/index.html%00',
      'app://bundle/index.html%00.js',
      'app://bundle/%00',
      'app://bundle/%',
      'app://bundle/%ff%fe',
      'app://bundle/assets',
      'app://bundle/assets/',
    ];
    for (const url of urls) {
      const { status, text } = await ask(main, url);
      expect(status, url).toBe(404);
      expect(text, url).toBe('There is no such page.');
    }
  } finally {
    rmSync(beside, { recursive: true });
  }
});

test('the page is served under its own name alone', async ({ main }) => {
  for (const host of ['other', 'bundle.evil', 'bundles', 'evil.example', 'localhost', 'bundle:80'])
    expect((await ask(main, `app://${host}/index.html`)).status, host).toBe(404);
});

test('the page is read and nothing else is done to it', async ({ main }) => {
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
    expect((await ask(main, 'app://bundle/index.html', method)).status, method).toBe(404);
});
