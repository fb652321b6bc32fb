/**
 * Pictures of the screens, 1280 and 1920 wide, light and dark, from the built application:
 *   node scripts/run-ts.mjs test/e2e/screenshots.ts <folder> [table.csv [column of the target]]
 * `docs/screenshots/results.png` is results-1280-light.png of UCI's Concrete Compressive Strength.
 */
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { chromiumArguments, installedChromium } from '../../scripts/lib/chromium.mjs';
import { chooseInBrowser } from './fixtures/browser-host';
import type { UserFile } from './fixtures/app';
import { autoMpg, chooseMethods, openTable, pressOpen, runsTable } from './steps';

const [folder, table = autoMpg, target = table === autoMpg ? 'Fuel economy' : null] = process.argv.slice(2);
if (!folder) throw new Error('Name the folder for the pictures.');
mkdirSync(folder, { recursive: true });

const host = spawn(process.execPath, ['out/main/browser-host.js', '--no-open'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const url = await new Promise<string>((resolve) => {
  host.stdout.on('data', (data: Buffer) => {
    const address = /http:\S+/.exec(String(data))?.[0];
    if (address) resolve(address);
  });
});
const browser = await chromium.launch({ executablePath: installedChromium() ?? undefined, args: chromiumArguments });
const context = await browser.newContext();
const page = await context.newPage();
await page.goto(url);

/** A table that can be read two ways, with a code that may mean no value and a line that is too short. */
const doubtful: UserFile = {
  name: 'station.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(
    [
      'flow;level;code',
      ...Array.from(
        { length: 200 },
        (_, i) => `${1 + (i % 8)},${123 + (i % 90) * 7};${i % 10 ? 1 + (i % 7) : -200};${(i * 37) % 12}`,
      ),
      '1;2',
    ].join('\n'),
  ),
};

const settle = () => page.waitForTimeout(700);

/** One screen in every size and theme. */
async function take(shown: Page, name: string): Promise<void> {
  for (const [width, height] of [
    [1280, 800],
    [1920, 1080],
  ]) {
    await shown.setViewportSize({ width, height });
    for (const colorScheme of ['light', 'dark'] as const) {
      await shown.emulateMedia({ colorScheme });
      await settle();
      await shown.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`) });
    }
  }
}

await page.getByText('Auto MPG').first().waitFor();
await take(page, 'start');
await page.keyboard.press('Control+Shift+E');
await page.getByRole('button', { name: /Where random starts get stuck/ }).click();
await page.getByRole('button', { name: 'Run quick' }).click();
await page.getByText(/^Done in/).waitFor({ timeout: 120_000 });
await take(page, 'experiments');
await page.goBack();
const open = (file: UserFile) =>
  openTable({ page, openFile: (chosen) => chooseInBrowser(page, chosen, () => pressOpen(page)) }, file);

// The import strip in its states: in doubt, open, and decided by hand.
await open(doubtful);
await take(page, 'import-doubts');
for (const part of ['Delimiter', 'Decimal', 'Missing']) {
  await page.getByRole('button', { name: new RegExp(`^${part}`) }).click();
  await take(page, `import-${part.toLowerCase()}`);
  await page.keyboard.press('Escape');
}
await page.getByRole('button', { name: 'Treat as missing' }).click();
await page.getByRole('button', { name: /^Missing.*by hand/ }).waitFor();
await take(page, 'import-by-hand');
await page.getByRole('button', { name: 'Filter by level' }).click();
await page.getByRole('textbox', { name: 'To', exact: true }).fill('4');
await take(page, 'filter');
await page.keyboard.press('Enter');
await page.keyboard.press('Control+f');
await page.keyboard.type('23');
await take(page, 'filtered');
// A page of its own again: no choices that it would ask about.
await page.goto('about:blank');
await page.goto(url);
await page.getByText('Auto MPG').first().waitFor();

await open(table);
if (target) {
  await page.getByRole('button', { name: new RegExp(`^Role of ${target}`) }).click();
  await page.getByRole('menuitemradio', { name: /Target/ }).click();
}
await take(page, 'data');
await page.getByRole('banner').getByText('Columns').click();
await take(page, 'columns');
await page.getByRole('banner').getByText('Preparation').click();
await page.getByRole('group', { name: 'Encoded rows' }).getByRole('row').nth(1).waitFor();
await take(page, 'preparation');
await page.getByRole('banner').getByText('Explore').click();
await page.getByRole('img', { name: /Click a cell/ }).waitFor({ timeout: 60_000 });
await take(page, 'explore');
await page.getByRole('radio', { name: 'Pairs' }).click();
await page.getByRole('img', { name: /Click a panel/ }).waitFor({ timeout: 60_000 });
await take(page, 'explore-pairs');
await page.getByRole('button', { name: /Continue to Model/ }).click();
await chooseMethods(page, [/Least squares/, /random starts/, /moments/]);
await take(page, 'model');
await page.getByRole('button', { name: /^Run / }).click();
await runsTable(page).getByText('Converged').nth(2).waitFor({ timeout: 120_000 });
await take(page, 'runs');
await page.getByRole('row', { name: /random starts/ }).click();
await page.getByRole('button', { name: 'Show result' }).click();
await take(page, 'results');
for (const tab of ['Experts', 'Rows', 'Recipe']) {
  await page.getByRole('banner').getByText(tab).click();
  await take(page, `results-${tab.toLowerCase()}`);
}
await browser.close();
host.kill('SIGINT');
process.exit(0);
