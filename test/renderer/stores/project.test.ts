import { nextTick } from 'vue';
import { expect, test } from 'vitest';
import type { HostBridge, SaveFile } from '../../../core/bridge';
import type { RunResult } from '../../../core/protocol';
import type { Result } from '../../../core/result';
import type { SavedWork } from '../../../core/store/work';
import { useCommands } from '../../../renderer/stores/commands';
import { useData } from '../../../renderer/stores/data';
import { useExperiments } from '../../../renderer/stores/experiments';
import { useModel } from '../../../renderer/stores/model';
import { useNotice } from '../../../renderer/stores/notice';
import { useProject } from '../../../renderer/stores/project';
import { useResults } from '../../../renderer/stores/results';
import { useRuns } from '../../../renderer/stores/runs';
import { progress, request, scripted, table } from '../runs/harness';

const csv = { id: 'g1', name: 'concrete.csv', bytes: 100 };
const moe = { id: 'g2', name: 'concrete.moe', bytes: 100 };
const other = { ...table, tableId: 'table-2', file: { ...table.file, name: 'b.csv', sha256: 'b'.repeat(64) } };

/** A page whose core opens a table, or a project when `work` is there, and packs whatever it is given. */
async function page(host: Partial<HostBridge> = {}) {
  const files = new Map<string, object>([['g1', table]]);
  const packed: Result<unknown> = { ok: true, value: { bytes: Uint8Array.of(1, 2, 3) } };
  const core = scripted(
    {
      'data/open': ({ source }) => ({ ok: true, value: files.get((source as { id: string }).id) }),
      'project/pack': () => packed,
    },
    host,
  );
  const project = useProject();
  await core.host({ state: 'ready', restarts: 0 });
  const works = (): SavedWork[] =>
    core.asked.filter(({ method }) => method === 'project/pack').map(({ params }) => params.work as SavedWork);
  return {
    ...core,
    project,
    files,
    packed: packed as { ok: boolean },
    works,
    /** Fits to the end; the result is no more than a name here. */
    async fit(): Promise<string> {
      await useRuns().start([request()]);
      await core.settle();
      const { id } = useRuns().runs.at(-1)!;
      const result = { runId: id, partial: false, report: { termination: { seconds: 2 }, model: { id } } };
      await core.say('run/progress', progress(id, [0, 1, 2]));
      await core.say('run/finished', { state: 'done', runId: id, result: result as unknown as RunResult });
      return id;
    },
    act: (id: string) => useCommands().commands.find((command) => command.id === id),
  };
}

test('opening a table and looking at it is no work; a choice by hand is, until it is taken back', async () => {
  const { project } = await page();
  expect(project.edited).toBe(false);
  await project.open(csv);
  expect([project.isProject, project.name, project.edited, project.canSave]).toEqual([false, null, false, true]);
  useData().select(['Water']);
  expect(project.edited).toBe(false);
  useData().setRole(['Water'], 'ignore');
  expect(project.edited).toBe(true);
  useData().undo();
  expect(project.edited).toBe(false);
  useModel().settings.experts = 4;
  expect(project.edited).toBe(true);
});

test('a fit under way is no work yet; its result is, until it is saved', async () => {
  const { project, fit, works, say, settle } = await page();
  await project.open(csv);
  await useRuns().start([request()]);
  await settle();
  expect(project.edited).toBe(false);
  await say('run/finished', { state: 'cancelled', runId: useRuns().runs[0].id });
  expect(project.edited).toBe(false);
  await fit();
  expect(project.edited).toBe(true);
  expect(await project.save()).toBe(true);
  expect([project.isProject, project.name, project.edited, project.saving]).toEqual([
    true,
    'concrete.moe',
    false,
    false,
  ]);
  expect(project.savedAt).not.toBeNull();
  expect(works()[0].runs.map(({ state }) => state)).toEqual(['cancelled', 'done']);
  expect(works()[0].runs[1].curves[0].points).toHaveLength(3);
  useRuns().toggleShown(useRuns().runs[0].id);
  expect(project.edited).toBe(true);
});

