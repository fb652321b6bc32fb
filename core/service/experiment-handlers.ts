import type { Emit, Handlers } from '../client-connection';
import type { Table } from '../data/table';
import { experimentByName, experiments, infoOf, unknownExperiment } from '../experiments';
import type { Experiment, NumericTable } from '../experiments/experiment';
import { effortOf, runExperiment, type ExperimentState } from '../experiments/run';
import { tasksOn } from '../experiments/on-threads';
import { numericTable, shippedTable } from '../job';
import type { EventData, Params } from '../protocol';
import { fail, ok, type Result } from '../result';
import type { Shared } from './session';
import type { Tables } from './tables';

/** The page is told of a running experiment at most this often. */
const PROGRESS_EVERY_MS = 500;

type Request = Params<'experiment/start'>;

/** The experiments of one client, one at a time: its tasks take turns with the fits and end with one `experiment/finished`. */
export function experimentHandlers(
  shared: Shared,
  tables: Tables<Table>,
  emit: Emit,
): {
  handlers: Pick<Handlers, 'experiments/list' | 'experiment/start' | 'experiment/cancel'>;
  cancelAll(): void;
} {
  /** Run id -> its cancel flag, from its start until it has ended. One at most. */
  const running = new Map<string, Int32Array>();

  /** Runs it to its end and says what came of it. */
  async function run(
    experiment: Experiment,
    { runId, seeds, quick }: Request,
    given: readonly NumericTable[],
    cancel: Int32Array,
  ): Promise<EventData<'experiment/finished'>> {
    const begun = shared.now();
    const elapsed = () => shared.now() - begun;
    let state: ExperimentState | null = null;
    const tell = () => {
      if (state === null) return;
      const { done, total, report } = state;
      state = null;
      emit('experiment/progress', { runId, done, total, elapsed: elapsed(), report: report() });
    };
    const timer = setInterval(tell, PROGRESS_EVERY_MS);
    const effort = effortOf(experiment, seeds, quick);
    const onProgress = (news: ExperimentState) => void (state = news);
    const finished = await runExperiment(experiment, effort, given, tasksOn(shared.pool), cancel, onProgress).finally(
      () => clearInterval(timer),
    );
    if (!finished.ok) return { state: 'failed', runId, error: finished.error };
    const ending = Atomics.load(cancel, 0) === 0 ? 'done' : 'cancelled';
    return { state: ending, runId, elapsed: elapsed(), report: finished.value };
  }

  function ownError(runId: string, error: unknown): EventData<'experiment/finished'> {
    shared.log(error);
    const message = `The engine met an error of its own during the experiment: ${error instanceof Error ? error.message : String(error)}`;
    return { state: 'failed', runId, error: { code: 'core/internal', message } };
  }

  return {
    handlers: {
      'experiments/list': async () => ok({ experiments: experiments.map(infoOf) }),
      'experiment/start': async (request) => {
        const experiment = experimentByName(request.name);
        if (!experiment) return fail('experiment/unknown', unknownExperiment(request.name));
        if (running.size > 0)
          return fail(
            'experiment/already-running',
            'An experiment is going on already: wait for it to end, or cancel it.',
          );
        const { runId } = request;
        const cancel = new Int32Array(new SharedArrayBuffer(4));
        running.set(runId, cancel);
        const given = await tablesFor(experiment, request, shared, tables).catch((error: unknown) => {
          running.delete(runId);
          throw error;
        });
        if (!given.ok) {
          running.delete(runId);
          return given;
        }
        void run(experiment, request, given.value, cancel)
          .catch((error: unknown) => ownError(runId, error))
          .then((finished) => {
            // Before it is told: whoever hears of the end may start the next.
            running.delete(runId);
            emit('experiment/finished', finished);
          });
        return ok({});
      },
      'experiment/cancel': async ({ runId }) => {
        const cancel = running.get(runId);
        if (cancel) Atomics.store(cancel, 0, 1);
        return ok({});
      },
    },
    cancelAll: () => running.forEach((cancel) => Atomics.store(cancel, 0, 1)),
  };
}

/** The table that ships and those of the user, for an experiment on real data; none for the others. */
async function tablesFor(
  { name, takesTables }: Experiment,
  { tables: chosen }: Request,
  { samples, tempFolder }: Shared,
  tables: Tables<Table>,
): Promise<Result<NumericTable[]>> {
  if (takesTables !== true)
    return chosen.length === 0
      ? ok([])
      : fail('experiment/no-tables', `${name} runs on simulated rows: give no table.`);
  const shipped = await shippedTable(samples, tempFolder);
  if (!shipped.ok) return shipped;
  const given = [shipped.value];
  for (const { tableId, target } of chosen) {
    const numbers = await tables.use(tableId, (table) => numericTable(table, target));
    if (!numbers.ok) return numbers;
    given.push(numbers.value);
  }
  return ok(given);
}
