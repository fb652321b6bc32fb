import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { effectScope, nextTick } from 'vue';
import type { HostBridge, WindowState } from '../../../core/bridge';
import { useFrameCommands } from '../../../renderer/frame/commands';
import { useNativeMenu } from '../../../renderer/frame/native-menu';
import { savedState, savedWords } from '../../../renderer/frame/saved-state';
import { titleOf, useTitle } from '../../../renderer/frame/title';
import { useWindowState } from '../../../renderer/frame/window-state';
import { useCommands } from '../../../renderer/stores/commands';
import { useNavigation } from '../../../renderer/stores/navigation';
import { useRuns } from '../../../renderer/stores/runs';
import { useSettings } from '../../../renderer/stores/settings';
import { opened, progress, request, scripted } from '../runs/harness';

const scope = { current: effectScope() };
beforeEach(() => {
  localStorage.clear();
  location.hash = '';
  scope.current = effectScope();
});
afterEach(() => {
  scope.current.stop();
  document.body.innerHTML = '';
});

function shown(host: Partial<HostBridge> = {}) {
  const told: WindowState[] = [];
  const menu = { click: (id: string): void => void id };
  const page = scripted(
    {},
    {
      showState: (state) => void told.push(structuredClone(state)),
      onCommand: (listener) => (menu.click = listener),
      ...host,
    },
  );
  page.inApp(() =>
    scope.current.run(() => {
      useFrameCommands(() => undefined);
      useNativeMenu();
      useTitle();
      useWindowState();
    }),
  );
  return { ...page, told, click: (id: string) => menu.click(id) };
}

test('the host is told at once what its window shows, and again when something of it changes', async () => {
  const { told } = shown();
  expect(told).toHaveLength(1);
  expect(told[0]).toMatchObject({ name: null, edited: false, running: 0, theme: 'system' });
  expect(told[0].menu.find(({ id }) => id === 'open')).toEqual({
    id: 'open',
    label: 'Open…',
    group: 'File',
    keys: 'Ctrl+O',
    enabled: true,
    checked: null,
  });
  useSettings().theme = 'dark';
  await nextTick();
  expect(told).toHaveLength(2);
  expect(told[1].theme).toBe('dark');
  expect(told[1].menu.find(({ id }) => id === 'theme-dark')?.checked).toBe(true);
});

test('many changes at once are told once, and progress that changes nothing of it is not told', async () => {
  const { told, say, asked, settle } = shown();
  opened();
  await useRuns().start([request('ols'), request('joint-em')]);
  await settle();
  const [runId] = asked.filter(({ method }) => method === 'fit/start').map(({ params }) => String(params.runId));
  const before = told.length;
  expect(before).toBeLessThanOrEqual(4);
  expect(told.at(-1)).toMatchObject({ name: 'concrete.csv', edited: false, running: 2 });
  for (let i = 1; i <= 20; i++) await say('run/progress', progress(runId, [i]));
  expect(told).toHaveLength(before);
  await say('run/finished', { runId, state: 'cancelled' });
  expect(told.at(-1)?.running).toBe(1);
});

test('what is told can cross to another process', () => {
  const { told } = shown();
  expect(JSON.parse(JSON.stringify(told[0]))).toEqual(told[0]);
});

test('the native menu does the page’s acts', () => {
  const { click } = shown();
  click('go/runs');
  expect(useNavigation().screen).toBe('runs');
  click('unknown');
});

test('undo of the native menu is the field’s own while somebody writes, else the page’s', () => {
  const { click } = shown();
  const [undo, native] = [vi.fn(), vi.fn(() => true)];
  document.execCommand = native;
  scope.current.run(() => useCommands().offer(() => [{ id: 'redo', label: 'Redo', group: 'Edit', act: undo }]));
  const field = document.createElement('input');
  document.body.append(field);
  field.focus();
  click('redo');
  expect(native).toHaveBeenCalledWith('redo');
  expect(undo).not.toHaveBeenCalled();
  field.blur();
  click('redo');
  expect(undo).toHaveBeenCalledOnce();
});

test('whether the work is saved is said in words, with its time for who asks', () => {
  const at = new Date(2026, 0, 1, 14, 2).getTime();
  const state = { isProject: true, edited: false, saving: false, savedAt: at };
  expect(savedState(state)).toMatchObject({ pending: false, words: 'Saved', time: '14:02' });
  expect(savedWords(savedState(state))).toBe('Saved 14:02');
  expect(savedState({ ...state, savedAt: null })).toMatchObject({ pending: false, words: 'Saved', time: null });
  expect(savedState({ ...state, edited: true })).toEqual({
    pending: true,
    words: 'Unsaved changes',
    time: null,
    sentence: 'Changed since it was saved at 14:02.',
  });
  expect(savedState({ ...state, saving: true }).words).toBe('Saving…');
  expect(savedState({ ...state, isProject: false, edited: true })).toMatchObject({
    pending: true,
    words: 'Not saved yet',
  });
  expect(savedState({ ...state, isProject: false })).toMatchObject({ pending: false, words: 'No changes' });
});

test('the title names what is open, whether it is saved, the screen and the application', async () => {
  const saved = savedState({ isProject: true, edited: true, saving: false, savedAt: null });
  expect(titleOf({ name: 'concrete.moe', saved, edited: true, running: 0 }, 'results')).toBe(
    'concrete.moe – unsaved changes – Results – MoE Lab',
  );
  expect(titleOf({ name: null, saved: null, edited: false, running: 0 }, 'start')).toBe('MoE Lab');
  shown();
  opened();
  await nextTick();
  expect(document.title).toBe('concrete.csv – no changes – MoE Lab');
});