test('the first save asks where, the next goes there, and saving as asks again', async () => {
  const places: (string | null)[] = [];
  const { project } = await page({
    async saveProject(file: SaveFile, place) {
      places.push(place);
      expect(file).toMatchObject({ name: 'concrete.moe', content: Uint8Array.of(1, 2, 3) });
      return { place: 'here', name: 'concrete.moe' };
    },
  });
  await project.open(csv);
  await project.save();
  await project.save();
  await project.saveAs();
  expect(places).toEqual([null, 'here', null]);
});

test('a project that was opened under the name of a table is offered under that of a project', async () => {
  const names: string[] = [];
  const { project, works, files } = await page({
    async saveProject({ name }) {
      names.push(name);
      return { place: 'here', name };
    },
  });
  await project.open(csv);
  await project.save();
  files.set('g2', { ...table, project: works()[0] });
  await project.open({ ...moe, name: 'renamed.csv' });
  await project.saveAs();
  expect(names).toEqual(['concrete.moe', 'renamed.moe']);
});

test('a save that the user thinks better of, and one that fails, leave the work unsaved', async () => {
  let answer: () => Promise<null> = async () => null;
  const { project, fit, packed } = await page({ saveProject: () => answer() });
  await project.open(csv);
  await fit();
  expect(await project.save()).toBe(false);
  expect([project.edited, project.isProject, useNotice().told]).toEqual([true, false, null]);
  answer = () => Promise.reject(new Error('The disk is full.'));
  expect(await project.save()).toBe(false);
  expect(useNotice().told).toMatchObject({ fact: 'The project was not saved.', rest: 'The disk is full.' });
  Object.assign(packed, { ok: false, error: { code: 'project/too-large', message: 'Too large.' } });
  expect(await project.save()).toBe(false);
  expect(useNotice().told?.rest).toBe('Too large.');
  expect([project.edited, project.isProject, project.saving]).toEqual([true, false, false]);
  Object.assign(packed, { ok: true });
  answer = async () => null;
  await project.save();
  expect(useNotice().told).toBeNull();
});

test('what is done while a save is on its way is not taken for saved', async () => {
  let finish = (): void => undefined;
  const { project, settle } = await page({
    saveProject: (file) => new Promise((resolve) => (finish = () => resolve({ place: 'p', name: file.name }))),
  });
  await project.open(csv);
  const saving = project.save();
  await settle();
  expect([project.saving, project.canSave]).toEqual([true, false]);
  expect(await project.save()).toBe(false);
  useData().setRole(['Water'], 'ignore');
  finish();
  expect(await saving).toBe(true);
  expect(project.edited).toBe(true);
});

test('a project that is opened puts everything back: choices, form, runs with their curves, what was looked at', async () => {
  const { project, fit, works, files } = await page();
  await project.open(csv);
  useData().setRole(['Water'], 'ignore');
  useData().setType(['Age (day)'], 'category');
  useData().setSplit({ fraction: 0.3 });
  useData().seed = 7;
  useModel().settings.experts = 5;
  useModel().setOption('joint-em', 'gateRidge', 0.5);
  const [first, second] = [await fit(), await fit()];
  useRuns().toggleShown(first);
  useRuns().select(first);
  useResults().choose(first);
  const runs = useRuns().runs;
  await project.save();
  const [work] = works();

  const fresh = await page();
  fresh.files.set('g2', { ...table, tableId: 'table-9', project: work });
  expect(files.size).toBe(1);
  expect(await fresh.project.open(moe)).toBe(true);
  expect(useData().choices).toMatchObject({ roles: { Water: 'ignore' }, types: { 'Age (day)': 'category' } });
  expect(useData().canUndo).toBe(false);
  expect([useData().preparation.split.fraction, useData().seed]).toEqual([0.3, 7]);
  expect(useModel().settings.experts).toBe(5);
  expect(useModel().snapshot()).toEqual(work.model);
  expect(useRuns().runs).toEqual(runs);
  expect(useRuns().curves.get(second)?.[0].points).toHaveLength(3);
  expect([useRuns().selected?.id, useResults().run?.id, useResults().tableId]).toEqual([first, first, 'table-9']);
  expect(fresh.project).toMatchObject({ name: 'concrete.moe', isProject: true, edited: false, firstScreen: 'results' });
  // Numbers go on where they were.
  await fresh.fit();
  expect(useRuns().runs.at(-1)).toMatchObject({ number: 3, slot: 2 });
  expect(fresh.project.edited).toBe(true);
  useRuns().remove(useRuns().runs[2].id);
  expect(fresh.project.edited).toBe(false);
  useRuns().remove(first);
  expect(fresh.project.edited).toBe(true);
});

