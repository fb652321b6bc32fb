import type { ElectronApplication, Page } from '@playwright/test';
import { shellBinary, test as base } from '../fixtures';
import type { RunningApp } from '../fixtures/app';
import { openShell } from '../fixtures/shell';

export { expect } from '../fixtures';

interface Fixtures {
  /** One program for all tests of a worker: whoever harms it starts another by `launch`. */
  running: RunningApp;
  /** Its main process. */
  main: ElectronApplication;
  /** Its first window's page. */
  page: Page;
}

export const test = base.extend<Fixtures, { sharedApp: () => Promise<RunningApp> }>({
  // Started by the first test that needs it: where there is no shell, the tests are skipped before.
  sharedApp: [
    async ({ host }, use) => {
      const started: Promise<RunningApp>[] = [];
      const start = async () => {
        if (host === 'browser-host') throw new Error('There is no shell in the browser host.');
        return openShell(host, await shellBinary(host), []);
      };
      await use(() => (started[0] ??= start()));
      for (const app of started) await (await app).close();
    },
    { scope: 'worker' },
  ],
  running: async ({ sharedApp }, use) => use(await sharedApp()),
  main: async ({ running }, use) => {
    if (!running.shell) throw new Error('There is no shell.');
    await use(running.shell);
  },
  page: async ({ running }, use) => use(running.page),
});

/** How many windows there are. */
export const windowCount = (main: ElectronApplication): Promise<number> =>
  main.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);

/** From now on nothing opens outside; gives what would have. */
export async function holdOutside(main: ElectronApplication): Promise<() => Promise<string[]>> {
  type Held = { heldOutside: string[] };
  await main.evaluate(({ shell }) => {
    const held: string[] = [];
    Object.assign(globalThis, { heldOutside: held });
    shell.openExternal = (url: string) => {
      held.push(url);
      return Promise.resolve();
    };
  });
  return () => main.evaluate(() => (globalThis as unknown as Held).heldOutside.splice(0));
}

/** The first page of a program that `launch` has started. */
export async function firstPage(started: ElectronApplication): Promise<Page> {
  // The stand-in waits until a test listens.
  await started.evaluate(() => (globalThis as { standIn?: { start(): void } }).standIn?.start());
  const page = await started.firstWindow();
  // A window is there before its page is.
  await page.waitForURL(/bundle/);
  await page.getByText('Auto MPG').first().waitFor();
  return page;
}
