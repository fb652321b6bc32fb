import { expect, test } from '../fixtures';
import { autoMpg, busyTable, chooseMethods, openTable, runsTable } from '../steps';

test('before a run on many rows, the screen says what it takes, and the memory it may use is changed with the keyboard', async ({
  app,
}) => {
  const { page } = app;
  await openTable(app, busyTable(120_000, 4));
  await page.getByRole('button', { name: /Continue to Model/ }).click();
  await chooseMethods(page, [/Least squares/, /random starts/]);
  const plan = page.getByRole('region', { name: 'What it takes' });
  await expect(plan.getByText(/^120,000 rows by 4 encoded columns: about .* of memory/)).toBeVisible();
  await expect(plan.getByText('rows in memory')).toBeVisible();
  const methods = plan.getByRole('list', { name: 'Passes and time of each method' }).getByRole('listitem');
  await expect(methods).toHaveCount(2);
  await expect(methods.filter({ hasText: /random starts.*10 starts, about [\d,]+ passes each/ })).toBeVisible();

  // Less than the rows take: they are read from files, and the fit is the same.
  await page.keyboard.press('Control+k');
  await page.keyboard.type('memory limit');
  await page.keyboard.press('Enter');
  const field = page.getByRole('textbox', { name: 'Memory limit in gigabytes' });
  await field.fill('0.02');
  await page.keyboard.press('Enter');
  await expect(plan.getByText('rows read from files')).toBeVisible();
  await expect(plan.getByText(/more than the 20 MB that may be used/)).toBeVisible();
  await chooseMethods(page, [/Least squares/]);
  await page.getByRole('button', { name: /^Run 1 start/ }).click();
  await expect(runsTable(page).getByText('Converged')).toHaveCount(1);
  await page.getByRole('button', { name: 'Show result' }).click();
  await expect(page.getByText(/were read from files/)).toBeVisible();

  await page
    .getByRole('navigation', { name: 'Steps' })
    .getByRole('link', { name: /^Model/ })
    .click();
  // Less than even files take is refused with what it takes, and the way back stays.
  await plan.getByRole('button', { name: /^Change the memory limit/ }).click();
  await field.fill('0.001');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/1 MB may be used: allow at least/).first()).toBeVisible();
  await plan.getByRole('button', { name: /^Change the memory limit/ }).click();
  await page.getByRole('button', { name: /^Back to/ }).click();
  await expect(plan.getByText('rows in memory')).toBeVisible();
});

test('of a small table nothing is said that the button does not say', async ({ app }) => {
  const { page } = app;
  await openTable(app, autoMpg);
  await page.getByRole('button', { name: /Continue to Model/ }).click();
  await expect(page.getByRole('button', { name: /^Run .*about/ })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Before you run' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'What it takes' })).toHaveCount(0);
});
