import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { ColumnPreparation, ColumnType, DialectChoice, TableInfo } from '../../core/data/types';
import type { RecentFile } from '../../core/bridge';
import type { FileSource, Grant, Reply, SampleInfo } from '../../core/protocol';
import type { AppError, Result } from '../../core/result';
import type { DataChoices, SavedWork } from '../../core/store/work';
import { useCore } from '../core';
import {
  carriedOver,
  preparationFor,
  stillSplit,
  recipeOf,
  suggested,
  usualPreparation,
  withPreparation,
  withRole,
  withType,
  withUser,
} from './column-choices';
import type { ColumnChoices, Preparation, Role, UsedBy } from './column-choices';
import { fitting, keptDecisions, sameDialect, savedDecisions } from './decisions';
import type { Decisions } from './decisions';
import { begin, record as recordStep, redo, undo } from './history';
import type { History } from './history';
import { likelyTest, splitBy } from './split-choice';
import type { SplitChoice, SplitKind } from './split-choice';

/** A file on its way to being a table. `fraction` is null while it is not known how far it is. */
export interface Opening {
  readonly name: string;
  readonly bytes: number | null;
  readonly step: 'upload' | 'read';
  readonly fraction: number | null;
}

export interface OpenFailure {
  readonly name: string;
  readonly error: AppError;
}

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

/** What was opened, so that it can be read again: with another dialect, or by an engine that was started again. */
interface Opened {
  readonly source: FileSource;
  readonly name: string;
  readonly sample: SampleInfo | null;
}

