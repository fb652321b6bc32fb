import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { expect, test, type App } from '../fixtures';
import { autoMpg, busyTable, chooseMethods, openTable, runsTable } from '../steps';
import { answerQuestions, begin, clickMenu, crashPage, menuOf, quit, startAgain, windowsOf } from './desktop';

/** The shell of the app, which is there in every project that runs these. */
function shellOf({ shell }: App): ElectronApplication {
  if (!shell) throw new Error('These are tests of a shell.');
  return shell;
}

const screenOf = (page: Page, name: string) => expect(page).toHaveTitle(new RegExp(name));
const item = async (shell: ElectronApplication, id: string) => (await menuOf(shell)).find((one) => one.id === id);
const runningFit = async (app: App) => {
  await openTable(app, busyTable(40_000, 12));
  await app.page.getByRole('button', { name: /Continue to Model/ }).click();
  await chooseMethods(app.page, [/random starts/]);
  await app.page.getByRole('textbox', { name: 'Starts' }).fill('500');
  await app.page.getByRole('textbox', { name: 'Starts' }).press('Tab');
  await app.page.getByRole('button', { name: /^Run / }).click();
  await expect(app.page.getByRole('button', { name: /Cancel/ }).first()).toBeVisible();
};
const finishedFit = async (app: App) => {
  await openTable(app, autoMpg);
  await app.page.getByRole('button', { name: /Continue to Model/ }).click();
  await chooseMethods(app.page, [/random starts/]);
  await app.page.getByRole('button', { name: /^Run / }).click();
  await expect(runsTable(app.page).getByText('Converged').first()).toBeVisible();
};

test('every command with keys that the page knows stands in the native menu with the same keys', async ({ app }) => {
  const shell = shellOf(app);
  await expect(app.page.getByText('Auto MPG').first()).toBeVisible();
  await clickMenu(shell, 'menu:help/shortcuts');
  const rows = app.page.getByRole('dialog').locator('kbd');
  await expect(rows.first()).toBeVisible();
  const keys = await rows.allInnerTexts();
  expect(keys.length).toBeGreaterThan(8);
  const shown = new Set((await menuOf(shell)).map(({ accelerator }) => accelerator.replace('CmdOrCtrl', 'Ctrl')));
  const missing = keys.map((text) => text.trim().split(/\s+/).join('+')).filter((text) => !shown.has(text));
  expect(missing).toEqual([]);
});

test('a click in the native menu does the act in the page', async ({ app }) => {
  const shell = shellOf(app);
  await expect.poll(() => item(shell, 'menu:go/experiments')).toBeTruthy();
  await clickMenu(shell, 'menu:go/experiments');
  await screenOf(app.page, 'Experiments');
});

test('what cannot be done now is grey in the native menu, and can be clicked when it can be done', async ({ app }) => {
  const shell = shellOf(app);
  await expect.poll(async () => (await item(shell, 'menu:run'))?.enabled).toBe(false);
  await openTable(app, autoMpg);
  await expect.poll(async () => (await item(shell, 'menu:run'))?.enabled).toBe(true);
  await clickMenu(shell, 'menu:run');
  await screenOf(app.page, 'Model');
});

test('the theme chosen in the menu is that of the page and of the system around it', async ({ app }) => {
  const shell = shellOf(app);
  const source = () => shell.evaluate(({ nativeTheme }) => nativeTheme.themeSource);
  const checked = async () =>
    (await menuOf(shell)).filter(({ id, checked }) => id.startsWith('menu:theme-') && checked).map(({ id }) => id);
  await expect.poll(checked).toEqual(['menu:theme-system']);
  await clickMenu(shell, 'menu:theme-dark');
  await expect.poll(source).toBe('dark');
  await expect.poll(checked).toEqual(['menu:theme-dark']);
  const ground = () => app.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await ground();
  // A choice that holds already stays ticked when it is clicked again.
  await clickMenu(shell, 'menu:theme-dark');
  await expect.poll(checked).toEqual(['menu:theme-dark']);
  await clickMenu(shell, 'menu:theme-light');
  await expect.poll(source).toBe('light');
  await expect.poll(ground).not.toBe(dark);
  await clickMenu(shell, 'menu:theme-system');
  await expect.poll(source).toBe('system');
});

