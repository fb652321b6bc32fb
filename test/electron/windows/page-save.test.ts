import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { followSave } from '../../../electron/windows/page-save';
import { SILENT_PAGE } from '../../../electron/windows/page-state';

const edited = { ...SILENT_PAGE, edited: true };
const DAY_MS = 86_400_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const started = () => {
  const ask = vi.fn();
  return { save: followSave(ask), ask };
};

test('the page is asked once, and the save is done when it says that a file holds all', async () => {
  const { save, ask } = started();
  expect(ask).toHaveBeenCalledOnce();
  save.begun();
  save.answered(true);
  save.told(edited);
  save.told(SILENT_PAGE);
  expect(await save.done).toBe(true);
});

test('a user who closes the dialog, or a disk that is full, ends it', async () => {
  const { save } = started();
  save.begun();
  save.answered(false);
  expect(await save.done).toBe(false);
});

test('a dialog may stand open for a day', async () => {
  const { save } = started();
  save.begun();
  vi.advanceTimersByTime(DAY_MS);
  save.answered(true);
  save.told(SILENT_PAGE);
  expect(await save.done).toBe(true);
});

test('a page that never begins, or says that it has changed again, is not waited for', async () => {
  const silent = started().save;
  vi.advanceTimersByTime(DAY_MS);
  expect(await silent.done).toBe(false);
  const changed = started().save;
  changed.begun();
  changed.answered(true);
  changed.told(edited);
  vi.advanceTimersByTime(10_000);
  expect(await changed.done).toBe(false);
});

test('a page that is gone saves nothing', async () => {
  const { save } = started();
  save.gone();
  expect(await save.done).toBe(false);
});
