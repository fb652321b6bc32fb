import { defineStore } from 'pinia';
import { computed, ref, shallowRef, triggerRef } from 'vue';
import type { TableInfo } from '../../core/data/types';
import type { EventData } from '../../core/protocol';
import type { AppError } from '../../core/result';
import type { SavedRun } from '../../core/store/work';
import type { Curve } from '../charts/convergence/curves';
import { useCore } from '../core';
import { useData } from './data';
import { useEngine } from './engine';
import {
  freeName,
  freeSlot,
  isActive,
  isFinished,
  isSameTable,
  withCurves,
  withEnd,
  withInterruption,
  withProgress,
} from './run';
import type { Run, RunRequest, RunTable } from './run';
import { runOf, savedRun } from './saved-run';

/**
 * The session's runs, oldest first. A finished run is complete in the page, so it outlives the core; curves are kept beside the
 * runs in one shallow map, since they change ten times a second and nothing needs to look inside them deeply.
 */
export const useRuns = defineStore('runs', () => {
  const core = useCore();
  const engine = useEngine();
  const data = useData();
  const runs = shallowRef<readonly Run[]>([]);
  const curves = shallowRef(new Map<string, readonly Curve[]>());
  const selectedId = ref<string | null>(null);
  const counter = ref(0);

  const active = computed(() => runs.value.filter(isActive));
  const finished = computed(() => runs.value.filter(isFinished));
  const selected = computed(() => runs.value.find((run) => run.id === selectedId.value) ?? runs.value.at(-1) ?? null);

  const change = (id: string, to: (run: Run) => Run): void => {
    runs.value = runs.value.map((run) => (run.id === id ? to(run) : run));
  };
  const find = (id: string): Run | undefined => runs.value.find((run) => run.id === id);

  function onProgress(progress: EventData<'run/progress'>): void {
    const run = find(progress.runId);
    if (!run || !isActive(run)) return;
    curves.value.set(run.id, withCurves(curves.value.get(run.id) ?? [], progress));
    triggerRef(curves);
    change(run.id, (held) => withProgress(held, progress));
  }

  function onFinished(end: EventData<'run/finished'>): void {
    change(end.runId, (run) => withEnd(run, end, Date.now()));
  }

  /** The core ended: its runs cannot go on, and a new core knows nothing of them. */
  function onCoreLost(): void {
    runs.value = runs.value.map((run) => withInterruption(run, Date.now()));
  }

  async function launch(request: RunRequest, table: RunTable, tableId: string): Promise<void> {
    counter.value++;
    const id = crypto.randomUUID();
    const method = engine.methods.find((entry) => entry.id === request.fit.method)?.name ?? request.fit.method;
    const run: Run = {
      id,
      number: counter.value,
      slot: freeSlot(runs.value),
      name: freeName(runs.value, method),
      request,
      table,
      state: 'queued',
      cancelling: false,
      starts: [],
      elapsed: 0,
      fraction: 0,
      startedAt: Date.now(),
      endedAt: null,
      result: null,
      error: null,
      shown: true,
    };
    runs.value = [...runs.value, run];
    selectedId.value = id;
    const reply = await core.send('fit/start', { runId: id, tableId, ...request });
    // A core that was lost meanwhile has interrupted the run already.
    if (!reply.ok) change(id, (held) => (isActive(held) ? { ...held, ...failed(reply.error) } : held));
  }

  /** Queues one run a request, on the table that is open. */
  async function start(requests: readonly RunRequest[]): Promise<void> {
    const table = data.table;
    if (!table) return;
    await Promise.all(
      requests.map((request) => launch(request, tableWords(table, request.design.target), table.tableId)),
    );
  }

  /** A recipe can be run again while its table is the one that is open. */
  const canRetry = (run: Run): boolean => isSameTable(data.table, run.table);

  /** The same recipe once more, in a run of its own. */
  async function retry(id: string): Promise<void> {
    const run = find(id);
    if (run && data.table && canRetry(run)) await launch(run.request, run.table, data.table.tableId);
  }

  async function cancel(id: string): Promise<void> {
    change(id, (run) => (isActive(run) ? { ...run, cancelling: true } : run));
    const reply = await core.send('fit/cancel', { runId: id });
    if (!reply.ok) change(id, (run) => ({ ...run, cancelling: false }));
  }

  const cancelAll = (): Promise<void[]> => Promise.all(active.value.map((run) => cancel(run.id)));

  /** Nobody looks at its rows again; brought back by undoing, they are computed again when asked for. */
  const closeResult = ({ result }: Run): void =>
    void (result && core.send('result/close', { model: result.report.model }));

  /** Takes a run off the list (stopping it if it is active); the returned function puts it back where it was. */
  function remove(id: string): () => void {
    const at = runs.value.findIndex((run) => run.id === id);
    const run = runs.value[at];
    if (!run) return () => undefined;
    const kept = curves.value.get(id);
    if (isActive(run)) void core.send('fit/cancel', { runId: id });
    closeResult(run);
    runs.value = runs.value.filter((other) => other.id !== id);
    curves.value.delete(id);
    triggerRef(curves);
    return () => {
      if (find(id)) return;
      // Its mark and name may have been given away meanwhile. What was stopped by the removal cannot go on.
      const slot = runs.value.some((other) => other.slot === run.slot) ? freeSlot(runs.value) : run.slot;
      const name = runs.value.some((other) => other.name === run.name) ? freeName(runs.value, run.name) : run.name;
      const back: Run = isActive(run) ? { ...run, state: 'cancelled', endedAt: Date.now() } : run;
      runs.value = [...runs.value.slice(0, at), { ...back, slot, name }, ...runs.value.slice(at)];
      if (kept) curves.value.set(id, kept);
      triggerRef(curves);
    };
  }

  /** The runs that have ended, with their curves, as a project keeps them. */
  const snapshot = (): SavedRun[] =>
    runs.value.flatMap((run) => (isActive(run) ? [] : [savedRun(run, curves.value.get(run.id) ?? [])]));

  /** Puts a project's runs in the place of all there are; what is under way is stopped. */
  function restore(saved: readonly SavedRun[], selected: string | null): void {
    active.value.forEach(({ id }) => void core.send('fit/cancel', { runId: id }));
    runs.value.forEach(closeResult);
    curves.value = new Map(saved.map((run) => [run.id, run.curves]));
    runs.value = saved.map(runOf);
    counter.value = Math.max(0, ...saved.map(({ number }) => number));
    selectedId.value = selected;
  }

  const toggleShown = (id: string): void => change(id, (run) => ({ ...run, shown: !run.shown }));
  /** The run that is looked at gets the threads first. */
  function select(id: string): void {
    selectedId.value = id;
    const run = find(id);
    if (run && isActive(run)) void core.send('fit/first', { runId: id });
  }

  core.on('run/progress', onProgress);
  core.on('run/finished', onFinished);
  core.onStatus((status) => {
    if (status.state === 'restarting' || status.state === 'gone') onCoreLost();
  });

  return {
    runs,
    curves,
    active,
    finished,
    selected,
    start,
    retry,
    canRetry,
    cancel,
    cancelAll,
    remove,
    snapshot,
    restore,
    toggleShown,
    select,
  };
});

const failed = (error: AppError) => ({ state: 'failed' as const, error, endedAt: Date.now() });

/** The table in the words a run keeps. */
function tableWords(table: TableInfo, target: string): RunTable {
  const columns = new Map(table.columns.map(({ name, label, unit }) => [name, { label, unit }]));
  return {
    sha256: table.file.sha256,
    dialect: table.dialect,
    file: table.file.name,
    target: columns.get(target) ?? { label: target, unit: null },
    columns,
    complete: table.columns.every((column) => column.missing === 0 && column.failed === 0),
  };
}
