import { expect, test } from '../fixtures';
import { autoMpg, chooseMethods, openTable } from '../steps';

test('a browser asks before it closes a page whose work no file holds, and only then', async ({ app }) => {
  const { page } = app;
  await openTable(app, autoMpg);
  await page.getByRole('button', { name: /Continue to Model/ }).click();
  await chooseMethods(page, [/Least squares/]);
  await page.getByRole('button', { name: /^Run / }).click();
  await expect(page).toHaveTitle(/not saved yet/);
  const asked = page.waitForEvent('dialog');
  await page.close({ runBeforeUnload: true });
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.dismiss();
  await expect(page).toHaveTitle(/not saved yet/);

  const looked = await app.newPage();
  await looked.getByText('Auto MPG').first().click();
  await expect(looked.getByRole('gridcell').first()).toBeVisible();
  looked.once('dialog', () => app.faults.push('asked about a table that was only looked at'));
  const closed = looked.waitForEvent('close');
  await looked.close({ runBeforeUnload: true });
  await closed;
});
