/**
 * What the page does while a large table is opened, looked at, fitted and shown, in a real browser over the built browser host:
 *   node scripts/run-ts.mjs test/e2e/responsiveness.ts [rows] [columns] [--profile]
 * A line a step: its seconds, and the longest tasks of the page's main thread by processor time (what the page costs, on any computer) and by
 * the clock (what a user waits, which other programs make longer). `--profile` adds what the longest task was made of.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { random } from '../../core/random';
import { chromiumArguments, installedChromium } from '../../scripts/lib/chromium.mjs';
import { writeNumbers } from '../bench/write-table';
import { addressOf, chooseInBrowser } from './fixtures/browser-host';
import { chooseMethods, pressOpen, runsTable } from './steps';
import { longestTask, tasksOf, type Task } from './trace';

const numbersGiven = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const [rows = 1_000_000, columns = 20] = numbersGiven.map(Number);
const profiled = process.argv.includes('--profile');
const folder = mkdtempSync(join(tmpdir(), 'moe-lab-responsive-'));
const path = join(folder, 'large.csv');

/** Three regimes of a target over normal columns, so that there is something to find. */
function writeTable(): Promise<void> {
  const stream = random(1);
  const names = ['y', ...Array.from({ length: columns }, (_, j) => `x${j + 1}`)];
  return writeNumbers(path, names, rows, 5, () => {
    const x = Array.from({ length: columns }, () => stream.normal());
    const y = (x[0] > 0.5 ? 2 * x[1] : x[0] < -0.5 ? -3 * x[2] : x[3] - 2) + 0.3 * stream.normal();
    return [y, ...x];
  });
}

const seconds = (from: number): string => `${((performance.now() - from) / 1000).toFixed(2)} s`;
const worst: { name: string; task: Task }[] = [];

/** Does a step under a trace of the page, and prints what its longest tasks were. */
async function step(page: Page, name: string, act: () => Promise<unknown>): Promise<void> {
  await browser.startTracing(page, { categories: profiled ? [...CATEGORIES, PROFILER] : CATEGORIES });
  const begun = performance.now();
  await act().catch((error: unknown) => console.log(`  ${name}: ${String(error).split('\n')[0]}`));
  const taken = seconds(begun);
  // What follows from it is part of it.
  await page.waitForTimeout(700);
  const tasks = tasksOf(await browser.stopTracing());
  const longest = longestTask(tasks, 'cpu');
  if (!longest) return console.log(`${name.padEnd(46)} ${taken.padStart(9)}  no task was seen`);
  const wall = longestTask(tasks, 'wall')!;
  const over = tasks.filter(({ cpu }) => cpu > 50).length;
  worst.push({ name, task: longest });
  console.log(
    `${name.padEnd(46)} ${taken.padStart(9)}  processor ${longest.cpu.toFixed(0).padStart(4)} ms  clock ${wall.wall.toFixed(0).padStart(5)} ms  over 50 ms of processor: ${over}  load ${loadavg()[0].toFixed(1)}`,
  );
  if (profiled) longest.parts.forEach((part) => console.log(`    ${part}`));
}

const CATEGORIES = ['-*', 'toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline', 'v8'];
const PROFILER = 'disabled-by-default-v8.cpu_profiler';

await writeTable();
console.log(`${rows} x ${columns + 1}, ${(statSync(path).size / 1e6).toFixed(0)} MB`);
const started = performance.now();
const host = spawn(process.execPath, ['out/main/browser-host.js', '--no-open'], {
  stdio: ['ignore', 'pipe', 'inherit'],
  env: { ...process.env, XDG_STATE_HOME: folder },
});
process.once('exit', () => {
  host.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});
const url = await addressOf(host);
console.log(`the host listens after ${seconds(started)}`);
const browser = await chromium.launch({ executablePath: installedChromium() ?? undefined, args: chromiumArguments });
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
const main = page.getByRole('main');
const banner = page.getByRole('banner');
// By their text: what is looked for by its role is looked for in the page, with work of its own.
const showResult = page.locator('button', { hasText: 'Show result' });
const inspected = page.getByRole('complementary');

const begun = performance.now();
await step(page, 'start: the page', async () => {
  await page.goto(url);
  await page.getByText('Auto MPG').first().waitFor();
});
const paint = await page.evaluate(() => ({
  first: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
  files: performance.getEntriesByType('resource').length,
}));
console.log(
  `first paint ${paint.first.toFixed(0)} ms after the address, ${paint.files} files; all after ${seconds(begun)}`,
);
await step(page, 'nothing happens (2 s)', () => page.waitForTimeout(2000));

