import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { effectScope } from 'vue';
import type { HostBridge } from '../../../core/bridge';
import { useFrameCommands } from '../../../renderer/frame/commands';
import { groups, useCommands } from '../../../renderer/stores/commands';
import { useEngine } from '../../../renderer/stores/engine';
import { useHelp } from '../../../renderer/stores/help';
import { useNavigation } from '../../../renderer/stores/navigation';
import { useResults } from '../../../renderer/stores/results';
import { useRuns } from '../../../renderer/stores/runs';
import { useSettings } from '../../../renderer/stores/settings';
import { useToasts } from '../../../renderer/stores/toasts';
import { opened, request, scripted } from '../runs/harness';

const scope = { current: effectScope() };
beforeEach(() => {
  localStorage.clear();
  location.hash = '';
  scope.current = effectScope();
});
afterEach(() => scope.current.stop());

function framed(host: Partial<HostBridge> = {}) {
  const page = scripted({}, host);
  page.inApp(() => scope.current.run(() => useFrameCommands(() => undefined)));
  return page;
}
const byId = (id: string) => useCommands().commands.find((command) => command.id === id)!;

test('every menu but those of single screens has acts on every screen, each act once', () => {
  framed();
  const commands = useCommands();
  for (const screen of ['start', 'data', 'runs', 'results'] as const) {
    useNavigation().go(screen);
    const ids = commands.commands.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const met = new Set(commands.commands.map(({ group }) => group));
    expect(groups.filter((group) => !met.has(group))).toEqual(['Data', 'Model', 'Results']);
  }
});

test('the theme and the density that hold are marked, and choosing another moves the mark', () => {
  framed();
  expect(byId('theme-system').checked).toBe(true);
  byId('theme-dark').act();
  expect(useSettings().theme).toBe('dark');
  expect(byId('theme-dark').checked).toBe(true);
  expect(byId('theme-system').checked).toBe(false);
  byId('density/comfortable').act();
  expect(byId('density/comfortable').checked).toBe(true);
});

test('a new window has keys only where the page gets them', () => {
  const newWindow = vi.fn();
  framed({ host: 'browser', newWindow });
  expect(byId('window/new').keys).toBeUndefined();
  byId('window/new').act();
  expect(newWindow).toHaveBeenCalledOnce();
  scope.current.stop();
  scope.current = effectScope();
  framed({ host: 'electron' });
  expect(byId('window/new').keys).toBe('Ctrl+N');
});

test('files opened before are found by name, except those that are missing', async () => {
  const openRecent = vi.fn(async () => ({ id: 'grant', name: 'a.csv', bytes: 1 }));
  const { asked, settle } = framed({
    host: 'electron',
    openRecent,
    onRecent: (listener) =>
      listener([
        { id: '1', name: 'a.csv', folder: '~', missing: false },
        { id: '2', name: 'b.csv', folder: '~', missing: true },
      ]),
  });
  expect(byId('recent/2').enabled).toBe(false);
  byId('recent/1').act();
  await settle();
  expect(openRecent).toHaveBeenCalledWith('1');
  expect(asked.at(-1)?.params).toMatchObject({ source: { kind: 'grant', id: 'grant' } });
});

test('examples are opened by name', () => {
  framed();
  useEngine().samples = [{ id: 'cars', name: 'Cars', rows: 1, columns: 1, teaches: '', target: 'y' } as never];
  expect(byId('sample/cars').label).toBe('Open example: Cars');
});

test('runs that have ended are removed together and come back together, in their order', async () => {
  const { say, asked } = framed();
  opened();
  const runs = useRuns();
  await runs.start([request('ols'), request('joint-em'), request('ols')]);
  const ids = asked.filter(({ method }) => method === 'fit/start').map(({ params }) => String(params.runId));
  await say('run/finished', { runId: ids[0], state: 'cancelled' });
  await say('run/finished', { runId: ids[2], state: 'cancelled' });
  byId('runs/clear').act();
  expect(runs.runs.map(({ id }) => id)).toEqual([ids[1]]);
  expect(byId('runs/clear').enabled).toBe(false);
  const [toast] = useToasts().toasts;
  expect(toast.text).toBe('2 runs removed');
  useToasts().undo(toast.id);
  expect(runs.runs.map(({ id }) => id)).toEqual(ids);
});

test('the selected run is cancelled or taken off the list, and can come back', async () => {
  const { asked, settle } = framed();
  opened();
  const runs = useRuns();
  await runs.start([request()]);
  expect(byId('runs/cancel').label).toBe('Cancel Joint EM, keep best');
  byId('runs/cancel').act();
  expect(byId('runs/cancel').enabled).toBe(false);
  await settle();
  expect(asked.at(-1)?.method).toBe('fit/cancel');
  byId('runs/remove').act();
  expect(runs.runs).toEqual([]);
  expect(byId('runs/remove').enabled).toBe(false);
  useToasts().undo(useToasts().toasts[0].id);
  expect(runs.runs.map(({ name }) => name)).toEqual(['Joint EM']);
});

test('a run that has ended can be run again from any screen while its table is open', async () => {
  const { say, asked } = framed();
  opened();
  await useRuns().start([request()]);
  expect(byId('runs/retry').enabled).toBe(false);
  await say('run/finished', { runId: String(asked.at(-1)?.params.runId), state: 'cancelled' });
  expect(byId('runs/retry')).toMatchObject({ enabled: true, label: 'Run Joint EM again' });
  byId('runs/retry').act();
  expect(useRuns().runs.length).toBe(2);
});

test('acts with files stand in the order of their use: open, save, export', () => {
  framed();
  const ids = useCommands().commands.map(({ id }) => id);
  const wanted = ['open', 'window/new', 'project/save', 'project/save-as', 'export'];
  expect(ids.filter((id) => wanted.includes(id))).toEqual(wanted);
  expect(wanted.slice(2).map((id) => byId(id).enabled)).toEqual([false, false, false]);
});

test('exporting leads to the result and opens the list of formats', () => {
  framed();
  byId('export').act();
  expect(useNavigation().screen).toBe('results');
  expect(useResults().exporting).toBe(true);
});

test('each page of help has its act', () => {
  framed();
  for (const page of ['shortcuts', 'licences', 'diagnostics', 'about'] as const) {
    byId(`help/${page}`).act();
    expect(useHelp().page).toBe(page);
  }
});

test('no act takes the keys that a window, a browser or a text field has already', () => {
  const folder = join(import.meta.dirname, '../../../renderer');
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(ts|vue)$/.test(name));
  const keys = sources.flatMap((name) =>
    [...readFileSync(join(folder, name), 'utf8').matchAll(/keys: (?:[^\n]*\? )?'([^']+)'/g)].map(([, found]) => found),
  );
  const taken = [
    ...['Ctrl++', 'Ctrl+=', 'Ctrl+-', 'Ctrl+0', 'F11', 'F12', 'Escape', 'Tab'],
    ...['Ctrl+C', 'Ctrl+X', 'Ctrl+V', 'Ctrl+A', 'Ctrl+W', 'Ctrl+Q', 'Ctrl+R', 'F5', 'Ctrl+Shift+I'],
  ];
  expect(keys).toContain('Ctrl+N');
  expect(keys).toContain('Ctrl+K');
  expect(keys.filter((one) => taken.includes(one))).toEqual([]);
  // "Ctrl+Enter" is the run of whichever screen is shown.
  const twice = keys.filter((one, i) => keys.indexOf(one) !== i);
  expect([...new Set(twice)]).toEqual(['Ctrl+Enter']);
});
