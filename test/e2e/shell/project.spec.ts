import { readFileSync } from 'node:fs';
import { expect, test } from '../fixtures';
import { autoMpg, openTable } from '../steps';
import { windowsOf } from './desktop';

test('a project that was opened is saved where it is, without a question, and comes back with what was changed', async ({
  app,
}) => {
  const { page, shell } = app;
  if (!shell) throw new Error('This is a test of a shell.');
  const ask = () => page.keyboard.press('Control+o');
  await openTable(app, autoMpg);
  const [file] = await app.saving(() => page.keyboard.press('Control+s'));
  const before = readFileSync(file.path);

  await app.openFile(autoMpg, ask);
  await expect(page).toHaveTitle(/^auto-mpg\.csv/);
  await app.openFile(file.path, ask);
  await expect(page).toHaveTitle(/\.moe – saved – Data/);
  await shell.evaluate(({ dialog }) => {
    dialog.showSaveDialog = () => Promise.reject(new Error('Nobody should be asked.'));
  });
  await page.getByRole('button', { name: /^Role of Weight/ }).click();
  await page.getByRole('menuitemradio', { name: /Ignore|Leave out/ }).click();
  await expect(page).toHaveTitle(/\.moe – unsaved changes/);
  await page.keyboard.press('Control+s');
  await expect(page).toHaveTitle(/\.moe – saved – Data/);
  expect(readFileSync(file.path).equals(before)).toBe(false);
  // The system's title bar says so, too.
  await expect.poll(async () => (await windowsOf(shell))[0].title).toMatch(/\.moe – saved – Data/);

  await app.openFile(autoMpg, ask);
  await expect(page).toHaveTitle(/^auto-mpg\.csv/);
  await app.openFile(file.path, ask);
  await expect(page.getByRole('button', { name: /^Role of Weight.*: (Ignore|Left out)/ })).toBeVisible();
});
