import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './fixtures';
import { autoMpg, openTable } from './steps';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no screen has a serious accessibility finding, ${colorScheme}`, async ({ app }) => {
    // The rules look at every element of every screen.
    test.slow();
    const { page } = app;
    // Colours on their way from one scheme to the other are of neither.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const check = async (screen: string) => {
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      const told = serious.map(
        ({ id, nodes }) => `${screen}: ${id} at ${nodes.map(({ target }) => target).join('; ')}`,
      );
      expect(told).toEqual([]);
    };
    await check('start');
    for (const act of ['Keyboard shortcuts', 'Copy diagnostics', 'Licences', 'About MoE Lab']) {
      await page.getByRole('button', { name: 'Help' }).click();
      await check('menu of help');
      await page.getByRole('menuitem', { name: act }).click();
      await check(`help, ${act}`);
      await page.keyboard.press('Escape');
    }
    await page.keyboard.press('Control+Shift+E');
    await page.getByRole('button', { name: 'Run quick' }).click();
    await expect(page.getByText(/^Done in/)).toBeVisible();
    await check('experiments');
    await page.goBack();
    await openTable(app, autoMpg);
    await check('data');
    await page.getByRole('banner').getByText('Explore').click();
    await expect(page.getByRole('img', { name: /Click a cell/ })).toBeVisible();
    await check('explore');
    await page.getByRole('button', { name: /^Columns: / }).click();
    await check('explore, choosing columns');
    await page.keyboard.press('Escape');
    await page.getByRole('radio', { name: 'Pairs' }).click();
    await expect(page.getByRole('img', { name: /Click a panel/ })).toBeVisible();
    await check('explore, pairs');
    await page.getByRole('button', { name: /Continue to Model/ }).click();
    await expect(page.getByRole('button', { name: /^Run / })).toBeEnabled();
    await check('model');
    await page.getByRole('button', { name: /^Run / }).click();
    await page.getByRole('button', { name: 'Show result' }).waitFor();
    await check('runs');
    await page.getByRole('button', { name: 'Show result' }).click();
    await expect(page.getByText(/experts predict/)).toBeVisible();
    await check('results');
    for (const tab of ['Experts', 'Rows', 'Recipe']) {
      await page.getByRole('banner').getByText(tab).click();
      await check(`results, ${tab}`);
    }
  });
}
