import { expect, test } from '../fixtures';
import { autoMpg, openTable } from '../steps';

test('a project that cannot be written says why in one sentence, and is not said to be saved', async ({ app }) => {
  const { page, shell } = app;
  await openTable(app, autoMpg);
  await shell?.evaluate(({ dialog }) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: '/no/such/folder/mine.moe' });
  });
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('alert').filter({ hasText: /The folder of .*mine\.moe is not there/ })).toBeVisible();
  await expect(page).not.toHaveTitle(/mine\.moe/);
});