test.each(['save', 'lose', 'cancel'] as const)(
  'another project takes the place of unsaved work only when the user says so: %s',
  async (answer) => {
    const { project, fit, files, works, asked, settle } = await page();
    await project.open(csv);
    const id = await fit();
    await project.save();
    files.set('g2', { ...other, project: works()[0] });
    const later = await fit();
    const opening = project.open(moe);
    await settle();
    expect(project.question?.name).toBe('concrete.moe');
    project.question?.answer(answer);
    expect(await opening).toBe(answer !== 'cancel');
    await settle();
    expect(project.question).toBeNull();
    expect(works()).toHaveLength(answer === 'save' ? 2 : 1);
    expect(useRuns().runs.map((run) => run.id)).toEqual(answer === 'cancel' ? [id, later] : [id]);
    const closed = asked.filter(({ method }) => method === 'data/close').map(({ params }) => params.tableId);
    expect(closed).toEqual([answer === 'cancel' ? 'table-2' : 'table-1']);
  },
);

test('a project dropped on the question about another is asked about instead', async () => {
  const { project, fit, files, works, settle } = await page();
  await project.open(csv);
  await project.save();
  for (const id of ['g2', 'g3']) files.set(id, { ...other, tableId: `table-${id}`, project: works()[0] });
  await fit();
  const first = project.open(moe);
  await settle();
  const second = project.open({ ...moe, id: 'g3', name: 'wine.moe' });
  await settle();
  expect(await first).toBe(false);
  expect(project.question?.name).toBe('wine.moe');
  project.question?.answer('lose');
  expect(await second).toBe(true);
  expect(project.name).toBe('wine.moe');
});

test('a table opened while the project is being saved is not saved over it', async () => {
  let written = (): void => undefined;
  const places: (string | null)[] = [];
  const { project, fit, files, settle } = await page({
    async saveProject(file, place) {
      places.push(place);
      await new Promise<void>((resolve) => (written = resolve));
      return { place: 'here', name: file.name };
    },
  });
  await project.open(csv);
  await fit();
  const saving = project.save();
  await settle();
  files.set('g3', other);
  await project.open({ id: 'g3', name: 'b.csv', bytes: 1 });
  written();
  expect(await saving).toBe(true);
  expect([project.isProject, project.name, project.saving]).toEqual([false, null, false]);
  void project.save();
  await settle();
  expect(places).toEqual([null, null]);
  written();
});

test('a project in the place of a running fit is asked about, and stops it', async () => {
  const { project, files, works, asked, settle } = await page();
  await project.open(csv);
  await project.save();
  files.set('g2', { ...other, project: works()[0] });
  await useRuns().start([request()]);
  await settle();
  const { id } = useRuns().runs[0];
  expect(project.edited).toBe(false);
  const opening = project.open(moe);
  await settle();
  project.question?.answer('lose');
  await opening;
  await settle();
  expect(asked).toContainEqual({ method: 'fit/cancel', params: { runId: id } });
  expect(useRuns().runs).toEqual([]);
});

