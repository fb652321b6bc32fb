import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import type { SavedFile, UserFile } from './fixtures/app';
import { autoMpg, busyTable, chooseMethods, openTable, runsTable } from './steps';

/** The project as a user finds it again: under its own name. */
const found = (file: SavedFile): UserFile => ({
  name: file.name,
  mimeType: 'application/zip',
  buffer: readFileSync(file.path),
});

const save = (page: Page) => page.keyboard.press('Control+s');
/** By the keys: they work on every screen. */
const ask = (page: Page) => () => page.keyboard.press('Control+o');

async function fitTwo(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Continue to Model/ }).click();
  await chooseMethods(page, [/Least squares/, /random starts/]);
  await page.getByRole('button', { name: /^Run / }).click();
  await expect(runsTable(page).getByText('Converged')).toHaveCount(2);
}

test('a project is saved and comes back with its table, runs, curves and results, and fits on', async ({ app }) => {
  const { page } = app;
  await openTable(app, autoMpg);
  await page.getByRole('button', { name: /^Role of Weight/ }).click();
  await page.getByRole('menuitemradio', { name: /Ignore|Leave out/ }).click();
  await fitTwo(page);
  await expect(page).toHaveTitle(/not saved yet/);
  await page.getByRole('button', { name: 'Show result' }).click();
  const finding = await page.getByText(/experts predict Model year/).innerText();

  const [file] = await app.saving(() => save(page));
  expect(file.name).toBe('auto-mpg.moe');
  await expect(page).toHaveTitle(/^auto-mpg\.moe – saved – Results/);
  await expect(page.getByRole('banner').getByText(/^Saved \d/)).toBeVisible();

  await test.step('in a fresh window', async () => {
    await page.reload();
    await page.getByRole('main').waitFor();
    await expect(page).toHaveTitle(/MoE Lab/);
    await app.openFile(found(file), ask(page));
    await expect(page).toHaveTitle(/^auto-mpg\.moe – saved – Results/);
    await expect(page.getByText(finding)).toBeVisible();
  });

  await test.step('the table, what was chosen, the runs and their curves are there', async () => {
    await page.keyboard.press('Control+1');
    await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', /40\d/);
    await expect(page.getByRole('button', { name: /^Role of Weight.*: (Ignore|Left out)/ })).toBeVisible();
    await page.keyboard.press('Control+3');
    await expect(runsTable(page).getByText('Converged')).toHaveCount(2);
    await expect(page.getByRole('img', { name: /EM from random starts/ }).first()).toBeVisible();
  });

  await test.step('rows of a kept result are asked of the table in the project', async () => {
    await page.keyboard.press('Control+4');
    await page.getByRole('banner').getByText('Rows').click();
    await expect(page.getByRole('gridcell').first()).toBeVisible();
  });

  await test.step('one more run makes it unsaved work, which opening another project asks about', async () => {
    await page.keyboard.press('Control+2');
    await page.getByRole('button', { name: /^Run / }).click();
    await expect(runsTable(page).getByText('Converged')).toHaveCount(4);
    await expect(page).toHaveTitle(/unsaved changes/);
    await app.openFile(found(file), ask(page));
    await expect(page.getByRole('dialog', { name: 'Open “auto-mpg.moe”' })).toBeVisible();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await expect(runsTable(page).getByText('Converged')).toHaveCount(4);
    await app.openFile(found(file), ask(page));
    await page.getByRole('dialog').getByRole('button', { name: 'Don’t save' }).click();
    await expect(page).toHaveTitle(/^auto-mpg\.moe – saved – Results/);
    await page.keyboard.press('Control+3');
    await expect(runsTable(page).getByText('Converged')).toHaveCount(2);
  });
});

test('the table of a project is there again after the engine has died', async ({ app }) => {
  const { page } = app;
  await openTable(app, autoMpg);
  const [file] = await app.saving(() => save(page));
  await page.reload();
  await page.getByRole('main').waitFor();
  await app.openFile(found(file), ask(page));
  await expect(page.getByRole('gridcell').first()).toBeVisible();
  await app.killCore();
  await expect(page.getByText(/engine .*(again|restarted)/i).first()).toBeVisible();
  await page.getByRole('button', { name: /Continue to Model/ }).click();
  await chooseMethods(page, [/Least squares/]);
  await page.getByRole('button', { name: /^Run 1 start/ }).click();
  // A run that is started before the file has been read again says that the table is not open, and is run again.
  const again = page.getByRole('button', { name: 'Run again', exact: true });
  await expect(async () => {
    if (await again.isVisible()) await again.click();
    await expect(runsTable(page).getByText('Converged').first()).toBeVisible({ timeout: 3000 });
  }).toPass();
});

test('a damaged project is refused with one sentence, and what is open stays', async ({ app }) => {
  const { page } = app;
  await openTable(app, autoMpg);
  const [file] = await app.saving(() => save(page));
  const whole = readFileSync(file.path);
  const broken = Buffer.from(whole);
  broken[Math.floor(broken.length / 2)] ^= 1;
  for (const buffer of [broken, whole.subarray(0, whole.length / 2)]) {
    await app.openFile({ name: 'broken.moe', mimeType: 'application/zip', buffer }, ask(page));
    await expect(page.getByText(/“broken\.moe” is damaged/).first()).toBeVisible();
    await expect(page.getByRole('gridcell').first()).toBeVisible();
  }
});

test('a result of many rows is packed and comes back, too', async ({ app }) => {
  const { page } = app;
  await openTable(app, busyTable(8000, 5));
  await page.getByRole('button', { name: /Continue to Model/ }).click();
  await chooseMethods(page, [/Least squares/]);
  await page.getByRole('button', { name: /^Run 1 start/ }).click();
  await expect(runsTable(page).getByText('Converged')).toHaveCount(1);
  const [file] = await app.saving(() => save(page));
  await page.reload();
  await app.openFile(found(file), ask(page));
  await expect(page).toHaveTitle(/^busy\.moe – saved – Results/);
  await expect(page.getByText(/predict(s)? y/).first()).toBeVisible();
});

test('another table asks about choices made by hand; the same file never does', async ({ app }) => {
  const { page } = app;
  await openTable(app, autoMpg);
  const role = page.getByRole('button', { name: /^Role of Weight/ });
  await role.click();
  await page.getByRole('menuitemradio', { name: /Ignore|Leave out/ }).click();
  await app.openFile(autoMpg, ask(page));
  await expect(page.getByText(/Opening/)).toHaveCount(0);
  await expect(role).toHaveAccessibleName(/: (Ignore|Left out)/);

  const question = page.getByRole('dialog', { name: 'Open “busy.csv”' });
  await app.openFile(busyTable(50, 2), ask(page));
  await expect(question).toContainText('What you chose for “auto-mpg.csv” is in no project file and would be lost.');
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(role).toHaveAccessibleName(/: (Ignore|Left out)/);
  await app.openFile(busyTable(50, 2), ask(page));
  await question.getByRole('button', { name: 'Don’t save' }).click();
  await expect(page).toHaveTitle(/^busy\.csv – no changes/);
});
