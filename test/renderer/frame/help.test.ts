import { mount } from '@vue/test-utils';
import { getActivePinia } from 'pinia';
import { afterEach, expect, test, vi } from 'vitest';
import { effectScope, nextTick } from 'vue';
import type { HostBridge } from '../../../core/bridge';
import { coreKey } from '../../../renderer/core';
import { useFrameCommands } from '../../../renderer/frame/commands';
import HelpDialogs from '../../../renderer/frame/help/HelpDialogs.vue';
import { useHelp } from '../../../renderer/stores/help';
import { useRuns } from '../../../renderer/stores/runs';
import { opened, request, scripted } from '../runs/harness';

afterEach(() => {
  document.body.innerHTML = '';
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function shown(host: Partial<HostBridge> = {}) {
  const page = scripted({}, host);
  const scope = effectScope();
  page.inApp(() => scope.run(() => useFrameCommands(() => undefined)));
  const wrapper = mount(HelpDialogs, {
    global: { plugins: [getActivePinia()!], provide: { [coreKey as symbol]: page.core } },
    attachTo: document.body,
  });
  const words = (): string => document.querySelector('[role=dialog]')?.textContent ?? '';
  return { ...page, wrapper, words, stop: () => (wrapper.unmount(), scope.stop()) };
}

const writeText = vi.fn<(text: string) => Promise<void>>();
const useClipboard = (write: () => Promise<void>): void => {
  writeText.mockReset().mockImplementation(write);
  vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue({ writeText } as unknown as Clipboard);
};

test('the list of shortcuts names every act that has keys, under its menu', async () => {
  const { words, stop } = shown({ host: 'electron' });
  useHelp().show('shortcuts');
  await nextTick();
  for (const act of ['Open…', 'Undo', 'Go to Results', 'Next part of the window', 'New window'])
    expect(words()).toContain(act);
  expect(words()).not.toContain('Theme: dark');
  expect(words()).toContain('Ctrl Shift Z');
  stop();
});

test('diagnostics are copied at once and shown: the host’s words, then the page’s, with no name of the table', async () => {
  useClipboard(() => Promise.resolve());
  const { words, settle, stop } = shown({ diagnostics: async () => 'MoE Lab 1.2.3 on Linux\n' });
  opened();
  await useRuns().start([request()]);
  useHelp().show('diagnostics');
  await settle();
  expect(words()).toContain('Copied');
  const [copied] = writeText.mock.lastCall!;
  expect(copied).toMatch(/^MoE Lab 1\.2\.3 on Linux\n\nPage\n/);
  expect(copied).toContain('table: 100 rows, 3 columns, 100 bytes');
  expect(copied).toContain('runs: 1 queued');
  expect(copied).toContain('engine: starting; version not known, 0 workers');
  // The host has it as a heading.
  expect(copied).not.toMatch(/^Engine/m);
  for (const name of ['concrete', 'Age', 'Water', 'Strength']) expect(copied).not.toContain(name);
  stop();
});

test('a host that cannot say what it is does not keep the page from saying what it knows', async () => {
  useClipboard(() => Promise.resolve());
  const { words, settle, stop } = shown({ diagnostics: () => Promise.reject(new Error('No answer.')) });
  useHelp().show('diagnostics');
  await settle();
  expect(words()).toContain('The host did not say: No answer.');
  expect(words()).toContain('engine: starting');
  stop();
});

test('where nothing may write to the clipboard the user is told to copy the text', async () => {
  useClipboard(() => Promise.reject(new Error('denied')));
  document.execCommand = () => false;
  const { words, settle, stop } = shown();
  useHelp().show('diagnostics');
  await settle();
  expect(words()).toContain('select the text and copy it');
  stop();
});

test('licences are those that came with the page', async () => {
  const fetched = vi.fn(async (address: string) => new Response(`texts of ${address}`));
  vi.stubGlobal('fetch', fetched);
  const { words, settle, stop } = shown();
  useHelp().show('licences');
  await settle();
  expect(words()).toContain('texts of ./licences.txt');
  expect(words()).not.toContain('Electron');
  stop();
});

test('the window’s own licences are named where there is one', async () => {
  vi.stubGlobal('fetch', async () => new Response('MIT'));
  const { words, settle, stop } = shown({ host: 'electron' });
  useHelp().show('licences');
  await settle();
  expect(words()).toContain('LICENSE.electron.txt');
  stop();
});

test('a copy without its list of licences says so', async () => {
  vi.stubGlobal('fetch', async () => new Response('', { status: 404 }));
  const { words, settle, stop } = shown();
  useHelp().show('licences');
  await settle();
  expect(words()).toContain('built without its list of licences');
  stop();
});

test('the page about the application leads to the licences and closes', async () => {
  vi.stubGlobal('fetch', async () => new Response('MIT'));
  const { words, settle, stop } = shown();
  useHelp().show('about');
  await nextTick();
  expect(words()).toContain('MIT');
  const press = (name: string): void =>
    [...document.querySelectorAll('button')].find(({ textContent }) => textContent?.trim() === name)!.click();
  press('Licences');
  await settle();
  expect(useHelp().page).toBe('licences');
  press('Close');
  await settle();
  expect(useHelp().page).toBeNull();
  expect(words()).toBe('');
  stop();
});
