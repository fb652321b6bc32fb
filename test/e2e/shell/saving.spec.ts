import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import type { SavedProject, WindowState } from '../../../core/bridge';
import type { Result } from '../../../core/result';
import type { DesktopBridge } from '../../../electron/bridge';
import { expect, test, type App } from '../fixtures';
import { answerQuestions, menuOf, quit, windowsOf } from './desktop';

/** The bridge as the page has it: these tests ask for saves as a page would, whatever its screens offer. */
type Bridged = { moeLab: DesktopBridge };

function shellOf({ shell }: App): ElectronApplication {
  if (!shell) throw new Error('These are tests of a shell.');
  return shell;
}

/** The user's answers to the dialog for a place: null closes it. Gives how often it was shown. */
async function answerSaveDialog(shell: ElectronApplication, path: string | null): Promise<() => Promise<number>> {
  await shell.evaluate(({ dialog }, filePath) => {
    const state = { shown: 0 };
    Object.assign(globalThis, { saveDialog: state });
    dialog.showSaveDialog = () => {
      state.shown += 1;
      return Promise.resolve({ canceled: filePath === null, filePath: filePath ?? '' });
    };
  }, path);
  return () => shell.evaluate(() => (globalThis as unknown as { saveDialog: { shown: number } }).saveDialog.shown);
}

const save = (page: Page, content: string, place: string | null): Promise<Result<SavedProject | null>> =>
  page.evaluate(
    ([text, where]) => {
      const { moeLab } = window as unknown as Bridged;
      return moeLab.saveProject({ name: 'mine.moe', mime: 'application/zip', content: text ?? '' }, where);
    },
    [content, place] as const,
  );

const placeOf = (saved: Result<SavedProject | null>): string => (saved.ok && saved.value ? saved.value.place : '');

/** Has the page say that it has unsaved work; asked to save, it saves `content` and says that it has. */
async function pretendWork(page: Page, shell: ElectronApplication, name: string, content: string): Promise<void> {
  // The page has said all it has to say by itself when it knows the engine's examples.
  await expect.poll(async () => (await menuOf(shell)).some(({ id }) => id.startsWith('menu:sample/'))).toBe(true);
  await page.evaluate(
    ([shown, text]) => {
      const { moeLab } = window as unknown as Bridged;
      const saving = { id: 'project/save', label: 'Save', group: 'File', keys: null, enabled: true, checked: null };
      const state: WindowState = { name: shown, edited: true, running: 0, theme: 'system', menu: [saving] };
      moeLab.onCommand((id) => {
        if (id !== 'project/save') return;
        void moeLab.saveProject({ name: shown, mime: 'application/zip', content: text }, null).then((saved) => {
          if (saved.ok && saved.value) moeLab.showState({ ...state, edited: false });
        });
      });
      moeLab.showState(state);
    },
    [name, content] as const,
  );
  await expect.poll(async () => (await menuOf(shell)).find(({ id }) => id === 'menu:project/save')?.enabled).toBe(true);
}

test.describe('a project', () => {
  let folder = '';
  test.beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'moe-lab-saving-'))));
  test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('is saved where the user says, then there again without a question, and is a recent file', async ({ app }) => {
    const shell = shellOf(app);
    const path = join(folder, 'first.moe');
    const shown = await answerSaveDialog(shell, path);
    const first = await save(app.page, 'one', null);
    expect(first).toMatchObject({ ok: true, value: { name: 'first.moe' } });
    expect(JSON.stringify(first)).not.toContain(folder);
    const second = await save(app.page, 'two', placeOf(first));
    expect(second).toEqual(first);
    expect(readFileSync(path, 'utf8')).toBe('two');
    expect(await shown()).toBe(1);
    await expect.poll(async () => (await menuOf(shell)).some(({ label }) => label.startsWith('first.moe'))).toBe(true);
  });

  test('that another program has changed is not overwritten without a question', async ({ app }) => {
    const shell = shellOf(app);
    const path = join(folder, 'shared.moe');
    await answerSaveDialog(shell, path);
    const place = placeOf(await save(app.page, 'mine', null));
    writeFileSync(path, 'theirs, and longer');
    const questions = await answerQuestions(shell);
    expect(await save(app.page, 'mine again', place)).toEqual({ ok: true, value: null });
    expect(readFileSync(path, 'utf8')).toBe('theirs, and longer');
    await questions.answer('Replace');
    expect(await save(app.page, 'mine again', place)).toMatchObject({ ok: true, value: { place } });
    expect(readFileSync(path, 'utf8')).toBe('mine again');
    expect(await questions.asked()).toHaveLength(2);
  });

  test('that cannot be written gets one sentence', async ({ app }) => {
    await answerSaveDialog(shellOf(app), join(folder, 'no such folder', 'a.moe'));
    const saved = await save(app.page, 'one', null);
    expect(saved).toMatchObject({ ok: false, error: { code: 'host/save-failed' } });
  });

  test('is saved before its window closes, when the user says so', async ({ app }) => {
    const shell = shellOf(app);
    const path = join(folder, 'closing.moe');
    await pretendWork(app.page, shell, 'closing.moe', 'all of it');
    await answerSaveDialog(shell, path);
    const questions = await answerQuestions(shell);
    await questions.answer('Save and close');
    const ended = shell.waitForEvent('close');
    await shell.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].close());
    await ended;
    expect(readFileSync(path, 'utf8')).toBe('all of it');
  });

  test('keeps its window when the user closes the dialog for its place', async ({ app }) => {
    const shell = shellOf(app);
    await pretendWork(app.page, shell, 'kept.moe', 'all of it');
    const shown = await answerSaveDialog(shell, null);
    const questions = await answerQuestions(shell);
    await questions.answer('Save and close');
    await shell.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].close());
    await expect.poll(shown).toBe(1);
    await expect.poll(questions.asked).toEqual(['“kept.moe” has unsaved work.']);
    expect(await windowsOf(shell)).toHaveLength(1);
    // It may be closed again, and then asks again.
    await questions.answer('Cancel');
    await shell.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].close());
    await expect.poll(questions.asked).toHaveLength(2);
  });

  test('is named with the others in the one question of quitting', async ({ app }) => {
    const shell = shellOf(app);
    await pretendWork(app.page, shell, 'a.moe', '');
    const second = await app.newPage();
    await expect(second.getByText('Auto MPG').first()).toBeVisible();
    await pretendWork(second, shell, 'b.moe', '');
    const questions = await answerQuestions(shell);
    await quit(shell);
    await expect.poll(questions.asked).toEqual(['“a.moe” and “b.moe” have unsaved work.']);
    expect(await windowsOf(shell)).toHaveLength(2);
  });

  test('does not hold up the end of the session', async ({ app }) => {
    const shell = shellOf(app);
    await pretendWork(app.page, shell, 'a.moe', '');
    const questions = await answerQuestions(shell);
    const ended = shell.waitForEvent('close');
    await shell.evaluate(({ powerMonitor }) => void powerMonitor.emit('shutdown'));
    expect(await questions.asked()).toEqual([]);
    await quit(shell);
    await ended;
  });

  test('does not hold up Ctrl-C in the terminal', async ({ app }) => {
    const shell = shellOf(app);
    await pretendWork(app.page, shell, 'a.moe', '');
    await answerQuestions(shell);
    const ended = shell.waitForEvent('close');
    shell.process().kill('SIGINT');
    await ended;
  });
});
