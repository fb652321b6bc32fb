import { expect, test } from './fixtures';
import { autoMpg, busyTable, chooseMethods, openTable, runsTable } from './steps';

test('a fit that is cancelled stops at once and keeps its best parameters, marked as partial', async ({ app }) => {
  const { page } = app;
  await openTable(app, busyTable(40_000, 12));
  await page.getByRole('button', { name: /Continue to Model/ }).click();
  await chooseMethods(page, [/random starts/]);
  await page.getByRole('button', { name: /^Run / }).click();
  await expect(page.getByRole('button', { name: /Cancel/ }).first()).toBeVisible();
  await expect(
    page
      .getByRole('table')
      .getByText(/^[1-9]\d*$/)
      .first(),
  ).toBeVisible();
  await page
    .getByRole('button', { name: /Cancel/ })
    .first()
    .click();
  await expect(page.getByText(/best so far/i).first()).toBeVisible({ timeout: 5000 });
  await page.getByRole('button', { name: 'Show result' }).click();
  await expect(page.getByText(/experts predict y/)).toBeVisible();
});

test('a broken file gets one sentence and loses nothing', async ({ app }) => {
  const { page } = app;
  const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(64)]);
  await app.openFile({ name: 'numbers.csv', mimeType: 'text/csv', buffer: png });
  await expect(page.getByRole('alert').filter({ hasText: 'numbers.csv' })).toBeVisible();

  await openTable(app, autoMpg);
  await page.keyboard.press('Control+o');
  await expect(page.getByRole('grid')).toBeVisible();
});

test('the engine killed during a fit comes back, and finished results are kept', async ({ app }) => {
  const { page } = app;
  await openTable(app, autoMpg);
  await page.getByRole('button', { name: /Continue to Model/ }).click();
  await chooseMethods(page, [/random starts/]);
  await page.getByRole('button', { name: /^Run / }).click();
  await expect(runsTable(page).getByText('Converged').first()).toBeVisible();

  // A second run, long enough to be killed: more starts.
  await page.getByRole('navigation').getByText('Model').click();
  await page.getByRole('textbox', { name: 'Starts' }).fill('500');
  await page.getByRole('textbox', { name: 'Starts' }).press('Tab');
  await page.getByRole('button', { name: /^Run / }).click();
  await expect(page.getByRole('button', { name: /Cancel/ }).first()).toBeVisible();
  await app.killCore();

  await expect(page.getByText(/engine stopped/i).first()).toBeVisible();
  await expect(runsTable(page).getByText('Converged').first()).toBeVisible();
  await expect(page.getByText(/Interrupted|run again/i).first()).toBeVisible();

  await page.getByRole('row', { name: /Converged/ }).click();
  await page.getByRole('button', { name: 'Show result' }).click();
  await expect(page.getByText(/experts predict Model year/)).toBeVisible();
  // Rows come from the engine: the file was opened again behind the scenes.
  await page.getByRole('banner').getByText('Rows').click();
  await expect(page.getByRole('gridcell').first()).toBeVisible();
});
