import { readFileSync } from 'node:fs';
import { expect, test, type App } from './fixtures';
import { autoMpg, chooseMethods, openTable, runsTable } from './steps';

test('an engine that is gone for good is started again from the page, and everything goes on', async ({ app }) => {
  const { page } = app;
  await openTable(app, autoMpg);
  await page.getByRole('button', { name: /Continue to Model/ }).click();
  await chooseMethods(page, [/Least squares/]);
  await page.getByRole('button', { name: /^Run 1 start/ }).click();
  await expect(runsTable(page).getByText('Converged')).toHaveCount(1);
  await killForGood(app);

  await test.step('what needs the engine is not offered, what the page has is there', async () => {
    await expect(page.getByText('Engine stopped', { exact: true })).toBeVisible();
    await page.getByRole('button', { name: /auto-mpg\.csv/ }).click();
    await expect(page.getByRole('menuitem', { name: /^Save project(?! as)/ })).toBeDisabled();
    await page.keyboard.press('Escape');
    await expect(runsTable(page).getByText('Converged')).toHaveCount(1);
  });

  await page.getByRole('button', { name: 'Start the engine again' }).click();
  await expect(page.getByText(/engine stopped and was started again/i)).toBeVisible();
  // The file is being read again until then.
  await expect(page.getByText('Engine idle')).toBeVisible();

  await test.step('the table is there again, and is saved and fitted', async () => {
    await page.keyboard.press('Control+1');
    await expect(page.getByRole('gridcell').first()).toBeVisible();
    const [file] = await app.saving(() => page.keyboard.press('Control+s'));
    expect(readFileSync(file.path).subarray(0, 2).toString()).toBe('PK');
    await page.keyboard.press('Control+2');
    await page.getByRole('button', { name: /^Run 1 start/ }).click();
    await expect(runsTable(page).getByText('Converged')).toHaveCount(2);
  });

  await test.step('all its attempts are there again, too', async () => {
    await app.killCore();
    await expect(page.getByText('Engine idle')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Start the engine again' })).toHaveCount(0);
  });
  app.faults.splice(0);
});

/** Ends every engine that is started until none is started any more. */
async function killForGood(app: App): Promise<void> {
  const gone = app.page.getByRole('button', { name: 'Start the engine again' });
  await expect(async () => {
    await app.killCore();
    await expect(gone).toBeVisible({ timeout: 200 });
  }).toPass();
}
