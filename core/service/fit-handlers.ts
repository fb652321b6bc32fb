import type { Emit, Handlers } from '../client-connection';
import type { Table } from '../data/table';
import { startsOn } from '../fit/on-threads';
import { afterwardsOn, prepareFit, runFit } from '../job';
import type { FitSpec } from '../protocol';
import { fail, ok, type AppError } from '../result';
import type { DesignRecipe } from '../data/types';
import { followRun } from './run-progress';
import type { Designs } from './designs';
import type { Shared } from './session';
import type { Held, Tables } from './tables';

/** The page is told of a running fit at most this often. */
const PROGRESS_EVERY_MS = 100;

/** Seconds since 1970, as threads and reports have it. */
const clock = () => Date.now() / 1000;

const isOfLostRows = ({ code }: AppError): boolean => code === 'design/rows-file' || code === 'fit/rows-file';

/** The runs of one client: each waits for its data, spreads its starts over the pool and ends with one `run/finished`. */
export function fitHandlers(
  shared: Shared,
  tables: Tables<Table>,
  designs: Designs,
  emit: Emit,
): { handlers: Pick<Handlers, 'fit/start' | 'fit/cancel' | 'fit/first'>; cancelAll(): void } {
  /** Run id -> its cancel flag, from its start until it has ended. */
  const running = new Map<string, Int32Array>();

  async function run(
    runId: string,
    { table, release }: Held<Table>,
    design: DesignRecipe,
    fit: FitSpec,
    cancel: Int32Array,
  ): Promise<void> {
    const begun = shared.now();
    const failed = (error: AppError) => {
      // Rows that are gone are made anew when the fit is run again.
      if (isOfLostRows(error)) designs.forget(table.info.tableId);
      emit('run/finished', { state: 'failed', runId, error });
    };
    // From here on the fit has its numbers: the table may be closed.
    const prepared = await prepareFit(table, design, fit, cancel, designs.held).finally(release);
    if (!prepared.ok) return failed(prepared.error);
    const progress = followRun(prepared.value.settings);
    const tell = () => {
      const news = progress.take(runId, shared.now() - begun);
      if (news) emit('run/progress', news);
    };
    const timer = setInterval(tell, PROGRESS_EVERY_MS);
    const afterwards = afterwardsOn(shared.pool, cancel);
    const finished = await runFit(prepared.value, startsOn(shared.pool), progress, clock, afterwards).finally(() => {
      clearInterval(timer);
      prepared.value.remove?.();
    });
    tell();
    if (finished.ok) emit('run/finished', { state: 'done', runId, result: { runId, ...finished.value.result } });
    else if (Atomics.load(cancel, 0) !== 0) emit('run/finished', { state: 'cancelled', runId });
    else failed(finished.error);
  }

  return {
    handlers: {
      'fit/start': async ({ runId, tableId, design, fit }) => {
        if (running.has(runId)) return fail('fit/already-running', 'That run is already going on.');
        const held = tables.hold(tableId);
        if (!held.ok) return held;
        const cancel = new Int32Array(new SharedArrayBuffer(4));
        running.set(runId, cancel);
        run(runId, held.value, design, fit, cancel)
          .catch((error: unknown) => {
            shared.log(error);
            const message = `The engine met an error of its own during the fit: ${error instanceof Error ? error.message : String(error)}`;
            emit('run/finished', { state: 'failed', runId, error: { code: 'core/internal', message } });
          })
          .finally(() => running.delete(runId));
        return ok({});
      },
      'fit/cancel': async ({ runId }) => {
        const cancel = running.get(runId);
        if (cancel) Atomics.store(cancel, 0, 1);
        return ok({});
      },
      'fit/first': async ({ runId }) => {
        const run = running.get(runId);
        if (run) shared.pool.first(run);
        return ok({});
      },
    },
    cancelAll: () => running.forEach((cancel) => Atomics.store(cancel, 0, 1)),
  };
}