test('another table keeps the runs, and is saved as a project of its own: the first file stays as it is', async () => {
  const places: (string | null)[] = [];
  const { project, fit, files } = await page({
    async saveProject(file, place) {
      places.push(place);
      return { place: 'here', name: file.name };
    },
  });
  await project.open(csv);
  await fit();
  await project.save();
  files.set('g3', other);
  await project.open({ id: 'g3', name: 'b.csv', bytes: 1 });
  expect(useRuns().runs).toHaveLength(1);
  // The run is in the file that was saved.
  expect([project.isProject, project.edited]).toEqual([false, false]);
  await fit();
  expect(project.edited).toBe(true);
  await project.save();
  expect(places).toEqual([null, null]);
  expect(project.name).toBe('b.moe');
});

test('after the engine was lost the project is read again, and nothing of it is taken for new', async () => {
  const { project, fit, works, files, asked } = await page();
  await project.open(csv);
  await fit();
  await project.save();
  files.set('g2', { ...table, project: works()[0] });
  await project.open(moe);
  const added = await fit();
  files.set('g2', { ...table, tableId: 'table-after', project: works()[0] });
  await useData().reopen();
  expect(asked.filter(({ method }) => method === 'data/open').at(-1)?.params).toMatchObject({ source: { id: 'g2' } });
  expect(useData().table?.tableId).toBe('table-after');
  expect(useRuns().runs.map(({ id }) => id)).toContain(added);
  expect([project.edited, project.question]).toEqual([true, null]);
});

test('a run to start from is found again among the runs of the project', async () => {
  const { project, fit, works, files } = await page();
  await project.open(csv);
  const id = await fit();
  useModel().startingPoint = { runId: id, model: useRuns().finished[0].result.report.model };
  await project.save();
  files.set('g2', { ...table, project: works()[0] });
  useModel().startingPoint = null;
  await nextTick();
  const opening = project.open(moe);
  await new Promise((resolve) => setTimeout(resolve, 20));
  project.question?.answer('lose');
  await opening;
  expect(useModel().startingPoint).toEqual({ runId: id, model: { id } });
});

test('experiments are part of the project', async () => {
  const { project, works, files } = await page();
  await project.open(csv);
  const report = { name: 'gridlock-table-1', rows: [] };
  useExperiments().restore([
    {
      id: 'e1',
      name: 'gridlock-table-1',
      seeds: 2,
      quick: true,
      file: null,
      state: 'done',
      done: 4,
      total: 4,
      elapsed: 3,
      startedAt: 5,
      report: report as never,
      error: null,
    },
  ]);
  expect(project.edited).toBe(true);
  await project.save();
  expect(project.edited).toBe(false);
  files.set('g2', { ...table, project: works()[0] });
  useExperiments().restore([]);
  const opening = project.open(moe);
  await new Promise((resolve) => setTimeout(resolve, 20));
  project.question?.answer('lose');
  await opening;
  expect(useExperiments().runOf('gridlock-table-1')).toMatchObject({ state: 'done', report, request: { quick: true } });
});

test('saving is offered with its keys while there is a table and an engine', async () => {
  const { project, act, host, settle, works } = await page();
  expect([act('project/save')?.enabled, act('project/save-as')?.enabled]).toEqual([false, false]);
  await project.open(csv);
  expect(act('project/save')).toMatchObject({ keys: 'Ctrl+S', group: 'File', enabled: true });
  expect(act('project/save-as')).toMatchObject({ keys: 'Ctrl+Shift+S', group: 'File', enabled: true });
  act('project/save')?.act();
  await settle();
  expect(works()).toHaveLength(1);
  await host({ state: 'restarting', cause: 'crashed', reason: 'it crashed', attempt: 1 });
  expect(act('project/save')?.enabled).toBe(false);
  await host({ state: 'ready', restarts: 1 });
  const again = useData().reopen();
  // The new engine has yet to read the table.
  expect(act('project/save')?.enabled).toBe(false);
  await again;
  expect(act('project/save')?.enabled).toBe(true);
});

