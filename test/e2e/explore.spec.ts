import { expect, test } from './fixtures';
import { autoMpg, openTable } from './steps';

test('columns are explored before anything is fitted: correlations, points of a pair, plots of pairs', async ({
  app,
}) => {
  const { page } = app;
  await openTable(app, autoMpg);
  await page.getByRole('banner').getByText('Explore').click();
  const map = page.getByRole('img', { name: /Click a cell for its points/ });
  const points = page.getByRole('region', { name: 'Points of two columns' });

  await test.step('every pair is in the map, and its numbers are a table too', async () => {
    await expect(map).toBeVisible();
    await page.getByRole('button', { name: 'View as table' }).first().click();
    const row = page.getByRole('row', { name: /Weight.*Displacement|Displacement.*Weight/ });
    await expect(row).toContainText('0.93');
    await page.getByRole('button', { name: 'View as chart' }).first().click();
  });

  await test.step('keys go through the cells, and Enter shows the points of one', async () => {
    await map.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    await expect(page.getByText(/Fuel economy and Displacement|Displacement and Fuel economy/).first()).toBeAttached();
    await page.keyboard.press('Enter');
    await expect(points.getByRole('button', { name: 'Up: Displacement' })).toBeVisible();
    await expect(points.getByRole('img', { name: /N = 398 rows with both values/ })).toBeVisible();
  });

  await test.step('the strongest pairs are named and lead to their points', async () => {
    await page
      .getByRole('region', { name: /^Nearly the same/ })
      .getByRole('button')
      .first()
      .click();
    await expect(points.getByRole('img', { name: /rises as .* rises/ })).toBeVisible();
  });

  await test.step('marks tell a third column, and the choice is found by typing', async () => {
    await points.getByRole('button', { name: /^Marks/ }).click();
    await page.getByRole('combobox', { name: /Marks/ }).fill('ori');
    await page.keyboard.press('Enter');
    await expect(points.getByRole('button', { name: 'Marks: Origin' })).toBeVisible();
    await points.getByRole('button', { name: 'Export chart' }).click();
    const [file] = await app.saving(() => page.getByRole('menuitem', { name: /CSV/ }).click());
    expect(file.text().split('\n')[0]).toMatch(/^row_from_0,.*,Origin/i);
  });

  await test.step('plots of pairs show chosen columns, and a panel leads to its points', async () => {
    await page.getByRole('radio', { name: 'Pairs' }).click();
    const plots = page.getByRole('img', { name: /Click a panel/ });
    await expect(plots).toBeVisible();
    await page.getByRole('button', { name: /^Columns: / }).click();
    // The target is among the columns that are shown at first.
    await page.getByRole('option', { name: /Model year/, selected: true }).click();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('img', { name: /^4 columns, each against every other/ })).toBeVisible();
    await plots.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect(points).toBeVisible();
  });
});

test('a table with nothing to compare says so', async ({ app }) => {
  const { page } = app;
  const lines = Array.from({ length: 60 }, (_, i) => `word ${i},other ${i}`);
  const buffer = Buffer.from(`word,other\n${lines.join('\n')}\n`);
  await openTable(app, { name: 'words.csv', mimeType: 'text/csv', buffer });
  await page.getByRole('banner').getByText('Explore').click();
  await expect(page.getByText('There is nothing to compare')).toBeVisible();
});
