import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { shellBinary, test as base } from '../fixtures';
import { newFolder, removeFolder } from '../fixtures/folder';
import { letStart } from '../fixtures/shell';

export { expect } from '../fixtures';

/** What the preload exposes to the page. */
export interface Bare {
  numbers(values: Float64Array): Float64Array;
  later<T>(value: T): Promise<{ value: T }>;
  fails(): void;
  listen(listener: (...words: unknown[]) => void): void;
  ask(...args: unknown[]): Promise<unknown>;
  tell(...args: unknown[]): void;
  pathOf(file: File): string;
}

interface Fixtures {
  /** The window's webPreferences, beside its preload. */
  preferences: object;
  bare: ElectronApplication;
  page: Page;
  /** A server of the outside world: `/redirect` leads to `/there`. Gives its address. */
  elsewhere: string;
}

/** How long the program may take to end by itself, ms. */
const CLOSE_MS = 20_000;

const folder = fileURLToPath(new URL('bare', import.meta.url));

/** The least program in Electron, with none of the application's locks: what happens there is what the locks must stop. */
export const test = base.extend<Fixtures>({
  preferences: [{}, { option: true }],
  bare: async ({ host, preferences }, use) => {
    if (host === 'browser-host') throw new Error('There is no shell in the browser host.');
    const userData = newFolder();
    const bare = await _electron.launch({
      executablePath: await shellBinary(host),
      args: [`--user-data-dir=${userData}`, folder],
      colorScheme: null,
      env: { ...(process.env as Record<string, string>), BARE: JSON.stringify(preferences) },
    });
    await letStart(bare);
    await use(bare);
    // What is tested here is not how the program ends: one whose page will not go is ended.
    const kill = setTimeout(() => bare.process().kill('SIGKILL'), CLOSE_MS);
    await bare.close();
    clearTimeout(kill);
    await removeFolder(userData);
  },
  page: async ({ bare }, use) => {
    const page = await bare.firstWindow();
    await page.waitForURL(/bundle/);
    await page.waitForLoadState();
    await use(page);
  },
  // eslint-disable-next-line no-empty-pattern -- Playwright reads what a fixture needs from this pattern
  elsewhere: async ({}, use) => {
    const server = createServer(({ url }, response) => {
      if (url === '/redirect') return void response.writeHead(302, { location: '/there' }).end();
      response.writeHead(200, { 'content-type': 'text/html', 'access-control-allow-origin': '*' });
      response.end('<title>elsewhere</title>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.close();
    server.closeAllConnections();
  },
});

/** The page's own window, with what the preload has put there. */
export type BareWindow = Window & { bare: Bare; pageSees: Record<string, string> };
