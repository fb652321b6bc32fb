import type { Experiment, ExperimentTask, NumericTable } from '../../../core/experiments/experiment';
import { concluded, reportOf } from '../../../core/experiments/lib/report';
import { effortOf, runTask } from '../../../core/experiments/run';
import type { ExperimentReport, ExperimentRow } from '../../../core/experiments/types';
import { rowOf } from '../../../core/experiments/lib/findings';

/** Runs the tasks of a quick run that a test picks, in this thread, and concludes from them. */
export function quickly(
  experiment: Experiment,
  pick: (task: ExperimentTask) => boolean,
  tables: readonly NumericTable[] = [],
): ExperimentReport {
  const effort = effortOf(experiment, null, true);
  const measured = experiment
    .tasks(effort, tables)
    .filter(pick)
    .map((task) => {
      const work = { experiment: experiment.name, task, effort, tables, cancel: new Int32Array(1) };
      const result = runTask(experiment, work);
      if (!result.ok) throw new Error(result.error.message);
      if (result.value === null) throw new Error('The task was cancelled.');
      return result.value;
    });
  return concluded(experiment, reportOf(experiment, effort, measured));
}

/** A row that must be there. */
export function row(report: ExperimentReport, setting: string, method: string, metric: string): ExperimentRow {
  const found = rowOf(report, setting, method, metric);
  if (!found) throw new Error(`There is no row ${setting}, ${method}, ${metric}.`);
  return found;
}
