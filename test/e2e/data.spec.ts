import type { Page } from '@playwright/test';
import type { UserFile } from './fixtures';
import { expect, test } from './fixtures';
import { openTable } from './steps';

const csv = (name: string, lines: readonly string[]): UserFile => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(`${lines.join('\n')}\n`),
});

/** Readings of a station: a code for no value, a cell that is no number, missing cells, and two lines that are too short. */
const station = csv('station.csv', [
  'day;CO;temp;site',
  ...Array.from({ length: 200 }, (_, i) => {
    const co = i % 10 === 0 ? '-200' : `${1 + (i % 7)},${i % 10}`;
    const temp = i === 150 ? 'broken' : i % 50 === 7 ? 'n/a' : `${10 + (i % 20)},5`;
    const row = `${(i * 37) % 200};${co};${temp};${['north', 'south', 'east'][i % 3]}`;
    return i === 60 || i === 120 ? `${row}\n1;2` : row;
  }),
]);

/** Commas that mark decimals or thousands: nothing in the file says which. */
const twoWays = csv('two-ways.csv', [
  'a;b',
  ...Array.from({ length: 40 }, (_, i) => `${1 + (i % 8)},${123 + 7 * i};${2 + (i % 5)},${456 + 3 * i}`),
]);

const receipt = (page: Page) => page.getByRole('region', { name: 'Receipt' });
const rowNumbers = (page: Page) => page.getByRole('grid').getByRole('rowheader').allInnerTexts();
const cell = (page: Page, text: string) => page.getByRole('gridcell', { name: text, exact: true });
const flow = (page: Page) => page.locator('.flow');

test('a file that can be read two ways says both, is read the other way with one click, and back by undo', async ({
  app,
}) => {
  const { page } = app;
  await openTable(app, twoWays);
  const doubt = page.getByRole('list', { name: 'To be looked at' }).getByRole('listitem').first();
  await expect(doubt).toContainText('Could be read two ways');
  const before = await page.getByRole('button', { name: /^Decimal/ }).innerText();
  await doubt.getByRole('button', { name: /^Read with/ }).click();
  await expect(page.getByRole('button', { name: /^Decimal.*by hand/ })).toBeVisible();
  expect(await page.getByRole('button', { name: /^Decimal/ }).innerText()).not.toBe(before);
  await page.keyboard.press('Control+z');
  await expect(doubt).toContainText('Could be read two ways');
  await expect(page.getByRole('button', { name: /^Decimal.*by hand/ })).toHaveCount(0);
});

test('each decision is made otherwise from the keyboard, and goes back to what was detected', async ({ app }) => {
  const { page } = app;
  await openTable(app, station);
  await page.getByRole('button', { name: /^Header/ }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^none/ }).first().focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /^Header.*by hand/ })).toBeVisible();
  await expect(page.getByRole('grid')).toHaveAttribute('aria-label', 'Table, 201 rows');
  await page.getByRole('button', { name: /^Header/ }).click();
  await page.getByRole('button', { name: 'As detected', exact: true }).click();
  await expect(page.getByRole('grid')).toHaveAttribute('aria-label', 'Table, 200 rows');
  await expect(page.getByRole('button', { name: /^Header.*by hand/ })).toHaveCount(0);
});

test('a code that may mean no value is proposed with its evidence, taken as missing, and undone', async ({ app }) => {
  const { page } = app;
  await openTable(app, station);
  const proposal = page.getByRole('list', { name: 'To be looked at' }).getByText('may stand for no value in CO');
  await expect(proposal).toContainText('20 cells have it');
  const counted = receipt(page).getByRole('row', { name: /^CO/ });
  await expect(counted).toContainText('200');
  await page.getByRole('button', { name: 'Treat as missing' }).click();
  await expect(counted).toContainText('180');
  await expect(proposal).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(proposal).toBeVisible();
  await page.getByRole('button', { name: 'Leave as numbers' }).click();
  await expect(proposal).toHaveCount(0);
});

