import { join } from 'node:path';
import { expect, test as base, type Browser, type ElectronApplication } from '@playwright/test';
import { installedChromium } from '../../scripts/lib/chromium.mjs';
import { findElectron } from '../../scripts/lib/electron-binary.mjs';
import { buildStandIn } from '../stand-in/build';
import type { App, HostName } from './fixtures/app';
import { openBrowserHost } from './fixtures/browser-host';
import { newFolder, removeFolder } from './fixtures/folder';
import { appRoot } from './fixtures/root';
import { closeShell, launchShell, openShell, type LaunchOptions } from './fixtures/shell';

export type { App, HostName, SavedFile, UserFile } from './fixtures/app';
export { expect };

/** Starts one more program of the same kind; what is left of it ends with the test. */
type Launch = (options?: Partial<Omit<LaunchOptions, 'executablePath'>>) => Promise<ElectronApplication>;

export interface Options {
  /** What the user gives the program: for example a file to open. */
  programArguments: string[];
}

export interface Fixtures {
  hostIsThere: void;
  app: App;
  /** For tests of starting itself; `app` is one start with one window. Shells only. */
  launch: Launch;
}

export interface WorkerFixtures {
  /** Set by the project: which program shows the page. */
  host: HostName;
  chromium: () => Promise<Browser>;
}

/**
 * `app` is the built application with one window, in the program that the project names. The test fails on any console error, any
 * exception in a page, any violation of the content security policy and any request to another host.
 */
export const test = base.extend<Options & Fixtures, WorkerFixtures>({
  host: ['browser-host', { option: true, scope: 'worker' }],
  programArguments: [[], { option: true }],
  // Before anything that would start one.
  hostIsThere: [
    async ({ host }, use) => {
      if (host === 'electron') requireElectron();
      else
        base.skip(
          !installedChromium(),
          'No Chrome, Edge or Chromium here: the application was NOT tested in a browser.',
        );
      await use();
    },
    { auto: true },
  ],
  // Started by the first test that needs it: shells bring their own.
  chromium: [
    async ({ playwright }, use) => {
      const started: Promise<Browser>[] = [];
      await use(() => (started[0] ??= playwright.chromium.launch()));
      for (const browser of started) await (await browser).close();
    },
    { scope: 'worker' },
  ],
  app: async ({ host, chromium, programArguments }, use) => {
    const app =
      host === 'browser-host'
        ? await openBrowserHost(await chromium(), programArguments)
        : await openShell(host, await shellBinary(host), programArguments);
    // A page is there before what it is made of listens to keys and drops.
    await app.page.getByRole('main').waitFor();
    await use(app);
    await app.close();
    expect(app.faults, 'the page ran without a fault').toEqual([]);
  },
  launch: async ({ host }, use) => {
    if (host === 'browser-host')
      throw new Error('There is no shell in the browser host: put this test into test/e2e/shell.');
    const folder = newFolder();
    const executablePath = await shellBinary(host);
    const started: ElectronApplication[] = [];
    await use(async (options = {}) => {
      const shell = await launchShell({ executablePath, userData: join(folder, 'user-data'), ...options });
      started.push(shell);
      return shell;
    });
    for (const shell of started) await closeShell(shell);
    await removeFolder(folder);
  },
});

const realElectron = () => findElectron(appRoot, process.env, process.platform).path ?? null;

/** The executable of a shell. Where it is missing, `hostIsThere` has skipped the test before. */
export async function shellBinary(host: 'stand-in' | 'electron'): Promise<string> {
  return host === 'stand-in' ? buildStandIn() : (realElectron() as string);
}

/** Without the binary the real shell goes untested, and whoever reads the results must see it. */
function requireElectron(): void {
  if (realElectron()) return;
  if (process.env.REQUIRE_ELECTRON === '1')
    throw new Error('Electron binary not installed, and REQUIRE_ELECTRON=1 asks for it.');
  base.skip(true, 'Electron binary not installed; REAL SHELL NOT TESTED');
}