test.each(['save', 'lose', 'cancel'] as const)(
  'a table in the place of one with choices made by hand is asked about: %s',
  async (answer) => {
    const { project, files, works, settle } = await page();
    await project.open(csv);
    useData().setRole(['Water'], 'ignore');
    files.set('g3', other);
    const opening = project.open({ id: 'g3', name: 'b.csv', bytes: 1 });
    await settle();
    expect(project.question).toMatchObject({ name: 'b.csv', kind: 'table' });
    project.question?.answer(answer);
    expect(await opening).toBe(answer !== 'cancel');
    expect(works()).toHaveLength(answer === 'save' ? 1 : 0);
    expect(useData().table?.file.name).toBe(answer === 'cancel' ? 'concrete.csv' : 'b.csv');
    if (answer === 'cancel') expect(useData().choices.roles.Water).toBe('ignore');
    expect(project.edited).toBe(answer === 'cancel');
  },
);

test('a table in the place of a changed project is asked about; over runs and a form that stay, it is not', async () => {
  const { project, fit, files, settle } = await page();
  await project.open(csv);
  files.set('g3', other);
  await fit();
  useModel().settings.experts = 4;
  expect(await project.open({ id: 'g3', name: 'b.csv', bytes: 1 })).toBe(true);
  expect(useRuns().runs).toHaveLength(1);
  expect(useModel().settings.experts).toBe(4);
  await project.save();
  await fit();
  files.set('g4', { ...table, tableId: 'table-4' });
  const opening = project.open({ id: 'g4', name: 'concrete.csv', bytes: 1 });
  await settle();
  expect(project.question).toMatchObject({ name: 'concrete.csv', kind: 'table' });
  project.question?.answer('cancel');
  expect(await opening).toBe(false);
  expect([project.name, useData().table?.tableId]).toEqual(['b.moe', 'table-2']);
});

test('the same file never asks, read in another way or chosen once more, and its choices stay', async () => {
  const { project, files } = await page();
  await project.open(csv);
  useData().setRole(['Water'], 'ignore');
  files.set('g1', { ...table, tableId: 'table-again' });
  expect(await useData().readAs({ decimal: ',' })).toBe(true);
  files.set('g5', { ...table, tableId: 'table-once-more' });
  expect(await project.open({ ...csv, id: 'g5' })).toBe(true);
  expect(useData().table?.tableId).toBe('table-once-more');
  expect(useData().choices.roles.Water).toBe('ignore');
  expect([project.question, project.edited]).toEqual([null, true]);
});

test('the table of a project, opened as a file of its own, is a beginning without the choices of the project', async () => {
  const { project, files, settle } = await page();
  await project.open(csv);
  useData().setRole(['Water'], 'ignore');
  await project.save();
  useData().setRole(['Age (day)'], 'ignore');
  files.set('g5', { ...table, tableId: 'table-once-more' });
  const opening = project.open({ ...csv, id: 'g5' });
  await settle();
  expect(project.question).toMatchObject({ name: 'concrete.csv', kind: 'table' });
  project.question?.answer('lose');
  expect(await opening).toBe(true);
  expect(useData().choices.roles.Water).toBe('feature');
  expect([project.isProject, project.edited]).toEqual([false, false]);
});

test('a table whose engine ended while its user was asked is read again', async () => {
  const { project, files, asked, host, settle } = await page();
  await project.open(csv);
  useData().setRole(['Water'], 'ignore');
  files.set('g3', other);
  const opening = project.open({ id: 'g3', name: 'b.csv', bytes: 1 });
  await settle();
  await host({ state: 'restarting', cause: 'crashed', reason: 'it crashed', attempt: 1 });
  await host({ state: 'ready', restarts: 1 });
  files.set('g3', { ...other, tableId: 'table-new' });
  project.question?.answer('lose');
  expect(await opening).toBe(true);
  expect(useData().table?.tableId).toBe('table-new');
  expect(asked.filter(({ method }) => method === 'data/open')).toHaveLength(3);
  expect(project.question).toBeNull();
});
