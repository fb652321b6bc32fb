import { readFileSync } from 'node:fs';
import { expect, test } from '../fixtures';
import type { UserFile } from '../fixtures';
import { openTable } from '../steps';
import { inspector, pick, select, show } from './forms';

/** 120 readings of two sites, with a code for no value in `co`, and a column that is known only with the target. */
const site = (i: number): string => (i % 3 ? 'north' : 'south');
const readings: UserFile = {
  name: 'readings.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(
    [
      'site,x,co,price_in_pence,price',
      ...Array.from({ length: 120 }, (_, i) => {
        const price = ((i * 37) % 101) + (i % 7) / 4;
        return [site(i), (i * 13) % 29, i % 12 ? 1 + ((i * 5) % 9) : -200, 100 * price, price].join(',');
      }),
    ].join('\n'),
  ),
};

test('what is filtered in the table is what is explored: the same rows', async ({ app }) => {
  const { page } = app;
  await openTable(app, readings);
  await page.getByRole('button', { name: 'Filter by site' }).click();
  await page.getByRole('checkbox', { name: 'south' }).click();
  await page.getByRole('button', { name: 'Show these rows' }).click();
  await expect(page.getByText('40 of 120 rows in sight')).toBeVisible();
  await show(page, 'Explore');
  await expect(page.getByText('Only rows that pass 1 filter')).toBeVisible();
  const points = page.getByRole('region', { name: 'Points of two columns' });
  await expect(points.getByRole('img', { name: /N = 40 rows; the filter hides the others/ })).toBeVisible();
  await points.getByRole('button', { name: 'Export chart' }).click();
  const [file] = await app.saving(() => page.getByRole('menuitem', { name: /CSV/ }).click());
  const drawn = file.text().trim().split('\n').slice(1);
  const south = Array.from({ length: 120 }, (_, i) => i).filter((i) => site(i) === 'south');
  expect(drawn.map((line) => Number(line.split(',')[0])).sort((a, b) => a - b)).toEqual(south);
  await page.getByRole('button', { name: 'Show all rows' }).click();
  await expect(points.getByRole('img', { name: /N = 120 rows/ })).toBeVisible();
});

test('a column that gives the target away is marked where columns are listed, and ignored with one click, which is undone', async ({
  app,
}) => {
  const { page } = app;
  await openTable(app, readings);
  await select(page, 'price_in_pence');
  const line = page.getByRole('row', { name: /^price_in_pence/ });
  const says = /follows “price_in_pence” almost exactly/;
  await expect(line.getByText(says)).toBeVisible();
  await expect(line.getByLabel('look here')).toBeVisible();
  await expect(inspector(page).getByText(says).first()).toBeVisible();
  await line.getByRole('button', { name: 'Ignore price_in_pence' }).click();
  await expect(page.getByRole('button', { name: 'Role of price_in_pence: Ignore' })).toBeVisible();
  await expect(page.getByText(says)).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('button', { name: 'Role of price_in_pence: Feature' })).toBeVisible();
  await expect(line.getByText(says)).toBeVisible();

  // The line over the table tells it as well, with the same way out.
  await page.locator('.why').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Ignore price_in_pence' }).click();
  await expect(page.getByRole('button', { name: 'Role of price_in_pence: Ignore' })).toBeVisible();
});

test('a code left as a value stays so in a saved project, and one taken as missing is named in the strip', async ({
  app,
}) => {
  const { page } = app;
  await openTable(app, readings);
  const proposal = page.getByRole('list', { name: 'To be looked at' }).getByText('may stand for no value in co');
  await expect(proposal).toBeVisible();
  await page.getByRole('button', { name: 'Leave as numbers' }).click();
  await expect(proposal).toHaveCount(0);
  const [file] = await app.saving(() => page.keyboard.press('Control+s'));
  await page.reload();
  await page.getByRole('main').waitFor();
  const found = { name: file.name, mimeType: 'application/zip', buffer: readFileSync(file.path) };
  await app.openFile(found, () => page.keyboard.press('Control+o'));
  await expect(page.getByRole('gridcell').first()).toBeVisible();
  await expect(page.getByRole('button', { name: /^Missing/ })).toBeVisible();
  await expect(proposal).toHaveCount(0);

  await app.openFile(readings, () => page.keyboard.press('Control+o'));
  await page.getByRole('button', { name: 'Treat as missing' }).click();
  await expect(page.getByRole('button', { name: /^Missing.*-200 in co.*by hand/ })).toBeVisible();
});

test('a chosen view takes the place of the raw text, the view that was shown as well', async ({ app }) => {
  const { page } = app;
  await openTable(app, readings);
  const raw = page.getByRole('region', { name: 'Raw text' });
  await page.getByRole('button', { name: 'Raw text' }).click();
  await expect(raw).toBeVisible();
  await show(page, 'Table');
  await expect(raw).toHaveCount(0);
});

test('with a log of the target the result says through what the straight line goes', async ({ app }) => {
  const { page } = app;
  const lines = Array.from({ length: 90 }, (_, i) => `${i % 13},${(Math.exp((i % 13) / 4) + (i % 5)).toFixed(3)}`);
  await openTable(app, { name: 'log.csv', mimeType: 'text/csv', buffer: Buffer.from(`x,y\n${lines.join('\n')}\n`) });
  await show(page, 'Preparation');
  await pick(page, 'Transform of the target', /^Its log/);
  await page.keyboard.press('Control+2');
  await page.getByRole('button', { name: /^Run / }).first().click();
  await page.getByRole('button', { name: 'Show result' }).click();
  await expect(page.getByText('straight line through the target itself').first()).toBeVisible();
});