/** The open table and what the user decided about it: how it was read, roles, types, preparation. One table at a time. */
export const useData = defineStore('data', () => {
  const core = useCore();
  const table = shallowRef<TableInfo | null>(null);
  const opened = shallowRef<Opened | null>(null);
  const opening = shallowRef<Opening | null>(null);
  const failure = shallowRef<OpenFailure | null>(null);
  const history = shallowRef(begin<Decisions>({ columns: suggested([]), preparation: usualPreparation, dialect: {} }));
  const seed = ref(1);
  /** Names of the columns selected in the grid; the last is the one the inspector shows. */
  const selection = shallowRef<readonly string[]>([]);
  const attempt = ref(0);
  /** The engine that held the table is gone and the next one has not read it yet. */
  const stale = ref(false);
  const keeper = shallowRef<ProjectKeeper | null>(null);

  const choices = computed(() => history.value.present.columns);
  /** Import decisions made by hand. */
  const choice = computed(() => history.value.present.dialect);
  const preparation = computed(() => history.value.present.preparation);
  const design = computed(() =>
    table.value ? recipeOf(table.value.columns, choices.value, preparation.value, seed.value) : null,
  );
  const target = computed(() => table.value?.columns.find(({ name }) => name === design.value?.target) ?? null);
  const selected = computed(
    () => table.value?.columns.find(({ name }) => name === selection.value[selection.value.length - 1]) ?? null,
  );
  /** The engine has no table to work on yet: one is being read, or will be when it is back. */
  const reading = computed(() => stale.value || opening.value?.step === 'read');
  // A step may read the file another way: not while one is on its way, which that would give up.
  const canUndo = computed(() => opening.value === null && history.value.past.length > 0);
  const canRedo = computed(() => opening.value === null && history.value.future.length > 0);

  /** Reads a source as the table to work on; the former table stays until this one is there. */
  async function read(next: Opened, dialect: DialectChoice, bytes: number | null): Promise<boolean> {
    const mine = ++attempt.value;
    opening.value = { name: next.name, bytes, step: 'read', fraction: null };
    failure.value = null;
    const reply = await ask(next.source, dialect);
    if (mine !== attempt.value) {
      // Given up meanwhile: nobody will look at this table.
      if (reply.ok) void core.send('data/close', { tableId: reply.value.tableId });
      return false;
    }
    opening.value = null;
    if (!reply.ok) failure.value = { name: next.name, error: reply.error };
    return (reply.ok && (await take(reply.value, next, dialect))) || readStale();
  }

  /** Once nothing else is on its way: the table that is shown, by the engine that was started again. */
  async function readStale(): Promise<false> {
    if (!stale.value || opening.value || !opened.value) return false;
    stale.value = false;
    // Another file may have failed meanwhile, which the user has yet to see.
    const shown = failure.value;
    if (await readAs(choice.value)) failure.value = shown;
    return false;
  }

  /** A file whose engine ended while it was read is read once more by the next one; a second time it may be the file's doing. */
  async function ask(source: FileSource, dialect: DialectChoice): Promise<Result<Reply<'data/open'>>> {
    const reply = await core.send('data/open', { source, dialect });
    const lost = !reply.ok && reply.error.code === 'engine/lost' && core.status.value.state !== 'gone';
    return lost ? core.send('data/open', { source, dialect }) : reply;
  }

  /** What was read takes the place of what is there, when the user agrees to lose what no file holds of that. */
  async function take(
    { project: work, ...info }: Reply<'data/open'>,
    next: Opened,
    dialect: DialectChoice,
  ): Promise<boolean> {
    // A table that is chosen once more keeps its choices; chosen while it is part of a project, it is another way to work on it.
    const same = table.value?.file.sha256 === info.file.sha256;
    const again = next === opened.value || (same && !work && !keeper.value?.isProject());
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
    if (core.status.value !== engine) await reopen();
    return true;
  }

  function accept(info: TableInfo, next: Opened, dialect: DialectChoice, again: boolean): void {
    const former = table.value;
    stale.value = false;
    table.value = info;
    opened.value = next;
    const kept = again ? carriedOver(choices.value, info.columns) : null;
    const before = history.value.present;
    const present = kept
      ? { columns: kept, preparation: stillSplit(before.preparation, info.columns), dialect }
      : {
          columns: startingChoices(info, next.sample),
          preparation: preparationFor(before.preparation),
          dialect,
        };
    // Another way to read the same file is a step like any other; undoing it reads the file as before.
    if (!again) history.value = begin(present);
    else if (sameDialect(before.dialect, dialect)) history.value = { ...history.value, present };
    else history.value = recordStep(history.value, present);
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

  const openGrant = (grant: Grant): Promise<boolean> =>
    read({ source: { kind: 'grant', id: grant.id }, name: grant.name, sample: null }, {}, grant.bytes);

  const openSample = (sample: SampleInfo): Promise<boolean> =>
    read({ source: { kind: 'sample', id: sample.id }, name: sample.name, sample }, {}, null);

  /**
   * Has the host grant a file, which in a browser means an upload, and reads it. Only a file that is there takes the place of one
   * on its way: a dialog that is opened and closed again changes nothing.
   */
  async function obtain(
    name: string,
    bytes: number | null,
    grant: (onProgress: (fraction: number) => void) => Promise<Grant | null>,
  ): Promise<boolean> {
    const own: { attempt: number | null } = { attempt: null };
    const isLatest = (): boolean => (own.attempt ??= ++attempt.value) === attempt.value;
    const show = (fraction: number): void => {
      if (isLatest()) opening.value = { name, bytes, step: 'upload', fraction };
    };
    try {
      const granted = await grant(show);
      return granted !== null && isLatest() && (await openGrant(granted));
    } catch (error) {
      if (!isLatest()) return false;
      opening.value = null;
      failure.value = { name, error: hostError(error) };
      return readStale();
    }
  }

  /** A file dropped on the window. */
  const openFile = (file: File): Promise<boolean> =>
    obtain(file.name, file.size, (onProgress) => {
      onProgress(0);
      return core.grantFile(file, onProgress);
    });

  const chooseFile = (): Promise<boolean> => obtain('the file', null, (onProgress) => core.openFile(onProgress));

  /** A file that was opened before, where the host still finds it. */
  const openRecent = (file: RecentFile): Promise<boolean> => obtain(file.name, null, () => core.openRecent(file.id));

  /** Reads the file again with these decisions made by hand. */
  async function readAs(dialect: DialectChoice): Promise<boolean> {
    return opened.value !== null && read(opened.value, dialect, table.value?.file.bytes ?? null);
  }

  /** After the engine was started again: the same file, read the same way; what the user is opening just now comes first. */
  async function reopen(): Promise<void> {
    stale.value = true;
    await readStale();
  }

  function cancelOpening(): void {
    attempt.value++;
    opening.value = null;
    void readStale();
  }

  /** To a state of the history: where the file was read another way then, it is read that way again. */
  async function travel(to: History<Decisions>): Promise<void> {
    const { dialect } = to.present;
    const file = table.value?.file.sha256;
    if (sameDialect(dialect, choice.value)) history.value = to;
    else if ((await readAs(dialect)) && table.value?.file.sha256 === file)
      history.value = { ...to, present: fitting(to.present, table.value!.columns) };
  }

  /** A choice that is made once more is no step: undoing it would seem to do nothing. */
  const decide = (next: Decisions): void => {
    const same = JSON.stringify(next) === JSON.stringify(history.value.present);
    if (!same) history.value = recordStep(history.value, next);
  };
  const change = (columns: ColumnChoices): void => {
    if (columns !== choices.value) decide({ ...history.value.present, columns });
  };
  const prepare = (changed: Partial<Preparation>): void =>
    decide({ ...history.value.present, preparation: { ...preparation.value, ...changed } });

  /**
   * A column that says which rows are held out tells nothing about the rows: it is no feature, in the same step. When it says so no
   * longer, it is what it was taken for at first.
   */
  function setSplit(changed: Partial<SplitChoice>): void {
    const split = { ...preparation.value.split, ...changed };
    const [was, is] = [preparation.value.split, split].map(({ kind, column }) => (kind === 'column' ? column : null));
    const usual = table.value?.columns.find(({ name }) => name === was)?.suggestedRole;
    const back = was !== null && was !== is && choices.value.roles[was] === 'ignore' && usual === 'feature';
    const without = back ? withRole(choices.value, [was], 'feature') : choices.value;
    const columns = is !== null && without.roles[is] === 'feature' ? withRole(without, [is], 'ignore') : without;
    decide({ ...history.value.present, columns, preparation: { ...preparation.value, split } });
  }

  /** The kind that is chosen already keeps its column. */
  function splitAs(kind: SplitKind): void {
    const { split } = preparation.value;
    if (kind !== split.kind) setSplit(splitBy(kind, split, table.value?.columns ?? [], target.value?.name ?? null));
  }

  function splitOn(column: string | null): void {
    if (column === preparation.value.split.column) return;
    const info = table.value?.columns.find(({ name }) => name === column);
    const own = preparation.value.split.kind === 'column' && info;
    setSplit(own ? { column, test: likelyTest(info) } : { column });
  }

  return {
    table,
    opened,
    choice,
    opening,
    stale,
    reading,
    failure,
    choices,
    preparation,
    seed,
    selection,
    selected,
    design,
    target,
    canUndo,
    canRedo,
    openGrant,
    openSample,
    openFile,
    chooseFile,
    openRecent,
    readAs,
    snapshot,
    keepBy: (next: ProjectKeeper): void => void (keeper.value = next),
    reopen,
    cancelOpening,
    dismissFailure: (): void => void (failure.value = null),
    select: (names: readonly string[]): void => void (selection.value = names),
    setRole: (names: readonly string[], role: Role): void => change(withRole(choices.value, names, role)),
    setType: (names: readonly string[], type: ColumnType | null): void => change(withType(choices.value, names, type)),
    /** Several at once, as one step. */
    setTypes: (groups: readonly (readonly [readonly string[], ColumnType | null])[]): void =>
      change(groups.reduce((next, [names, type]) => withType(next, names, type), choices.value)),
    setUser: (names: readonly string[], user: UsedBy): void => change(withUser(choices.value, names, user)),
    setSteps: (names: readonly string[], steps: ColumnPreparation): void =>
      change(withPreparation(choices.value, names, steps)),
    prepare,
    setSplit,
    splitAs,
    splitOn,
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

/** Hosts reject with a sentence of their own. */
const hostError = (error: unknown): AppError => ({
  code: 'host/refused',
  message: error instanceof Error ? error.message : String(error),
});
