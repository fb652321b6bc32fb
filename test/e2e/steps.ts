import { expect, type Locator, type Page } from '@playwright/test';
import { fileURLToPath } from 'node:url';
import type { App, UserFile } from './fixtures/app';

/** UCI Auto MPG, as it ships with the application: real, with missing cells and a text column. */
export const autoMpg = fileURLToPath(new URL('../../resources/samples/auto-mpg.csv', import.meta.url));

/** Presses the button that asks for a file, on the screens that have one. */
export const pressOpen = (page: Page): Promise<void> =>
  page
    .getByRole('button', { name: /^Open(…| another file)/ })
    .first()
    .click();

/** Opens a file and waits for its cells. */
export async function openTable(app: Pick<App, 'page' | 'openFile'>, file: UserFile): Promise<void> {
  await app.openFile(file);
  await expect(app.page.getByRole('gridcell').first()).toBeVisible();
}

/** Ticks exactly these methods on the Model screen. */
export async function chooseMethods(page: Page, names: readonly RegExp[]): Promise<void> {
  // The last part of the screen to come, after every method.
  await page.getByRole('region', { name: 'Advanced', exact: true }).waitFor();
  for (const box of await page.getByRole('main').getByRole('checkbox').all()) {
    const label = (await box.getAttribute('aria-label')) ?? (await box.innerText());
    const wanted = names.some((name) => name.test(label));
    if ((await box.isChecked()) !== wanted) await box.click();
  }
}

/** The table of the session's runs; the pane beside it has one of the starts. */
export const runsTable = (page: Page): Locator => page.getByRole('region', { name: 'Runs' }).getByRole('table');

/** A large table that keeps a fit busy for many seconds, made on the spot. */
export function busyTable(rows: number, columns: number): UserFile {
  const lines = [`${Array.from({ length: columns }, (_, j) => `x${j + 1}`).join(',')},y`];
  // A fixed congruential sequence: any numbers do, as long as they are the same each time.
  let state = 1;
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 4294967296 - 0.5;
  for (let i = 0; i < rows; i++) {
    const x = Array.from({ length: columns }, next);
    const y = (x[0] > 0 ? 2 * x[1] : -3 * x[2]) + 0.3 * (next() + next());
    lines.push([...x, y].map((value) => value.toFixed(4)).join(','));
  }
  return { name: 'busy.csv', mimeType: 'text/csv', buffer: Buffer.from(`${lines.join('\n')}\n`) };
}
