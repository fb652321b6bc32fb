/**
 * The application on a 100 MB table, in a real browser over the built browser host:
 *   node scripts/run-ts.mjs test/e2e/large-file.ts [rows]
 * Prints the seconds until the grid can be scrolled, memory, and the longest task of the page while a fit runs.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { megabytesOf } from '../bench/memory';
import { writeLargeTable } from '../bench/write-table';

const rows = Number(process.argv[2] ?? 500_000);
const folder = mkdtempSync(join(tmpdir(), 'moe-lab-bench-'));
const path = join(folder, 'large.csv');

function startHost(): Promise<{ host: ChildProcess; url: string }> {
  const host = spawn(process.execPath, ['out/main/browser-host.js', '--no-open'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve) => {
    host.stdout.on('data', (data: Buffer) => {
      const url = /http:\S+/.exec(String(data))?.[0];
      if (url) resolve({ host, url });
    });
  });
}

/** Resident memory of a process and its children, MB. Linux only. */
function memoryOf(pid: number): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .trim()
    .split(' ')
    .filter(Boolean)
    .map(Number);
  return (megabytesOf(pid, 'VmRSS') ?? 0) + children.reduce((sum, child) => sum + memoryOf(child), 0);
}

/** Tasks of the page over 50 ms since the last call, ms. */
const longTasks = (page: Page): Promise<number[]> =>
  page.evaluate(() => {
    const kept = window as unknown as { tasks: number[] };
    return kept.tasks.splice(0);
  });

const worst = (tasks: readonly number[]) =>
  tasks.length === 0 ? 'none over 50 ms' : `${Math.max(...tasks).toFixed(0)} ms longest, ${tasks.length} over 50 ms`;

await writeLargeTable(path, rows);
console.log(`${rows} x 21, ${(statSync(path).size / 1e6).toFixed(0)} MB`);
const { host, url } = await startHost();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
await page.addInitScript(() => {
  const kept = window as unknown as { tasks: number[] };
  kept.tasks = [];
  new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => kept.tasks.push(duration))).observe({
    entryTypes: ['longtask'],
  });
});
await page.goto(url);
const button = page.getByRole('button', { name: /^Open…/ }).first();
await button.waitFor();
await longTasks(page);

const chooser = page.waitForEvent('filechooser');
await button.click();
const opened = performance.now();
await (await chooser).setFiles(path);
await page.getByRole('gridcell').first().waitFor({ timeout: 120_000 });
console.log(`open, upload included: grid with cells after ${((performance.now() - opened) / 1000).toFixed(1)} s`);
const scrolled = performance.now();
await page.getByRole('grid').focus();
await page.keyboard.press('Control+End');
await page
  .getByText('500,000', { exact: true })
  .first()
  .waitFor({ timeout: 20_000 })
  .catch(() => undefined);
console.log(`last row shown ${(performance.now() - scrolled).toFixed(0)} ms after Ctrl+End`);
console.log(`page while opening and scrolling: ${worst(await longTasks(page))}`);
console.log(`host and core: ${memoryOf(host.pid!).toFixed(0)} MB`);

await page.goto(`${new URL(page.url()).origin}/#model`);
const run = page.getByRole('button', { name: /^Run / });
await run.waitFor();
await page.waitForTimeout(3000);
await longTasks(page);
await run.click();
await page.waitForTimeout(20_000);
console.log(`page during 20 s of a fit: ${worst(await longTasks(page))}`);
console.log(`host and core during the fit: ${memoryOf(host.pid!).toFixed(0)} MB`);
const cancelled = performance.now();
await page
  .getByRole('button', { name: /Cancel/ })
  .first()
  .click();
await page
  .getByText(/Cancelled/)
  .first()
  .waitFor({ timeout: 30_000 });
console.log(`cancelled and described ${((performance.now() - cancelled) / 1000).toFixed(1)} s after the click`);

await browser.close();
host.kill('SIGINT');
rmSync(folder, { recursive: true, force: true });
process.exit(0);
