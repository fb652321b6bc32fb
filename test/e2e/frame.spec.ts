import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { autoMpg, chooseMethods, openTable } from './steps';

/** Drops files that a script made, as nothing but a test does: a page in a browser gets them as any others. */
async function drop(page: Page, names: readonly string[]): Promise<void> {
  await page.evaluate((dropped) => {
    const dataTransfer = new DataTransfer();
    dropped.forEach((name) => dataTransfer.items.add(new File(['a,b\n1,2\n3,5\n4,7\n'], name)));
    for (const type of ['dragover', 'drop'])
      document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
  }, names);
}

test('title, bar and status name what is open and whether a file holds it', async ({ app }) => {
  const { page } = app;
  await expect(page).toHaveTitle('MoE Lab');
  await expect(page.getByRole('banner')).toContainText('No file open');
  await openTable(app, autoMpg);
  await expect(page).toHaveTitle('auto-mpg.csv – no changes – Data – MoE Lab');
  await page.getByRole('button', { name: /Continue to Model/ }).click();
  await chooseMethods(page, [/Least squares/]);
  await page.getByRole('button', { name: /^Run / }).click();
  await expect(page).toHaveTitle('auto-mpg.csv – not saved yet – Runs – MoE Lab');
  await expect(page.getByRole('banner')).toContainText('Not saved yet');
  await expect(page.getByRole('contentinfo')).toContainText('Not saved yet');
});

test('what is open leads to the acts with files, and what cannot be done now is greyed', async ({ app }) => {
  const { page } = app;
  await page
    .getByRole('banner')
    .getByRole('button', { name: /No file open/ })
    .click();
  await expect(page.getByRole('menuitem', { name: /^Open…/ })).toBeEnabled();
  await expect(page.getByRole('menuitem', { name: /New window/ })).toBeEnabled();
  await expect(page.getByRole('menuitem', { name: /Export this run/ })).toBeDisabled();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
});

test('help lists the keys, copies diagnostics and says what the application is', async ({ app }) => {
  const { page } = app;
  const dialog = page.getByRole('dialog');
  await expect(page.getByText('Engine ready')).toBeVisible();
  await page.keyboard.press('F1');
  await expect(dialog.getByRole('listitem').filter({ hasText: 'Go to Results' })).toContainText('4');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);

  await page.getByRole('button', { name: 'Help' }).click();
  await page.getByRole('menuitem', { name: 'Copy diagnostics' }).click();
  const text = dialog.getByRole('region', { name: 'Diagnostics' });
  await expect(text).toContainText('shown: start');
  await expect(text).toContainText('engine: ready');
  await expect(dialog.getByRole('status')).not.toContainText('gathered');
  await dialog.getByRole('button', { name: 'Close' }).click();

  await page.getByRole('button', { name: 'Help' }).click();
  await page.getByRole('menuitem', { name: 'About MoE Lab' }).click();
  await expect(dialog).toContainText(/Version\s*\d+\.\d+\.\d+/);
});

test('a drop of several files takes the first and says so; a host that knows its files refuses what a script made up', async ({
  app,
}) => {
  const { page } = app;
  await drop(page, ['first.csv', 'second.csv']);
  await expect(page.getByText('“first.csv” was taken, “second.csv” was left.')).toBeVisible();
  if (app.host === 'browser-host') await expect(page).toHaveTitle(/^first\.csv/);
  else await expect(page.getByRole('alert').filter({ hasText: /first\.csv was not opened/ })).toBeVisible();
});

test('the page follows the system between light and dark while it is open, until one is chosen', async ({ app }) => {
  const { page } = app;
  const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(theme).toBe('dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await expect.poll(theme).toBe('light');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('theme dark');
  await page.keyboard.press('Enter');
  await expect.poll(theme).toBe('dark');
});

test('a window enlarged to 200% still reaches everything', async ({ app }) => {
  const { page } = app;
  await page.setViewportSize({ width: 640, height: 400 });
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(await overflow()).toBeLessThanOrEqual(0);
  await page.getByRole('button', { name: 'Help' }).click();
  await page.getByRole('menuitem', { name: 'Keyboard shortcuts' }).click();
  const close = page.getByRole('dialog').getByRole('button', { name: 'Close' });
  await close.scrollIntoViewIfNeeded();
  await expect(close).toBeInViewport();
  await close.click();
  await openTable(app, autoMpg);
  expect(await overflow()).toBeLessThanOrEqual(0);
  await page
    .getByRole('banner')
    .getByRole('button', { name: /No changes/ })
    .click();
  await expect(page.getByRole('menuitem', { name: /^Open…/ })).toBeInViewport();
});
