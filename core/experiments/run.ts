import { Cancelled } from '../kernels/pass';
import { fail, ok, type Result } from '../result';
import type { Effort, Experiment, ExperimentTask, Measured, NumericTable } from './experiment';
import { concluded, reportOf } from './lib/report';
import type { ExperimentReport } from './types';

/** One task to be run somewhere: plain data. */
export interface ExperimentWork {
  readonly experiment: string;
  readonly task: ExperimentTask;
  readonly effort: Effort;
  readonly tables: readonly NumericTable[];
  /** Shared flag: non-zero asks every task to stop. */
  readonly cancel: Int32Array;
}

/** Where tasks run: in this thread or in others, so many side by side. Null: the task was cancelled. */
export interface TaskRunner {
  readonly size: number;
  run(work: ExperimentWork): Promise<Result<Measured | null>>;
}

/** An experiment on its way. The report of what is done is made when asked for. */
export interface ExperimentState {
  readonly done: number;
  readonly total: number;
  report(): ExperimentReport;
}

/** As many seeds as asked for; else those the experiment is meant for, and in a quick run a few of them. */
export const effortOf = ({ seeds }: Experiment, asked: number | null, quick: boolean): Effort => ({
  seeds: asked ?? (quick ? Math.min(QUICK_SEEDS, seeds) : seeds),
  quick,
});
const QUICK_SEEDS = 4;

/**
 * Runs every task of an experiment and says what it found. Results depend on the tasks alone, not on who ran them and when. After a
 * cancel the report holds what was done by then, without findings; the first task that fails ends the experiment.
 */
export async function runExperiment(
  experiment: Experiment,
  effort: Effort,
  given: readonly NumericTable[],
  runner: TaskRunner,
  cancel: Int32Array,
  onProgress: (state: ExperimentState) => void,
): Promise<Result<ExperimentReport>> {
  const tables = toldApart(given);
  const tasks = experiment.tasks(effort, tables);
  const measured: (Measured | null)[] = tasks.map(() => null);
  const report = () =>
    reportOf(
      experiment,
      effort,
      measured.filter((one) => one !== null),
    );
  let done = 0;
  let next = 0;
  let fault: Result<never> | null = null;

  async function worker(): Promise<void> {
    while (next < tasks.length && fault === null && Atomics.load(cancel, 0) === 0) {
      const index = next++;
      const result = await runner.run({ experiment: experiment.name, task: tasks[index], effort, tables, cancel });
      if (!result.ok) fault ??= result;
      else if (result.value !== null) {
        measured[index] = result.value;
        done += 1;
        onProgress({ done, total: tasks.length, report });
      }
    }
  }

  onProgress({ done, total: tasks.length, report });
  // One more than run side by side: a thread that has finished finds the next task waiting.
  await Promise.all(Array.from({ length: runner.size + 1 }, worker));
  if (fault !== null) return fault;
  return ok(done === tasks.length ? concluded(experiment, report()) : report());
}

/** A table whose name is taken gets a number: settings are named by their tables. */
function toldApart(tables: readonly NumericTable[]): NumericTable[] {
  const taken = new Set<string>();
  return tables.map((table) => {
    let name = table.name;
    for (let number = 2; taken.has(name); number++) name = `${table.name} (${number})`;
    taken.add(name);
    return { ...table, name };
  });
}

/** Runs one task in this thread. */
export function runTask(experiment: Experiment | undefined, work: ExperimentWork): Result<Measured | null> {
  if (!experiment) return fail('experiment/unknown', `There is no experiment named ${work.experiment}.`);
  const { task, effort, tables, cancel } = work;
  if (Atomics.load(cancel, 0) !== 0) return ok(null);
  try {
    return ok(experiment.run(task, effort, tables, cancel));
  } catch (error) {
    if (error instanceof Cancelled) return ok(null);
    const reason = error instanceof Error ? error.message : String(error);
    return fail(
      'experiment/failed',
      `Seed ${task.seed} of ${experiment.name}, ${task.setting}, could not be measured: ${reason}`,
    );
  }
}
