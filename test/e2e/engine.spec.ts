import { readFileSync } from 'node:fs';
import { expect, test, type App } from './fixtures';
import { autoMpg, busyTable, chooseMethods, openTable } from './steps';

test('a table that is opened while the engine restarts is there when it is back', async ({ app }) => {
  await expect(app.page.getByText('Auto MPG').first()).toBeVisible();
  await app.killCore();
  await openTable(app, autoMpg);
  app.faults.splice(0);
});

test('a window that is closed takes its fits along', async ({ app }) => {
  test.skip(process.platform !== 'linux', 'What a process computes is read from /proc, which only Linux has.');
  test.slow();
  const { page } = app;
  // The program goes on with its other window.
  const other = await app.newPage();
  await openTable(app, busyTable(40_000, 12));
  await page.getByRole('button', { name: /Continue to Model/ }).click();
  await chooseMethods(page, [/random starts/]);
  await page.getByRole('textbox', { name: 'Starts' }).fill('1000');
  await page.getByRole('textbox', { name: 'Starts' }).press('Tab');
  await page.getByRole('button', { name: /^Run / }).click();
  await expect(page.getByRole('button', { name: /Cancel/ }).first()).toBeVisible();
  await expect.poll(() => workOf(app)).toBeGreaterThan(BUSY);

  await leave(app);
  await expect.poll(() => workOf(app), { timeout: 20_000 }).toBeLessThan(BUSY);
  await expect(other.getByText('Auto MPG').first()).toBeVisible();
});

/** Hundredths of a second of work in a second: an idle engine has two or three, a fit on a crowded computer still this many. */
const BUSY = 8;

/** How much the engine computes in a second from now, in hundredths of a second. */
async function workOf(app: App): Promise<number> {
  const [core] = await app.cores();
  const before = ticksOf(core);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  return ticksOf(core) - before;
}

function ticksOf(pid: number): number {
  // "pid (name) state ppid …": the name may hold blanks; utime and stime are the 14th and the 15th.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

/** Closes the first window, as a user does who does not want to keep what runs in it. */
async function leave({ page, shell }: App): Promise<void> {
  const closed = page.waitForEvent('close');
  if (shell) {
    await shell.evaluate(({ dialog, BrowserWindow }) => {
      dialog.showMessageBox = (...args: unknown[]) => {
        const { buttons = [] } = args.at(-1) as { buttons?: string[] };
        return Promise.resolve({ response: buttons.length - 1, checkboxChecked: false });
      };
      const [first] = BrowserWindow.getAllWindows().sort((a, b) => a.id - b.id);
      first.close();
    });
  } else await page.close();
  await closed;
}
