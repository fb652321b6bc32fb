import { count } from '../evaluate/words';
import { experimentByName, experiments, infoOf, unknownExperiment } from '../experiments';
import type { Experiment, NumericTable } from '../experiments/experiment';
import { tasksOn } from '../experiments/on-threads';
import { effortOf, runExperiment as run, type ExperimentState } from '../experiments/run';
import type { ExperimentReport } from '../experiments/types';
import { fail, ok, type Result } from '../result';
import { tablesFor } from './experiment-tables';
import { experimentText } from './experiment-text';
import type { ExperimentFlags } from './experiment-flags';
import type { Io } from './io';
import { progressBar } from './progress';
import { textTable } from './text-table';
import { workers } from './workers';

/** `moe-lab experiment`: the papers' tables and figures, run again on this machine. */
export async function runExperiment(name: string, flags: ExperimentFlags, io: Io): Promise<Result<null>> {
  if (name === 'list') return list(flags, io);
  const experiment = experimentByName(name);
  if (!experiment) return fail('usage/experiment', unknownExperiment(name));
  const tables = await tablesFor(experiment, flags.data ?? []);
  if (!tables.ok) return tables;
  const cancel = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const report = await runInterruptibly(experiment, flags, tables.value, cancel, io);
  if (!report.ok) return report;
  if (Atomics.load(cancel, 0) !== 0) io.err('Stopped on request: what was done by then is shown.\n');
  io.out(flags.json === true ? `${JSON.stringify(report.value, null, 2)}\n` : experimentText(report.value));
  return ok(null);
}

function list({ json }: ExperimentFlags, io: Io): Result<null> {
  io.out(
    json === true
      ? `${JSON.stringify(experiments.map(infoOf), null, 2)}\n`
      : textTable(
          experiments.map(({ name, title, source }) => [name, title, source]),
          [0, 1, 2],
        ),
  );
  return ok(null);
}

/** Ctrl-C asks every task to stop and keeps what is done; pressed again it ends the program. */
async function runInterruptibly(
  experiment: Experiment,
  { seeds = null, quick = false }: { readonly seeds?: number | null; readonly quick?: boolean },
  tables: readonly NumericTable[],
  cancel: Int32Array,
  io: Io,
): Promise<Result<ExperimentReport>> {
  const stopListening = io.onInterrupt(() => {
    // 130: ended by Ctrl-C, as shells count it.
    if (Atomics.exchange(cancel, 0, 1) !== 0) io.quit(130);
  });
  const bar = progressBar(io);
  const begun = io.now();
  const pool = workers();
  const onProgress = ({ done, total }: ExperimentState) =>
    bar.update(done / Math.max(1, total), `${done} of ${count(total, 'task')}, ${Math.round(io.now() - begun)} s`);
  try {
    return await run(experiment, effortOf(experiment, seeds, quick), tables, tasksOn(pool), cancel, onProgress);
  } finally {
    bar.end();
    stopListening();
    await pool.close();
  }
}