test('the receipt goes to each cell that was not read, to the next missing one, and to the lines left out', async ({
  app,
}) => {
  const { page } = app;
  await openTable(app, station);
  await receipt(page).getByRole('button', { name: '1 cell not read in temp: show the next' }).click();
  await expect(cell(page, 'broken')).toBeVisible();
  await receipt(page)
    .getByRole('button', { name: /^4 cells without a value in temp/ })
    .click();
  await expect(receipt(page).getByText('4 of 4 cells without a value in temp')).toBeVisible();
  await receipt(page).getByRole('button', { name: 'Next cell' }).click();
  await expect(receipt(page).getByText('1 of 4 cells without a value in temp')).toBeVisible();
  await expect(cell(page, 'n/a').first()).toBeVisible();
  await receipt(page).getByRole('button', { name: 'Previous cell' }).click();
  await expect(receipt(page).getByText('4 of 4')).toBeVisible();
  await receipt(page).getByRole('button', { name: 'Line 63: show it in the file' }).click();
  const looked = page.getByRole('region', { name: 'Raw text' }).locator('[aria-current="true"]');
  await expect(looked).toContainText('63');
  await expect(looked).toContainText('1;2');
  // It lies over every view, so a chosen view takes its place.
  await page.getByRole('banner').getByText('Columns').click();
  await expect(page.getByRole('region', { name: 'Raw text' })).toHaveCount(0);
});

test('a filter narrows what is seen and never what is fitted', async ({ app }) => {
  const { page } = app;
  await openTable(app, station);
  await expect(flow(page)).toContainText('used');
  const fitted = await flow(page).innerText();
  const asked = page.getByRole('button', { name: 'Filter by CO' });
  await asked.click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('textbox', { name: 'To', exact: true })).toBeHidden();
  await expect(asked).toBeFocused();
  await asked.click();
  await page.getByRole('textbox', { name: 'To', exact: true }).fill('0');
  await page.keyboard.press('Enter');
  const filter = page.getByRole('group', { name: 'Filter', exact: true });
  await expect(filter).toContainText('CO at most 0');
  await expect(filter).toContainText('20 of 200 rows in sight');
  await expect(filter).toContainText('a fit uses the same rows as before');
  expect((await rowNumbers(page)).slice(0, 3)).toEqual(['1', '11', '21']);
  expect(await flow(page).innerText()).toBe(fitted);

  await page.getByRole('button', { name: 'Filter by site' }).click();
  await page.getByRole('checkbox', { name: 'north' }).click();
  await page.getByRole('button', { name: 'Show these rows' }).click();
  await expect(filter).toContainText('7 of 200 rows in sight');
  await filter.getByRole('button', { name: /^Take away: CO/ }).click();
  await expect(filter).toContainText('67 of 200 rows in sight');
  await filter.getByRole('button', { name: 'Show all rows' }).click();
  await expect(filter).toHaveCount(0);
  await expect(page.getByRole('grid')).toHaveAttribute('aria-label', 'Table, 200 rows');
});

test('a text is found from match to match, and a row is gone to, with the keyboard alone', async ({ app }) => {
  const { page } = app;
  await openTable(app, station);
  await page.keyboard.press('Control+f');
  await page.keyboard.type('N/A');
  const bar = page.getByRole('search', { name: 'Find in the table' });
  await expect(bar.getByRole('status')).toHaveText('1 of 4');
  await page.keyboard.press('Enter');
  await expect(bar.getByRole('status')).toHaveText('2 of 4');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.press('Shift+Enter');
  await expect(bar.getByRole('status')).toHaveText('4 of 4');
  expect(await rowNumbers(page)).toContain('158');
  await page.keyboard.press('Escape');
  await expect(bar).toHaveCount(0);
  await expect(page.getByRole('grid')).toBeFocused();

  await page.keyboard.press('Control+g');
  await page.keyboard.type('3');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('search')).toHaveCount(0);
  await expect.poll(() => rowNumbers(page)).toContain('3');
  await page.keyboard.press('Control+g');
  await page.keyboard.type('500');
  await expect(page.getByRole('search').getByText(/200/).first()).toBeVisible();
});
