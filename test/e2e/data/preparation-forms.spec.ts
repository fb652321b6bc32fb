import { expect, test } from '../fixtures';
import type { UserFile } from '../fixtures';
import { openTable } from '../steps';
import { fittedCommand, inspector, pick, pickColumn, select, show } from './forms';

const sites = ['north', 'south', 'north', 'south', 'north', 'east'];

/** 120 visits: days of two years, sites of which two are rare, weights of 0, 1 and 2, tenths written as numbers, and a result; `z` never repeats. */
const visits: UserFile = {
  name: 'visits.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(
    [
      'day,site,w,part,x,z,y',
      ...Array.from({ length: 120 }, (_, i) => {
        const day = new Date(Date.UTC(2023, 0, 1 + 6 * i)).toISOString().slice(0, 10);
        const site = i % 30 === 29 ? 'west' : sites[i % 6];
        const x = (i * 37) % 23;
        return [
          day,
          site,
          i % 12 ? 1 + (i % 2) : 0,
          (0.5 * (i % 3)).toFixed(1),
          x,
          (1.7 * i).toFixed(2),
          2 * x + ((i * 7) % 5),
        ].join(',');
      }),
    ].join('\n'),
  ),
};

test('a date becomes its parts, and is no longer said to be left out', async ({ app }) => {
  const { page } = app;
  await openTable(app, visits);
  await select(page, 'day');
  await expect(inspector(page).getByText(/^A date is left out unless/)).toBeVisible();
  await pick(page, 'Role', /^Feature/);
  await expect(inspector(page).getByText('days(day)')).toBeVisible();
  await pick(page, 'Date as', /^Its parts/);
  for (const part of ['year', 'month', 'weekday'])
    await expect(inspector(page).getByText(`${part}(day)`, { exact: true })).toBeVisible();
  await expect(inspector(page).getByText(/left out unless/)).toHaveCount(0);
  await show(page, 'Preparation');
  await expect(page.getByRole('columnheader', { name: 'weekday(day)' })).toBeVisible();
  expect(await fittedCommand(page)).toContain('--date day=parts');
});

test('rare levels become one, and a level of the user’s own is the one that all zeros stand for', async ({ app }) => {
  const { page } = app;
  await openTable(app, visits);
  await select(page, 'site');
  await expect(inspector(page).getByText('site=south', { exact: true })).toBeVisible();
  await pick(page, 'Rare levels', /^Below 20 rows as one/);
  await expect(inspector(page).getByText(/^2 levels with 20 rows become “/)).toBeVisible();
  await expect(inspector(page).getByText('site=west', { exact: true })).toHaveCount(0);
  await pick(page, 'Reference', /^south$/);
  await expect(inspector(page).getByText('site=north', { exact: true })).toBeVisible();
  await expect(inspector(page).getByText('site=south', { exact: true })).toHaveCount(0);
  await show(page, 'Preparation');
  await expect(page.getByRole('row', { name: /^site .*2 levels pooled 2 numbers/ })).toBeVisible();
  const command = await fittedCommand(page);
  for (const part of ['--pool site=20', '--reference site=south']) expect(command).toContain(part);
});

test('a column of weights says for how many rows each counts, and 0 leaves a row out', async ({ app }) => {
  const { page } = app;
  await openTable(app, visits);
  await show(page, 'Preparation');
  await pickColumn(page, 'Column of weights', 'w');
  await expect(page.getByText('For how many rows each row counts; 0 leaves it out.')).toBeVisible();
  await expect(page.getByRole('button', { name: /10 rows left out/ })).toBeVisible();
  await expect(page.getByText('88 train, 22 held out')).toBeVisible();
  await show(page, 'Columns');
  await expect(page.getByRole('button', { name: 'Role of w: Weight' })).toBeVisible();
  expect(await fittedCommand(page)).toContain('--weights w');
});

test('one of several folds is held out, in turn, with groups kept whole', async ({ app }) => {
  const { page } = app;
  await openTable(app, visits);
  await show(page, 'Preparation');
  await pick(page, 'How rows are held out', /^One of several folds/);
  await expect(page.getByText('96 train, 24 held out')).toBeVisible();
  await pick(page, 'Number of folds', /^3$/);
  await pick(page, 'Fold held out', /^2$/);
  await pick(page, 'Repeat', /^2$/);
  await expect(page.getByText('80 train, 40 held out')).toBeVisible();
  const command = await fittedCommand(page);
  for (const part of ['--split fold:2/3', '--repeat 2']) expect(command).toContain(part);
  await page.keyboard.press('Control+1');
  await show(page, 'Preparation');
  await pickColumn(page, 'Column of the split', 'part');
  // The same run with groups is another one: what was made is told from what holds now.
  await page.keyboard.press('Control+4');
  await expect(page.getByText(/^Made with split: fold 2 of 3 held out/)).toBeVisible();
});

test('a split of the user’s own shows the numbers of its column, and its column is never the target', async ({
  app,
}) => {
  const { page } = app;
  await openTable(app, visits);
  await show(page, 'Preparation');
  await pick(page, 'How rows are held out', /^By a column/);
  await pickColumn(page, 'Column of the split', 'part');
  const values = page.getByRole('group', { name: 'Values held out' });
  await expect(values.getByRole('button')).toHaveText(['0.0', '0.5', '1.0']);
  await values.getByRole('button', { name: '1.0' }).click();
  await expect(page.getByText('80 train, 40 held out')).toBeVisible();

  await show(page, 'Columns');
  await page.getByRole('button', { name: 'Role of part: Ignore' }).click();
  const target = page.getByRole('menuitemradio', { name: /^Target/ });
  await expect(target).toBeDisabled();
  await expect(target).toContainText('it says which rows are held out');
  await page.keyboard.press('Escape');
  await select(page, 'part');
  await page.getByRole('combobox', { name: 'Role' }).click();
  await expect(page.getByRole('option', { name: /^Weight/ })).toBeVisible();
  await expect(page.getByRole('option', { name: /^Target/ })).toHaveCount(0);
  await page.keyboard.press('Escape');

  // Of many numbers a limit is what is meant.
  await show(page, 'Preparation');
  await pickColumn(page, 'Column of the split', 'z');
  await expect(page.getByText('It has 120 different numbers')).toBeVisible();
  await page.getByRole('button', { name: 'The last rows by z' }).click();
  await expect(page.getByRole('combobox', { name: 'How rows are held out' })).toHaveText('The last rows');
  await expect(page.getByRole('button', { name: 'Column of the split: z' })).toBeVisible();
  await expect(page.getByText('96 train, 24 held out')).toBeVisible();
});