test('an opened file is in the menu of recent files and on the start screen of a new window', async ({ app }) => {
  const shell = shellOf(app);
  await openTable(app, autoMpg);
  await expect.poll(async () => (await menuOf(shell)).some(({ label }) => label.startsWith('auto-mpg.csv'))).toBe(true);

  const opened = shell.waitForEvent('window');
  await clickMenu(shell, 'menu:window/new');
  const second = await opened;
  await second.getByRole('button', { name: /^auto-mpg\.csv/ }).click();
  await expect(second.getByRole('gridcell').first()).toBeVisible();
  await screenOf(second, 'auto-mpg');
});

test('a recent file that is gone says so in one sentence, and can be taken off the list', async ({ app }) => {
  const shell = shellOf(app);
  const path = join(tmpdir(), `moe-lab-recent-${process.pid}.csv`);
  writeFileSync(path, 'x,y\n1,2\n2,3\n3,5\n');
  await openTable(app, path);
  rmSync(path);
  const name = `moe-lab-recent-${process.pid}.csv`;
  const listed = async () => (await menuOf(shell)).filter(({ label }) => label.startsWith(name)).length;
  await expect.poll(listed).toBe(1);

  const questions = await answerQuestions(shell);
  await clickMenu(shell, name);
  await expect.poll(questions.asked).toHaveLength(1);
  expect((await questions.asked())[0]).toContain(`“${name}” is not in`);
  expect(await listed()).toBe(1);
  await questions.answer('Remove');
  await clickMenu(shell, name);
  await expect.poll(listed).toBe(0);
});

test('the list of recent files can be cleared, in the menu and in every window', async ({ app }) => {
  const shell = shellOf(app);
  await openTable(app, autoMpg);
  const second = await app.newPage();
  await expect(second.getByRole('button', { name: /^auto-mpg\.csv/ })).toBeVisible();
  await clickMenu(shell, 'menu:recent-clear');
  await expect(second.getByRole('button', { name: /^auto-mpg\.csv/ })).toHaveCount(0);
  await expect.poll(async () => (await item(shell, 'menu:recent'))?.enabled).toBe(false);
});

test('a further window lies beside the first, and works by itself', async ({ app }) => {
  const shell = shellOf(app);
  await openTable(app, autoMpg);
  const second = await app.newPage();
  await expect(second.getByText('Auto MPG').first()).toBeVisible();
  await expect.poll(async () => (await windowsOf(shell)).every(({ visible }) => visible)).toBe(true);
  const [a, b] = (await windowsOf(shell)).map(({ bounds }) => bounds);
  expect([b.x, b.y]).not.toEqual([a.x, a.y]);
  await expect(app.page.getByRole('gridcell').first()).toBeVisible();
});

test('closing a window with nothing to lose asks nothing, and the last one ends the program', async ({ app }) => {
  const shell = shellOf(app);
  const questions = await answerQuestions(shell);
  await openTable(app, autoMpg);
  const second = await app.newPage();
  await expect(second.getByText('Auto MPG').first()).toBeVisible();
  const gone = second.waitForEvent('close');
  await shell.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().at(0)?.close());
  await shell.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  expect(await questions.asked()).toEqual([]);
  const ended = shell.waitForEvent('close');
  await shell.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().forEach((window) => window.close()));
  await Promise.all([gone, ended]);
});

test('quitting while a fit runs asks once, and cancelling leaves the fit running', async ({ app }) => {
  const shell = shellOf(app);
  const questions = await answerQuestions(shell);
  await runningFit(app);
  const second = await app.newPage();
  await expect(second.getByText('Auto MPG').first()).toBeVisible();

  await quit(shell);
  await expect.poll(questions.asked).toHaveLength(1);
  expect((await questions.asked())[0]).toMatch(/^1 fit is running/);
  await expect(app.page.getByRole('button', { name: /Cancel/ }).first()).toBeVisible();
  expect(await windowsOf(shell)).toHaveLength(2);

  await questions.answer('Quit');
  const ended = shell.waitForEvent('close');
  await quit(shell);
  await ended;
});

test('closing a window with finished runs that no file holds asks, by the name in its title', async ({ app }) => {
  const shell = shellOf(app);
  const questions = await answerQuestions(shell);
  await finishedFit(app);
  const close = () => shell.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].close());
  await close();
  await expect.poll(questions.asked).toEqual(['“auto-mpg.csv” has unsaved work.']);
  expect(await windowsOf(shell)).toHaveLength(1);
  await questions.answer('Close without');
  const ended = shell.waitForEvent('close');
  await close();
  await ended;
});

