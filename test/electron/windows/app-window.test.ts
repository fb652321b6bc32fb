import { EventEmitter } from 'node:events';
import type { BrowserWindow } from 'electron';
import { expect, test, vi } from 'vitest';
import { appWindow } from '../../../electron/windows/app-window';
import { channels } from '../../../electron/bridge';
import { SILENT_PAGE } from '../../../electron/windows/page-state';

/** A window as far as its page is concerned, and what was sent to that. */
function opened() {
  const sent: [string, unknown][] = [];
  const browser = Object.assign(new EventEmitter(), {
    gone: false,
    webContents: { send: (channel: string, message: unknown) => void sent.push([channel, message]) },
    isDestroyed: () => browser.gone,
    destroy() {
      browser.gone = true;
      browser.emit('closed');
    },
  });
  const grant = vi.fn((path: string) => ({ id: `grant of ${path}`, name: path, bytes: 0 }));
  const onChange = vi.fn();
  return { window: appWindow(browser as unknown as BrowserWindow, grant, onChange), sent, grant, onChange };
}

test('files wait until somebody in the page listens, in their order', () => {
  const { window, sent, grant } = opened();
  window.give('/a.csv');
  window.give('/b.csv');
  expect(grant).not.toHaveBeenCalled();
  window.connected();
  window.give('/c.csv');
  expect(sent.map(([channel, file]) => [channel, (file as { name: string }).name])).toEqual([
    [channels.open, '/a.csv'],
    [channels.open, '/b.csv'],
    [channels.open, '/c.csv'],
  ]);
});

test('a window that was given a file shows something, before its page says so', () => {
  const { window } = opened();
  window.give('/data/a.csv');
  window.connected();
  window.told(SILENT_PAGE);
  expect(window.state()?.name).toBe('a.csv');
  window.told({ ...SILENT_PAGE, name: 'A table' });
  window.told(SILENT_PAGE);
  expect(window.state()?.name).toBeNull();
});

test('what the page says is kept and passed on', () => {
  const { window, onChange } = opened();
  const state = { ...SILENT_PAGE, edited: true };
  window.told(state);
  expect(window.state()).toEqual(state);
  expect(onChange).toHaveBeenCalledWith(window);
});

test('a dead page has nothing to lose; loaded again, it is asked and told as before', () => {
  const { window, sent } = opened();
  window.connected();
  window.told({ ...SILENT_PAGE, edited: true });
  window.died();
  expect(window.state()).toBeNull();
  window.give('/a.csv');
  expect(sent).toEqual([]);
  window.connected();
  expect(sent).toHaveLength(1);
  expect(window.state()).toEqual(SILENT_PAGE);
});

test('saving asks the page, and is done when the page has written and says so', async () => {
  const { window, sent } = opened();
  window.connected();
  window.told({ ...SILENT_PAGE, edited: true });
  const saved = window.save();
  expect(sent).toEqual([[channels.command, 'project/save']]);
  expect(
    await window.saves(
      () => Promise.resolve('written'),
      () => true,
    ),
  ).toBe('written');
  window.told(SILENT_PAGE);
  expect(await saved).toBe(true);
});

test('saving ends without success when nothing is written, writing fails or the window goes', async () => {
  const { window } = opened();
  const cancelled = window.save();
  await window.saves(
    () => Promise.resolve(null),
    (place) => place !== null,
  );
  expect(await cancelled).toBe(false);
  const failed = window.save();
  await expect(
    window.saves(
      () => Promise.reject(new Error('full')),
      () => true,
    ),
  ).rejects.toThrow('full');
  expect(await failed).toBe(false);
  const closed = window.save();
  window.close();
  expect(await closed).toBe(false);
});

test('a closed window does nothing any more', () => {
  const { window, sent } = opened();
  window.connected();
  window.close();
  window.give('/a.csv');
  window.command('run');
  window.showRecent([]);
  window.focus();
  expect(sent).toEqual([]);
  expect(window.state()).toBeNull();
});
