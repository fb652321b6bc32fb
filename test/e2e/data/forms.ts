import type { Locator, Page } from '@playwright/test';
import { expect } from '../fixtures';
import { chooseMethods, runsTable } from '../steps';

export const inspector = (page: Page): Locator => page.getByRole('complementary', { name: 'Column and receipt' });

/** A choice of a list. */
export async function pick(page: Page, what: string, choice: RegExp): Promise<void> {
  await page.getByRole('combobox', { name: what, exact: true }).click();
  await page.getByRole('option', { name: choice }).click();
}

/** A column, found by its name among all. */
export async function pickColumn(page: Page, what: string, column: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${what}: `) }).click();
  await page.keyboard.type(column);
  await page.getByRole('option', { name: column, exact: true }).click();
}

/** A view of the data. */
export const show = (page: Page, view: 'Table' | 'Columns' | 'Explore' | 'Preparation'): Promise<void> =>
  page
    .getByRole('banner')
    .getByRole('button', { name: new RegExp(`^${view}`) })
    .click();

/** By its line in the list of columns, where every column is in sight. */
export async function select(page: Page, column: string, add = false): Promise<void> {
  await show(page, 'Columns');
  await page.getByRole('button', { name: column, exact: true }).click({ modifiers: add ? ['Control'] : [] });
}

/** Fits least squares, and gives the same run's command as the page of its recipe has it. */
export async function fittedCommand(page: Page): Promise<string> {
  await page.keyboard.press('Control+2');
  await chooseMethods(page, [/Least squares/]);
  await page.getByRole('button', { name: /^Run 1 start/ }).click();
  await expect(runsTable(page).getByText('Converged')).toHaveCount(1);
  await page.getByRole('button', { name: 'Show result' }).click();
  await page.getByRole('banner').getByText('Recipe').click();
  return page
    .getByRole('main')
    .getByText(/^moe-lab fit/)
    .innerText();
}
