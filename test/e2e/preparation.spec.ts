import { readFileSync } from 'node:fs';
import { fittedCommand, inspector, pick, pickColumn, select } from './data/forms';
import { expect, test } from './fixtures';
import type { SavedFile, UserFile } from './fixtures/app';
import { autoMpg, openTable } from './steps';

/** The project as a user finds it again: under its own name. */
const found = (file: SavedFile): UserFile => ({
  name: file.name,
  mimeType: 'application/zip',
  buffer: readFileSync(file.path),
});

test('columns are filled in and transformed, groups held out, and all of it is fitted, saved and found again', async ({
  app,
}) => {
  const { page } = app;
  await openTable(app, autoMpg);
  const main = page.getByRole('main');

  await test.step('rows without a value are left out, and the line says because of which column', async () => {
    await page.getByRole('button', { name: /rows left out/ }).click();
    await expect(page.getByText('6 rows without a value, left out.')).toBeVisible();
    await page.getByRole('dialog').getByRole('button', { name: 'Power' }).click();
    await expect(inspector(page).getByRole('heading', { name: 'Power' })).toBeVisible();
  });

  await test.step('the median stands for them', async () => {
    await pick(page, 'No value', /^Median/);
    await expect(inspector(page).getByText(/^6 cells without a value take /)).toBeVisible();
    await expect(page.getByRole('button', { name: /6 cells filled in/ })).toBeVisible();
  });

  await test.step('two columns are transformed at once, and differ in what they do not share', async () => {
    await select(page, 'Weight');
    await select(page, 'Power', true);
    await expect(inspector(page).getByRole('heading', { name: '2 columns' })).toBeVisible();
    await expect(page.getByRole('combobox', { name: /^No value/ })).toHaveText('mixed');
    await pick(page, 'Transform of the selected columns', /^Log$/);
    await select(page, 'Weight');
    await expect(inspector(page).getByText('log(Weight (lb))')).toBeVisible();
  });

  await test.step('the gate alone looks at one of them', async () => {
    await page.getByRole('radio', { name: 'Gate', exact: true }).click();
    await expect(page.getByText('gate only, log')).toBeVisible();
  });

  await test.step('whole groups are held out, and the log of the target is fitted', async () => {
    await page.getByRole('banner').getByRole('button', { name: 'Preparation' }).click();
    await pick(page, 'How rows are held out', /^Whole groups/);
    await pickColumn(page, 'Column of the split', 'Name');
    await page.getByRole('radio', { name: '30%' }).click();
    await expect(main.getByText(/\d+ train, \d+ held out/)).toBeVisible();
    await select(page, 'Fuel economy');
    await pick(page, 'Role', /^Target/);
    await page.getByRole('banner').getByRole('button', { name: 'Preparation' }).click();
    await pick(page, 'Transform of the target', /^Its log/);
    await expect(main.getByText(/predictions and errors stay in mpg/)).toBeVisible();
  });

  await test.step('the numbers the model sees are shown with the rows that are held out', async () => {
    const rows = main.getByRole('group', { name: 'Encoded rows' });
    await expect(rows.getByRole('columnheader', { name: 'log(Weight (lb))' })).toBeVisible();
    await expect(
      rows.getByRole('row', { name: /^1 (train|held out) 8 307 4\.8\d+ 12 1970 0 0 8\.1\d+$/ }),
    ).toBeVisible();
    await expect(rows.getByText('held out').first()).toBeVisible();
  });

  await test.step('what is decided can be undone and done again', async () => {
    await page.keyboard.press('Control+z');
    await expect(main.getByText(/predictions and errors stay/)).toHaveCount(0);
    await page.keyboard.press('Control+Shift+z');
    await expect(main.getByText(/predictions and errors stay/)).toBeVisible();
  });

  const command = await test.step('the fit knows all of it, and its command says it', async () => {
    const shown = await fittedCommand(page);
    for (const part of [
      "--missing-policy 'Power (hp)=median'",
      "--transform 'Power (hp)=log'",
      "--transform 'Weight (lb)=log'",
      '--target-transform log',
      '--split grouped:Name',
      '--test-fraction 0.3',
      '--gate-features',
    ])
      expect(shown).toContain(part);
    return shown;
  });

  await test.step('a saved project keeps every choice', async () => {
    const [file] = await app.saving(() => page.keyboard.press('Control+s'));
    await page.reload();
    await page.getByRole('main').waitFor();
    await app.openFile(found(file), () => page.keyboard.press('Control+o'));
    await expect(page).toHaveTitle(/^auto-mpg\.moe – saved – Results/);
    await page.getByRole('banner').getByText('Recipe').click();
    expect(await main.getByText(/^moe-lab fit/).innerText()).toBe(command);
    await expect(page.getByText(/^Made with/)).toHaveCount(0);
    await page.keyboard.press('Control+1');
    await page.getByRole('banner').getByRole('button', { name: 'Preparation' }).click();
    await expect(page.getByRole('combobox', { name: 'Transform of the target' })).toHaveText('Its log');
    await expect(page.getByRole('combobox', { name: 'How rows are held out' })).toHaveText('Whole groups');
    await expect(page.getByText('no value: median, log')).toBeVisible();
    await expect(page.getByText('gate only, log')).toBeVisible();
  });
});

test('a column of the file’s own says which rows are held out, and is no feature then', async ({ app }) => {
  const { page } = app;
  const rows = Array.from(
    { length: 60 },
    (_, i) => `${i % 7},${(i * 37) % 11},${i % 3 ? 'train' : 'test'},${2 * (i % 7) + (i % 5)}`,
  );
  await openTable(app, {
    name: 'own.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`a,b,part,y\n${rows.join('\n')}\n`),
  });
  await page.getByRole('banner').getByRole('button', { name: 'Preparation' }).click();
  await pick(page, 'How rows are held out', /^By a column/);
  await expect(page.getByRole('button', { name: 'Column of the split: part' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'test', exact: true })).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByText('40 train, 20 held out')).toBeVisible();
  await page
    .getByRole('banner')
    .getByRole('button', { name: /^Columns/ })
    .click();
  await expect(page.getByRole('button', { name: 'Role of part: Ignore' })).toBeVisible();
  await expect(page.getByText('column of the split')).toBeVisible();
});
