import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { DialectChoice, TableInfo } from '../../core/data/types';
import type { Reply, SampleInfo } from '../../core/protocol';
import type { DataChoices, SavedWork } from '../../core/store/work';
import { useCore } from '../core';
import { carriedOver, preparationFor, stillSplit, suggested, withRole } from './column-choices';
import type { ColumnChoices, Role } from './column-choices';
import { useDeciding } from './deciding';
import { fitting, keptDecisions, sameDialect, savedDecisions } from './decisions';
import type { Decisions } from './decisions';
import { begin, record, redo, undo } from './history';
import type { History } from './history';
import { useOpening } from './opening';
import type { Opened } from './opening';

/** A project that is opened: where it is, what it is called, and what it holds beside its table. */
export interface OpenedProject {
  readonly place: string;
  readonly name: string;
  readonly work: SavedWork;
}

/** What is about to take the place of what is open. */
export interface Successor {
  readonly name: string;
  readonly kind: 'project' | 'table';
}

/** Who keeps the project is asked before anything takes the place of what is open, and told of every file that has been opened. */
export interface ProjectKeeper {
  mayReplace(successor: Successor): Promise<boolean>;
  /** What is open is, or has been saved as, a project. */
  isProject(): boolean;
  /** A project, or null for a table that is a file of its own. */
  opened(project: OpenedProject | null): void;
}

/** The open table and what the user decided about it: how it was read, roles, types, preparation. One table at a time. */
export const useData = defineStore('data', () => {
  const core = useCore();
  const table = shallowRef<TableInfo | null>(null);
  const { history, acts, ...decided } = useDeciding(table);
  const { choices, choice, seed } = decided;
  const { accepted, ...file } = useOpening(core, {
    take,
    shown: () => ({ dialect: choice.value, bytes: table.value?.file.bytes ?? null }),
  });
  /** Names of the columns selected in the grid; the last is the one the inspector shows. */
  const selection = shallowRef<readonly string[]>([]);
  const keeper = shallowRef<ProjectKeeper | null>(null);

  const selected = computed(
    () => table.value?.columns.find(({ name }) => name === selection.value[selection.value.length - 1]) ?? null,
  );
  // A step may read the file another way: not while one is on its way, which that would give up.
  const canUndo = computed(() => file.opening.value === null && history.value.past.length > 0);
  const canRedo = computed(() => file.opening.value === null && history.value.future.length > 0);

  /** What was read takes the place of what is there, when the user agrees to lose what no file holds of that. */
  async function take(
    { project: work, ...info }: Reply<'data/open'>,
    next: Opened,
    dialect: DialectChoice,
  ): Promise<boolean> {
    // A table that is chosen once more keeps its choices; chosen while it is part of a project, it is another way to work on it.
    const same = table.value?.file.sha256 === info.file.sha256;
    const again = next === file.opened.value || (same && !work && !keeper.value?.isProject());
    const engine = core.status.value;
    if (!again && keeper.value) {
      if (!(await keeper.value.mayReplace({ name: next.name, kind: work ? 'project' : 'table' }))) {
        void core.send('data/close', { tableId: info.tableId });
        return false;
      }
    }
    accept(info, next, dialect, again && same);
    if (!again && work) restore(work.data, info);
    if (!again) keeper.value?.opened(work ? { place: next.source.id, name: next.name, work } : null);
    // The engine that read it may have ended while the user made up their mind.
    if (core.status.value !== engine) await file.reopen();
    return true;
  }

  function accept(info: TableInfo, next: Opened, dialect: DialectChoice, again: boolean): void {
    const former = table.value;
    table.value = info;
    accepted(next);
    const kept = again ? carriedOver(choices.value, info.columns) : null;
    const before = history.value.present;
    const present: Decisions = kept
      ? { ...before, columns: kept, preparation: stillSplit(before.preparation, info.columns), dialect }
      : {
          columns: startingChoices(info, next.sample),
          preparation: preparationFor(before.preparation),
          dialect,
          leftCodes: [],
        };
    // Another way to read the same file is a step like any other; undoing it reads the file as before.
    if (!again) history.value = begin(present);
    else if (sameDialect(before.dialect, dialect)) history.value = { ...history.value, present };
    else history.value = record(history.value, present);
    const names = new Set(info.columns.map(({ name }) => name));
    selection.value = kept ? selection.value.filter((name) => names.has(name)) : [];
    if (selection.value.length === 0) selection.value = withRoleOf(choices.value, 'target');
    if (former && former.tableId !== info.tableId) void core.send('data/close', { tableId: former.tableId });
  }

  /** What was decided about the table, as a project keeps it. */
  const snapshot = (): DataChoices => ({ ...savedDecisions(history.value.present), seed: seed.value });

  function restore(saved: DataChoices, info: TableInfo): void {
    history.value = begin(keptDecisions(saved, info.columns));
    selection.value = withRoleOf(choices.value, 'target');
    seed.value = saved.seed;
  }

  /** To a state of the history: where the file was read another way then, it is read that way again. */
  async function travel(to: History<Decisions>): Promise<void> {
    const { dialect } = to.present;
    const before = table.value?.file.sha256;
    if (sameDialect(dialect, choice.value)) history.value = to;
    else if ((await file.readAs(dialect)) && table.value?.file.sha256 === before)
      history.value = { ...to, present: fitting(to.present, table.value!.columns) };
  }

  return {
    table,
    ...file,
    ...decided,
    ...acts,
    selection,
    selected,
    canUndo,
    canRedo,
    snapshot,
    keepBy: (next: ProjectKeeper): void => void (keeper.value = next),
    select: (names: readonly string[]): void => void (selection.value = names),
    undo: (): void => void (canUndo.value && travel(undo(history.value))),
    redo: (): void => void (canRedo.value && travel(redo(history.value))),
  };
});

const withRoleOf = ({ roles }: ColumnChoices, role: Role): string[] =>
  Object.keys(roles).filter((name) => roles[name] === role);

/** As suggested; an example knows its target. */
function startingChoices({ columns }: TableInfo, sample: SampleInfo | null): ColumnChoices {
  const choices = suggested(columns);
  return columns.some(({ name }) => name === sample?.target) ? withRole(choices, [sample!.target], 'target') : choices;
}
