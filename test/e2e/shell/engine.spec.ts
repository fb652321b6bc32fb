import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { shellBinary } from '../fixtures';
import { appRoot } from '../fixtures/root';
import { coresOf } from '../fixtures/shell';
import { openTable, autoMpg } from '../steps';
import { expect, firstPage, test } from './shared';

/** What main has told a page of its engine since. */
const WATCH = () => {
  const heard: { state: string; cause?: string; attempt?: number; restarts?: number }[] = [];
  Object.assign(window, { engineStates: heard });
  (window as unknown as { moeLab: { onStatus(listener: (status: unknown) => void): void } }).moeLab.onStatus(
    (status) => void heard.push(status as never),
  );
};

test('an engine that is killed is started again, three times, then the page says that it is gone', async ({ app }) => {
  const { page } = app;
  await openTable(app, autoMpg);
  await page.evaluate(WATCH);
  const states = () =>
    page.evaluate(() => (window as unknown as { engineStates: { state: string; cause?: string }[] }).engineStates);
  for (let attempt = 1; attempt <= 3; attempt++) {
    await app.killCore();
    await expect.poll(async () => (await states()).at(-1)).toEqual({ state: 'ready', restarts: attempt });
    expect((await states()).at(-2)).toMatchObject({ state: 'restarting', attempt });
  }
  await app.killCore();
  await expect.poll(async () => (await states()).at(-1)).toMatchObject({ state: 'gone' });
  await expect(page.getByText(/engine has stopped/i).first()).toBeVisible();

  await test.step('and once more for a page that is loaded then', async () => {
    await page.reload();
    await openTable(app, autoMpg);
  });
  app.faults.splice(0);
});

test('after a restart every window has the engine again', async ({ app }) => {
  const second = await app.newPage();
  await expect(second.getByText('Auto MPG').first()).toBeVisible();
  await app.page.evaluate(WATCH);
  await app.killCore();
  await expect
    .poll(() =>
      app.page.evaluate(() => (window as unknown as { engineStates: { state: string }[] }).engineStates.at(-1)?.state),
    )
    .toBe('ready');
  for (const page of [app.page, second])
    await openTable({ page, openFile: (file) => app.openFile(file, () => press(page)) }, autoMpg);
  app.faults.splice(0);
});

test('whoever started the program hears when its window is there', async ({ host }) => {
  test.skip(host === 'browser-host', 'Shells only.');
  const folder = mkdtempSync(join(tmpdir(), 'moe-lab-e2e-'));
  const binary = await shellBinary(host as 'stand-in' | 'electron');
  const program = spawn(binary, ['--no-sandbox', `--user-data-dir=${join(folder, 'user-data')}`, appRoot], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const ended = new Promise((resolve) => program.once('exit', resolve));
  try {
    const said = await new Promise((resolve) => {
      program.once('message', resolve);
      void ended.then(() => resolve('it ended'));
    });
    expect(said).toBe('ready');
  } finally {
    program.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
});

test('a program that ends takes its engine and its temporary files along', async ({ launch }) => {
  const temp = mkdtempSync(join(tmpdir(), 'moe-lab-e2e-'));
  const shell = await launch({ env: { TMPDIR: temp } });
  await firstPage(shell);
  const engines = await coresOf(shell);
  expect(engines).toHaveLength(1);
  expect(readdirSync(temp).filter((name) => name.startsWith('moe-lab-'))).toHaveLength(1);
  const closed = shell.waitForEvent('close');
  await shell.evaluate(({ app }) => app.quit());
  await closed;
  await expect.poll(() => isAlive(engines[0])).toBe(false);
  expect(readdirSync(temp).filter((name) => name.startsWith('moe-lab-'))).toEqual([]);
  rmSync(temp, { recursive: true, force: true, maxRetries: 5 });
});

const press = (page: Page) =>
  page
    .getByRole('button', { name: /^Open(…| another file)/ })
    .first()
    .click();

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
