import { EventEmitter } from 'node:events';
import { beforeEach, expect, test, vi } from 'vitest';
import type { AppWindow } from '../../../electron/windows/app-window';
import { watchPage } from '../../../electron/windows/page-trouble';

const dialogs = vi.hoisted(() => ({ ask: vi.fn() }));
vi.mock('../../../electron/files/dialogs', () => dialogs);
beforeEach(() => void dialogs.ask.mockReset());

/** A window that is watched, with what happens to it. */
function watched() {
  const page = Object.assign(new EventEmitter(), {
    reload: vi.fn(),
    forcefullyCrashRenderer: () => void page.emit('render-process-gone', {}, { reason: 'killed' }),
  });
  const browser = Object.assign(new EventEmitter(), {
    webContents: page,
    isDestroyed: () => false,
    isVisible: () => true,
  });
  const window = { browser, died: vi.fn(), answers: vi.fn(), close: vi.fn() };
  watchPage(window as unknown as AppWindow);
  return { page, browser, window };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));
const sentence = (call = 0) => (dialogs.ask.mock.calls[call] as unknown[])[1];

test.each([
  ['oom', 'This window stopped working (it ran out of memory); reload it to go on, without what was not saved in it.'],
  [
    'crashed',
    'This window stopped working (its process ended: crashed); reload it to go on, without what was not saved in it.',
  ],
])('a page that ended (%s) can be loaded again', async (reason, message) => {
  dialogs.ask.mockResolvedValue('reload');
  const { page, window } = watched();
  page.emit('render-process-gone', {}, { reason });
  expect(window.died).toHaveBeenCalledOnce();
  await settled();
  expect(sentence()).toBe(message);
  expect(page.reload).toHaveBeenCalledOnce();
  expect(window.close).not.toHaveBeenCalled();
});

test('a page that ended can be left, and its window closes', async () => {
  dialogs.ask.mockResolvedValue('close');
  const { page, window } = watched();
  page.emit('render-process-gone', {}, { reason: 'crashed' });
  await settled();
  expect(window.close).toHaveBeenCalledOnce();
  expect(page.reload).not.toHaveBeenCalled();
});

test('a page that ends because it is done is no news', async () => {
  const { page, window } = watched();
  page.emit('render-process-gone', {}, { reason: 'clean-exit' });
  await settled();
  expect(window.died).not.toHaveBeenCalled();
  expect(dialogs.ask).not.toHaveBeenCalled();
});

test('a page that does not answer is loaded again when the user says so, with one question', async () => {
  dialogs.ask.mockResolvedValue('reload');
  const { page, browser, window } = watched();
  browser.emit('unresponsive');
  browser.emit('unresponsive');
  await settled();
  expect(dialogs.ask).toHaveBeenCalledOnce();
  expect(page.reload).toHaveBeenCalledOnce();
  expect(window.answers).toHaveBeenLastCalledWith(true);
});

test('a page that answers again takes the question back', async () => {
  const signals: AbortSignal[] = [];
  dialogs.ask.mockImplementation((...given: unknown[]) => {
    const signal = given[3] as AbortSignal;
    signals.push(signal);
    return new Promise((resolve) => signal.addEventListener('abort', () => resolve('wait')));
  });
  const { page, browser, window } = watched();
  browser.emit('unresponsive');
  browser.emit('responsive');
  await settled();
  expect(signals[0].aborted).toBe(true);
  expect(page.reload).not.toHaveBeenCalled();
  expect(window.answers).toHaveBeenLastCalledWith(true);
});
