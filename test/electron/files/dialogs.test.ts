import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import { beforeEach, expect, vi } from 'vitest';
import { saveFiles } from '../../../electron/files/dialogs';
import { test } from '../folder';

const { dialog } = vi.hoisted(() => ({ dialog: { showOpenDialog: vi.fn(), showMessageBox: vi.fn() } }));
vi.mock('electron', () => ({ dialog }));
beforeEach(() => void vi.resetAllMocks());

const window = {} as BrowserWindow;
const files = ['a.csv', 'b.csv'].map((name) => ({ name, mime: 'text/csv', content: `new ${name}` }));
const chosen = (folder: string) => dialog.showOpenDialog.mockResolvedValue({ canceled: false, filePaths: [folder] });

test('several files go into a folder, without a question where nothing is replaced', async ({ folder }) => {
  chosen(folder);
  expect(await saveFiles(window, files)).toEqual({ ok: true, value: true });
  expect(readFileSync(join(folder, 'b.csv'), 'utf8')).toBe('new b.csv');
  expect(dialog.showMessageBox).not.toHaveBeenCalled();
});

test.for([
  [0, 'old'],
  [1, 'new a.csv'],
] as const)(
  'a file that is there is replaced only when the user says so (button %i)',
  async ([response, held], { folder }) => {
    chosen(folder);
    writeFileSync(join(folder, 'a.csv'), 'old');
    dialog.showMessageBox.mockResolvedValue({ response });
    expect(await saveFiles(window, files)).toEqual({ ok: true, value: response === 1 });
    expect(readFileSync(join(folder, 'a.csv'), 'utf8')).toBe(held);
    expect(existsSync(join(folder, 'b.csv'))).toBe(response === 1);
    expect(dialog.showMessageBox).toHaveBeenCalledWith(
      window,
      expect.objectContaining({
        message: 'A file “a.csv” is there already.',
        buttons: ['Cancel', 'Replace'],
        cancelId: 0,
      }),
    );
  },
);