test('a second start hands its files to the first, by names of its own folder, and ends', async ({ app }) => {
  const shell = shellOf(app);
  const folder = mkdtempSync(join(tmpdir(), 'moe-lab-second-'));
  for (const name of ['first ü.csv', '--second.csv']) writeFileSync(join(folder, name), 'x,y\n1,2\n2,3\n3,5\n');

  // The window shows nothing yet: the first file is for it.
  expect(await startAgain(shell, folder, ['first ü.csv'])).toBe(0);
  await screenOf(app.page, 'first ü');
  expect(await windowsOf(shell)).toHaveLength(1);

  const opened = shell.waitForEvent('window');
  expect(await startAgain(shell, folder, ['--', '--second.csv'])).toBe(0);
  await screenOf(await opened, '--second');
  await screenOf(app.page, 'first ü');

  expect(await startAgain(shell, folder, [])).toBe(0);
  expect(await windowsOf(shell)).toHaveLength(2);
  rmSync(folder, { recursive: true });
});

test('a file dropped on the icon opens as macOS says it', async ({ app }) => {
  const shell = shellOf(app);
  const dropped = (path: string) =>
    shell.evaluate(({ app }, file) => void app.emit('open-file', { preventDefault: () => undefined }, file), path);
  await dropped(autoMpg);
  await screenOf(app.page, 'auto-mpg');
  const opened = shell.waitForEvent('window');
  await dropped(autoMpg);
  await screenOf(await opened, 'auto-mpg');
});

test('in a home that cannot be written the program starts all the same, and remembers nothing', async ({ launch }) => {
  const file = join(tmpdir(), `moe-lab-no-folder-${process.pid}`);
  writeFileSync(file, '');
  const shell = await launch({ userData: join(file, 'settings') });
  const page = await begin(shell);
  await expect(page.getByText('Auto MPG').first()).toBeVisible();
  rmSync(file);
});

test('several files named at the start have a window each', async ({ launch }) => {
  const folder = mkdtempSync(join(tmpdir(), 'moe-lab-several-'));
  const paths = ['a.csv', 'b.csv'].map((name) => join(folder, name));
  paths.forEach((path) => writeFileSync(path, 'x,y\n1,2\n2,3\n3,5\n'));
  const shell = await launch({ programArguments: paths });
  await begin(shell);
  const titles = async () => (await windowsOf(shell)).map(({ title }) => title.split(' ')[0]);
  await expect.poll(titles).toEqual(['a.csv', 'b.csv']);
  rmSync(folder, { recursive: true });
});

test('the next start finds its window where it was, its theme and its recent files', async ({ launch }) => {
  const first = await launch({ programArguments: [autoMpg] });
  await screenOf(await begin(first), 'auto-mpg');
  await clickMenu(first, 'menu:theme-dark');
  await expect.poll(() => first.evaluate(({ nativeTheme }) => nativeTheme.themeSource)).toBe('dark');
  const place = { x: 20, y: 40, width: 1000, height: 640 };
  await first.evaluate(({ BrowserWindow }, bounds) => BrowserWindow.getAllWindows()[0].setBounds(bounds), place);
  const ended = first.waitForEvent('close');
  await quit(first);
  await ended;

  const second = await launch();
  const page = await begin(second);
  await expect(page.getByRole('button', { name: /^auto-mpg\.csv/ })).toBeVisible();
  expect((await windowsOf(second))[0].bounds).toEqual(place);
  expect(await second.evaluate(({ nativeTheme }) => nativeTheme.themeSource)).toBe('dark');
});

test('a page that crashed is loaded again when the user says so, and its engine has not been touched', async ({
  launch,
}) => {
  const shell = await launch();
  const page = await begin(shell);
  await expect(page.getByText('Auto MPG').first()).toBeVisible();
  const core = () =>
    shell.evaluate(({ app }) =>
      app
        .getAppMetrics()
        .filter(({ type }) => type === 'Utility')
        .map(({ pid }) => pid),
    );
  const before = await core();
  const questions = await answerQuestions(shell);
  await questions.answer('Reload');
  await crashPage(shell);
  await expect.poll(questions.asked).toHaveLength(1);
  expect((await questions.asked())[0]).toContain('This window stopped working');
  const title = () =>
    shell.evaluate(
      ({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0].webContents.executeJavaScript(
          'document.body?.innerText ?? ""',
        ) as Promise<string>,
    );
  await expect.poll(title).toContain('Auto MPG');
  expect(await core()).toEqual(before);
});