await step(page, 'an example is opened', async () => {
  await page
    .getByRole('button', { name: /^Auto MPG/ })
    .first()
    .click();
  await page.getByRole('gridcell').first().waitFor();
});
await step(page, 'its Model screen', async () => {
  await page.getByRole('button', { name: /Continue to Model/ }).click();
  await page.getByRole('button', { name: /^Run / }).waitFor();
});
await chooseMethods(page, [/random starts/]);
await step(page, 'first fit of an example, from the click', async () => {
  await page.getByRole('button', { name: /^Run / }).click();
  await showResult.waitFor();
});
await step(page, 'its result', async () => {
  await page.getByRole('button', { name: 'Show result' }).click();
  await page.getByText(/experts predict/).waitFor();
});
await page.evaluate(() => (location.hash = '#start'));

await page.goto('about:blank');
await page.goto(url);
await page.getByText('Auto MPG').first().waitFor();
await step(page, 'large table: opened, upload included', async () => {
  await chooseInBrowser(page, path as never, () => pressOpen(page));
  await page.getByRole('gridcell').first().waitFor({ timeout: 180_000 });
});
await page.getByRole('button', { name: /^Role of y/ }).click();
await page.getByRole('menuitemradio', { name: /Target/ }).click();
await step(page, 'grid: to the last row and the last column', async () => {
  await page.getByRole('grid').focus();
  await page.keyboard.press('Control+End');
  await page.waitForTimeout(1500);
});
await step(page, 'grid: 60 turns of the wheel', async () => {
  await page.mouse.move(500, 500);
  for (let i = 0; i < 60; i++) await page.mouse.wheel(0, i % 2 ? -1500 : 30_000);
});
await step(page, 'grid: sorted by a column', async () => {
  await page.getByRole('columnheader', { name: /x1/ }).first().click();
  await page.waitForTimeout(1500);
});
await step(page, 'columns', async () => {
  await banner.getByText('Columns').click();
  await page.waitForTimeout(1000);
});
await step(page, 'explore: correlations', async () => {
  await banner.getByText('Explore').click();
  await page.locator('[aria-label*="Click a cell"]').waitFor({ timeout: 60_000 });
});
await step(page, 'explore: a panel is pointed at', async () => {
  const box = (await page.getByRole('img', { name: /Click a cell/ }).boundingBox())!;
  for (let i = 1; i < 20; i++) await page.mouse.move(box.x + (i * box.width) / 20, box.y + (i * box.height) / 20);
});
await step(page, 'explore: scatter', async () => {
  await page.getByRole('img', { name: /Click a cell/ }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.waitForTimeout(4000);
});
await step(page, 'explore: pairs', async () => {
  await page.getByRole('radio', { name: 'Pairs' }).click();
  await page.locator('[aria-label*="Click a panel"]').waitFor({ timeout: 60_000 });
});
await step(page, 'preparation', async () => {
  await banner.getByText('Preparation').click();
  await page.locator('[aria-label="Encoded rows"] tr').nth(1).waitFor({ timeout: 90_000 });
});
await step(page, 'model', async () => {
  await page.getByRole('button', { name: /Continue to Model/ }).click();
  await page.getByRole('button', { name: /^Run / }).waitFor();
  await page.waitForTimeout(2000);
});
await chooseMethods(page, [/random starts/]);
await main.getByRole('button', { name: /Advanced/ }).click();
await page.getByRole('textbox', { name: 'Most iterations' }).fill('15');
await page.keyboard.press('Enter');
await page
  .getByRole('radio', { name: '4', exact: true })
  .click({ timeout: 2000 })
  .catch(() => undefined);
await step(page, 'fit: EM from random starts, 15 iterations each', async () => {
  await page.getByRole('button', { name: /^Run / }).click();
  await showResult.waitFor({ timeout: 400_000 });
});
await step(page, 'runs: the run is chosen', async () => {
  await runsTable(page).getByRole('row').nth(1).click();
  await inspected.first().waitFor();
});
await step(page, 'results', async () => {
  await page.getByRole('button', { name: 'Show result' }).click();
  await page.getByText(/experts predict/).waitFor();
  await page.waitForTimeout(1500);
});
for (const tab of ['Experts', 'Rows', 'Recipe'])
  await step(page, `results: ${tab}`, async () => {
    await banner.getByText(tab).click();
    await page.waitForTimeout(2500);
  });
await step(page, 'back to the table', async () => {
  await page.evaluate(() => (location.hash = '#data'));
  await page.waitForTimeout(1500);
});

worst.sort((a, b) => b.task.cpu - a.task.cpu);
console.log(`the longest task of all: ${worst[0].task.cpu.toFixed(0)} ms of processor time (${worst[0].name})`);
await browser.close();
host.kill('SIGINT');
await once(host, 'exit');
process.exit(0);
