import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { Params, Reply } from '../../core/protocol';
import type { AppError, Result } from '../../core/result';
import type { FitView } from '../charts/fit-view';
import { useCore } from '../core';
import { useData } from './data';
import { changedSettings } from './recipe';
import { isSameTable } from './run';
import type { Run } from './run';
import { useRuns } from './runs';
import { saveFiles } from './save';

export type FinishedRun = Run & { readonly result: NonNullable<Run['result']> };
export type RowQuery = Pick<Params<'result/page'>, 'which' | 'offset' | 'limit' | 'sort'>;
export type ExportFormat = Reply<'export/formats'>['formats'][number];

/** The finished run that is looked at, and what the core computes from its exported numbers when asked. */
export const useResults = defineStore('results', () => {
  const core = useCore();
  const data = useData();
  const runs = useRuns();
  const chosenId = ref<string | null>(null);
  /** The list of export formats is open. */
  const exporting = ref(false);
  const formats = shallowRef<readonly ExportFormat[]>([]);

  /** The chosen one, else the newest. */
  const run = computed<FinishedRun | null>(
    () => runs.finished.find((one) => one.id === chosenId.value) ?? runs.finished.at(-1) ?? null,
  );
  const view = computed<FitView | null>(() => (run.value ? viewOf(run.value) : null));

  /** The open table, when it is the one the result was made on: only then can rows be asked for. */
  const tableId = computed(() => (run.value && isSameTable(data.table, run.value.table) ? data.table.tableId : null));

  /** Settings of the data that are no longer as they were when the result was made. */
  const stale = computed(() =>
    run.value && tableId.value && data.design
      ? changedSettings(run.value.request.design, data.design, labelsOf(run.value))
      : [],
  );

  const needsFile = (one: FinishedRun): AppError => ({
    code: 'results/file-not-open',
    message: `This needs the rows of ${one.table.file}; open that file again, read the same way.`,
  });

  /** Asks the core with the result's own recipe and numbers. */
  async function ask<T>(
    send: (base: Pick<Params<'result/page'>, 'tableId' | 'design' | 'model'>) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    const one = run.value;
    if (!one)
      return { ok: false, error: { code: 'results/none', message: 'There is no finished run; run one in Model.' } };
    if (!tableId.value) return { ok: false, error: needsFile(one) };
    return send({ tableId: tableId.value, design: one.request.design, model: one.result.report.model });
  }

  const page = (query: RowQuery): Promise<Result<Reply<'result/page'>>> =>
    ask((base) => core.send('result/page', { ...base, ...query }));

  const gateCurve = (column: string): Promise<Result<Reply<'result/gate-curve'>>> =>
    ask((base) => core.send('result/gate-curve', { ...base, column }));

  async function loadFormats(): Promise<void> {
    const reply = await core.send('export/formats', {});
    if (reply.ok) formats.value = reply.value.formats;
  }

  /** Has the files of a format made and hands them to the host to be saved; false when the user thinks better of it. */
  async function exportAs(format: string): Promise<Result<boolean>> {
    const curves = run.value ? (runs.curves.get(run.value.id) ?? []) : [];
    const reply = await ask((base) =>
      core.send('result/export', {
        ...base,
        format,
        curves: curves.map(({ start, points }) => ({ start, points: [...points] })),
      }),
    );
    if (!reply.ok) return reply;
    return saveFiles(core, reply.value.files);
  }

  const choose = (id: string): void => void (chosenId.value = id);

  return { run, view, exporting, tableId, stale, formats, choose, page, gateCurve, loadFormats, exportAs };
});

const labelsOf =
  (run: Run) =>
  (column: string): string =>
    run.table.columns.get(column)?.label ?? column;

export const viewOf = (run: FinishedRun): FitView => ({
  result: run.result,
  target: run.table.target,
  columns: run.table.columns,
});
