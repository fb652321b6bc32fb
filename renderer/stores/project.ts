import { Save, SaveAll } from '@lucide/vue';
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { Grant } from '../../core/protocol';
import type { SavedWork } from '../../core/store/work';
import { useCore } from '../core';
import { useCommands } from './commands';
import { useData } from './data';
import type { OpenedProject, Successor } from './data';
import { isRunning } from './experiment-run';
import { useExperiments } from './experiments';
import { useModel } from './model';
import { useNotice } from './notice';
import { useResults } from './results';
import { isActive, isFinished } from './run';
import { useRuns } from './runs';

/** Where the project is kept: the next save goes there. */
interface Place {
  readonly place: string;
  readonly name: string;
}

/** What was chosen, as text: about the table, and on the form that fits it. */
interface Choices {
  readonly table: string;
  readonly form: string;
}

/** What to do with work that no file holds, before something else takes its place. */
export type Leaving = 'save' | 'lose' | 'cancel';

/** Asked of the user before something takes the place of what is open. */
export interface LeavingQuestion extends Successor {
  readonly answer: (answer: Leaving) => void;
}

/**
 * Table, choices, runs and experiments as one file. It knows what of them the file holds, and so whether closing would lose anything.
 */
export const useProject = defineStore('project', () => {
  const core = useCore();
  const data = useData();
  const model = useModel();
  const runs = useRuns();
  const results = useResults();
  const experiments = useExperiments();
  const notice = useNotice();

  const kept = shallowRef<Place | null>(null);
  /** Runs and experiments that some file holds, be it the project's or one that was open before its table was replaced. */
  const held = shallowRef<ReadonlySet<string>>(new Set());
  /** The choices as they were saved or opened; null before any table was. */
  const choicesThen = shallowRef<Choices | null>(null);
  /** The same of the list of runs. */
  const listThen = ref('');
  const saving = ref(false);
  /** Milliseconds since 1970; null where it was not saved while this window was open. */
  const savedAt = ref<number | null>(null);
  const question = shallowRef<LeavingQuestion | null>(null);

  const choices = computed<Choices | null>(
    () =>
      data.table && {
        table: JSON.stringify([data.table.file.sha256, data.table.dialect, data.snapshot()]),
        form: JSON.stringify(model.snapshot()),
      },
  );
  const ended = computed(() => runs.runs.filter((run) => !isActive(run)));
  const studies = computed(() => [...experiments.runs.values()].filter((run) => !isRunning(run)));
  /** What would be a loss: what has come to a result. */
  const made = computed(() => [
    ...ended.value.filter(isFinished).map(({ id }) => id),
    ...studies.value.filter(({ report }) => report !== null).map(({ id }) => id),
  ]);
  const list = computed(() =>
    JSON.stringify([ended.value.map(({ id, name, shown }) => [id, name, shown]), studies.value.map(({ id }) => id)]),
  );

  const isProject = computed(() => kept.value !== null);
  const tableChanged = computed(() => choicesThen.value !== null && choices.value?.table !== choicesThen.value.table);
  const formChanged = computed(() => choicesThen.value !== null && choices.value?.form !== choicesThen.value.form);
  /** There is work that no file holds. Of a project every change counts; of a table alone its runs and what was chosen by hand. */
  const edited = computed(
    () =>
      made.value.some((id) => !held.value.has(id)) ||
      tableChanged.value ||
      formChanged.value ||
      (isProject.value && list.value !== listThen.value),
  );
  const canSave = computed(
    () => data.table !== null && !data.reading && !saving.value && core.status.value.state === 'ready',
  );

  const snapshot = (): SavedWork => ({
    data: data.snapshot(),
    model: model.snapshot(),
    runs: runs.snapshot(),
    selectedRun: idOf(runs.selected),
    shownResult: idOf(results.run),
    experiments: experiments.snapshot(),
  });
  /** Of a run that is saved. */
  const idOf = (run: { readonly id: string } | null): string | null =>
    run && ended.value.some(({ id }) => id === run.id) ? run.id : null;

  function hold(as: { ids: readonly string[]; choices: Choices | null; list: string }): void {
    held.value = new Set([...held.value, ...as.ids]);
    choicesThen.value = as.choices;
    listThen.value = as.list;
  }
  const now = (): Parameters<typeof hold>[0] => ({ ids: made.value, choices: choices.value, list: list.value });

  /** Has the core pack what there is and the host write it. False when the user thinks better of it, or it cannot be done. */
  async function write(place: string | null): Promise<boolean> {
    const { table, opened: origin } = data;
    if (!table || saving.value) return false;
    saving.value = true;
    // What was said of an earlier try holds no longer.
    notice.dismiss();
    try {
      const as = now();
      const packed = await core.send('project/pack', { tableId: table.tableId, work: snapshot() });
      if (!packed.ok) return refused(packed.error.message);
      const file = { name: suggestedName(), mime: 'application/zip', content: packed.value.bytes };
      const saved = await core.saveProject(file, place);
      if (!saved) return false;
      // Something else was opened meanwhile: the next save must not write that over this file.
      if (data.opened !== origin) return true;
      kept.value = saved;
      savedAt.value = Date.now();
      hold(as);
      return true;
    } catch (error) {
      return refused(error instanceof Error ? error.message : String(error));
    } finally {
      saving.value = false;
    }
  }

  function refused(why: string): false {
    notice.tell({ kind: 'amber', fact: 'The project was not saved.', rest: why });
    return false;
  }

  /** A project is opened under any name, and saved under that of a project. */
  function suggestedName(): string {
    const name = kept.value?.name ?? data.table?.file.name ?? '';
    return /\.moe$/i.test(name) ? name : `${name.replace(/\.[^.]*$/, '') || 'project'}.moe`;
  }

  /** Opening a project replaces everything; opening a table, what was chosen for the former and its being part of a project. */
  const wouldLose = ({ kind }: Successor): boolean =>
    kind === 'project'
      ? edited.value || runs.active.length > 0 || experiments.active !== null
      : tableChanged.value || (isProject.value && edited.value);

  /** What would be lost by opening something else is asked for first. */
  async function mayReplace(successor: Successor): Promise<boolean> {
    if (!wouldLose(successor)) return true;
    // A file dropped on the question is asked about instead.
    question.value?.answer('cancel');
    const answer = await new Promise<Leaving>((resolve) => {
      const settle = (given: Leaving): void => {
        question.value = null;
        resolve(given);
      };
      question.value = { ...successor, answer: settle };
    });
    if (answer === 'save') return save();
    return answer === 'lose';
  }

  function opened(project: OpenedProject | null): void {
    savedAt.value = null;
    if (!project) {
      // Another table beside the runs: what the project's file holds stays as it is.
      kept.value = null;
      hold({ ids: [], choices: choices.value, list: '' });
      return;
    }
    const { place, name, work } = project;
    runs.restore(work.runs, work.selectedRun);
    experiments.restore(work.experiments);
    model.restore(work.model, (id) => runs.finished.find((run) => run.id === id)?.result.report.model ?? null);
    if (work.shownResult !== null) results.choose(work.shownResult);
    kept.value = { place, name };
    held.value = new Set();
    hold(now());
  }

  const save = (): Promise<boolean> => write(kept.value?.place ?? null);
  const saveAs = (): Promise<boolean> => write(null);
  const open = (grant: Grant): Promise<boolean> => data.openGrant(grant);

  data.keepBy({ mayReplace, isProject: () => isProject.value, opened });

  useCommands().offer(() => [
    {
      id: 'project/save',
      label: 'Save project',
      group: 'File',
      icon: Save,
      keys: 'Ctrl+S',
      enabled: canSave.value,
      act: () => void save(),
    },
    {
      id: 'project/save-as',
      label: 'Save project as…',
      group: 'File',
      icon: SaveAll,
      keys: 'Ctrl+Shift+S',
      enabled: canSave.value,
      act: () => void saveAs(),
    },
  ]);

  return {
    name: computed(() => kept.value?.name ?? null),
    isProject,
    edited,
    saving,
    savedAt,
    canSave,
    question,
    save,
    saveAs,
    open,
    /** Where a newly opened file is looked at first: a project with results, at its results. */
    firstScreen: computed(() => (isProject.value && ended.value.some(isFinished) ? 'results' : 'data')),
  };
});
