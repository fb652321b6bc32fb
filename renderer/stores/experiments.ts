import { defineStore } from 'pinia';
import { computed, reactive, ref, shallowRef } from 'vue';
import type { ExperimentInfo } from '../../core/experiments/types';
import type { AppError } from '../../core/result';
import type { SavedExperiment } from '../../core/store/work';
import { useCore } from '../core';
import { useData } from './data';
import {
  begun,
  experimentOf,
  isRunning,
  savedExperiment,
  withEnd,
  withFailure,
  withInterruption,
  withProgress,
} from './experiment-run';
import type { ExperimentRequest, ExperimentRun } from './experiment-run';

/** What the form of an experiment says. */
export interface ExperimentForm {
  /** Null: as many as it is meant for. */
  seeds: number | null;
  quick: boolean;
  /** The open table is run as well. */
  withTable: boolean;
}

/**
 * The papers' tables and figures as programs: which there are, and the latest run of each. A run is complete in the page, so it
 * outlives the core.
 */
export const useExperiments = defineStore('experiments', () => {
  const core = useCore();
  const data = useData();
  const list = shallowRef<readonly ExperimentInfo[]>([]);
  const error = shallowRef<AppError | null>(null);
  const runs = shallowRef<ReadonlyMap<string, ExperimentRun>>(new Map());
  const selectedName = ref<string | null>(null);
  const forms = reactive(new Map<string, ExperimentForm>());

  const selected = computed(() => list.value.find(({ name }) => name === selectedName.value) ?? list.value[0] ?? null);
  /** One runs at a time: it has all processors. */
  const active = computed(() => [...runs.value.values()].find(isRunning) ?? null);
  const runOf = (name: string): ExperimentRun | null => runs.value.get(name) ?? null;

  const put = (run: ExperimentRun): void => void (runs.value = new Map(runs.value).set(run.request.name, run));
  function change(id: string, to: (run: ExperimentRun) => ExperimentRun): void {
    const run = [...runs.value.values()].find((one) => one.id === id);
    if (run) put(to(run));
  }

  async function load(): Promise<void> {
    const reply = await core.send('experiments/list', {});
    error.value = reply.ok ? null : reply.error;
    if (reply.ok) list.value = reply.value.experiments;
  }

  /** The quick version is what a first look takes. */
  function formOf(name: string): ExperimentForm {
    if (!forms.has(name)) forms.set(name, { seeds: null, quick: true, withTable: false });
    return forms.get(name)!;
  }

  /** What starting an experiment now would run. */
  function requestOf(info: ExperimentInfo): ExperimentRequest {
    const { seeds, quick, withTable } = formOf(info.name);
    const { table, design } = data;
    const offered = info.takesTables && withTable && table && design;
    return {
      name: info.name,
      seeds,
      quick,
      tables: offered ? [{ tableId: table.tableId, target: design.target }] : [],
    };
  }

  async function start(info: ExperimentInfo): Promise<void> {
    if (active.value) return;
    const request = requestOf(info);
    const file = request.tables.length ? (data.table?.file.name ?? null) : null;
    const run = begun(crypto.randomUUID(), request, file, Date.now());
    put(run);
    const reply = await core.send('experiment/start', {
      runId: run.id,
      ...request,
      tables: request.tables.map((table) => ({ ...table })),
    });
    // A core that was lost meanwhile has interrupted the run already.
    if (!reply.ok) change(run.id, (held) => withFailure(held, reply.error));
  }

  async function cancel(): Promise<void> {
    const run = active.value;
    if (!run) return;
    change(run.id, (held) => ({ ...held, cancelling: true }));
    const reply = await core.send('experiment/cancel', { runId: run.id });
    if (!reply.ok) change(run.id, (held) => ({ ...held, cancelling: false }));
  }

  /** The experiments that have ended, as a project keeps them. */
  const snapshot = (): SavedExperiment[] =>
    [...runs.value.values()].flatMap((run) => (run.state === 'running' ? [] : [savedExperiment(run, run.state)]));

  /** Puts a project's experiments in the place of all there are; what is under way is stopped. */
  function restore(saved: readonly SavedExperiment[]): void {
    if (active.value) void core.send('experiment/cancel', { runId: active.value.id });
    runs.value = new Map(saved.map((run) => [run.name, experimentOf(run)]));
  }

  const select = (name: string): void => void (selectedName.value = name);

  core.on('experiment/progress', (progress) => change(progress.runId, (run) => withProgress(run, progress)));
  core.on('experiment/finished', (end) => change(end.runId, (run) => withEnd(run, end)));
  core.onStatus((status) => {
    if (status.state === 'restarting' || status.state === 'gone')
      runs.value = new Map([...runs.value].map(([name, run]) => [name, withInterruption(run)]));
  });

  return { list, error, runs, selected, active, runOf, load, formOf, start, cancel, select, snapshot, restore };
});
