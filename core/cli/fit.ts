import { availableParallelism } from 'node:os';
import {
  type MemoryLimit,
  memoryPlan,
  overLimitWords,
  type MemoryPlan,
  planWords,
  shownRows,
  sizeWords,
  TABLE_SHARE,
} from '../data/large/memory-plan';
import type { Table } from '../data/table';
import { predictionsText } from '../export/predictions';
import { count } from '../evaluate/words';
import { modelText } from '../export/model';
import { traceText } from '../export/trace';
import { startsOn } from '../fit/on-threads';
import {
  afterwardsOn,
  designWithin,
  estimate,
  labelsOf,
  prepareFit,
  runFit as runPrepared,
  type FinishedFit,
  type PreparedFit,
} from '../job';
import { fail, ok, type Result } from '../result';
import { usualLimit } from '../usual-limit';
import type { Pool } from '../threads/pool';
import type { FitFlags } from './fit-flags';
import { followFit } from './fit-progress';
import { fitRequest, recipeOf, type FitRequest } from './fit-request';
import { fitSummary } from './fit-summary';
import { checkImported, dialectOf } from './import-flags';
import type { Io } from './io';
import { withTable } from './open-file';
import { isUnusable, terminationSentence } from './termination';
import { workers } from './workers';
import { checkOutputs, writeAll, type OutputFile } from './write-files';

/** `moe-lab fit`: everything that can be refused is refused before the work; files are written when it is done. */
export async function runFit(file: string, flags: FitFlags, io: Io): Promise<Result<null>> {
  const request = await fitRequest(flags);
  if (!request.ok) return request;
  const outputs = [flags.out, flags.predictions, flags.trace].filter((path) => path !== undefined);
  const inputs = [file, flags.testRows, flags.initial].filter((path) => path !== undefined);
  const places = await checkOutputs(outputs, inputs);
  if (!places.ok) return places;
  const choice = dialectOf(flags);
  if (!choice.ok) return choice;
  const memory = flags.memory ?? usualLimit();
  // Threads start while the table is read; more than there are starts would have nothing to do.
  const pool = workers();
  pool.warm(request.value.spec.restarts);
  const use = (table: Table, folder: string) => fitTable(table, request.value, { bytes: memory, folder }, pool, io);
  return withTable(file, choice.value, use, TABLE_SHARE * memory).finally(pool.close);
}

async function fitTable(
  table: Table,
  request: FitRequest,
  limit: MemoryLimit,
  pool: Pool,
  io: Io,
): Promise<Result<null>> {
  const checked = checkImported(table.info);
  if (!checked.ok) return checked;
  const recipe = recipeOf(request, table.info.columns);
  if (!recipe.ok) return recipe;
  const cancel = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const plan = memoryPlan(table.info, recipe.value, limit.bytes);
  // A plan that nobody asked for is only told where it costs time.
  const isTold = plan !== null && overLimitWords(plan) === null && (plan.onFile || request.flags.memory !== undefined);
  if (plan && isTold) {
    if (plan.onFile && request.flags.predictions !== undefined && plan.rows > shownRows(limit, plan.columns))
      return tooMany(plan);
    io.err(`${planWords(plan)}\n`);
  }
  const unremoved = (error: unknown) => io.err(`Files of rows could not be removed: ${String(error)}\n`);
  const prepared = await prepareFit(table, recipe.value, request.spec, cancel, designWithin(limit, unremoved));
  if (!prepared.ok) return prepared;
  if (isTold) io.err(`${timeWords(prepared.value)}\n`);
  const finished = await runInterruptibly(prepared.value, cancel, pool, io).finally(prepared.value.remove);
  if (!finished.ok) return finished;
  const { termination } = finished.value.result.report;
  if (isUnusable(termination.code)) return fail('fit/no-model', terminationSentence(termination));
  const files = outputFiles(request.flags, finished.value);
  const written = await writeAll(files);
  if (!written.ok) return written;
  if (Atomics.load(cancel, 0) !== 0) io.err(`${stopped(prepared.value, finished.value)}\n`);
  say(table, request.flags, prepared.value, finished.value, files, io);
  return ok(null);
}

const clock = () => Date.now() / 1000;

/** Ctrl-C asks the fit to stop and keeps its best; pressed again it ends the program. */
async function runInterruptibly(
  prepared: PreparedFit,
  cancel: Int32Array,
  pool: Pool,
  io: Io,
): Promise<Result<FinishedFit>> {
  const stopListening = io.onInterrupt(() => {
    // 130: ended by Ctrl-C, as shells count it.
    if (Atomics.exchange(cancel, 0, 1) !== 0) io.quit(130);
  });
  const progress = followFit(prepared.settings, io);
  try {
    return await runPrepared(prepared, startsOn(pool), progress.hooks, clock, afterwardsOn(pool, cancel));
  } finally {
    progress.end();
    stopListening();
  }
}

const tooMany = ({ rows, allowed }: MemoryPlan): Result<never> =>
  fail(
    'fit/predictions-too-many',
    `The predictions of all ${rows.toLocaleString('en')} rows are more than the ${sizeWords(allowed)} of memory that may be used: allow more memory, or leave out --predictions.`,
  );

/** About how long, for fits that are planned. */
function timeWords({ problem, method, settings }: PreparedFit): string {
  const { fits, passes, seconds } = estimate(problem, method, settings, availableParallelism());
  return `${count(fits, 'start')} of about ${count(passes, 'pass', 'passes')} over ${count(problem.train.n, 'training row')} each: about ${Math.ceil(seconds).toLocaleString('en')} s.`;
}

function stopped({ method, settings, problem }: PreparedFit, { result }: FinishedFit): string {
  return `Stopped on request: ${result.report.starts.length} of ${method.starts(problem, settings).length} starts have parameters; the best of them is kept.`;
}

function outputFiles(flags: FitFlags, { result, predictions, curves }: FinishedFit): OutputFile[] {
  const wanted = [
    { path: flags.out, text: () => modelText(result.report.model) },
    { path: flags.predictions, text: () => predictionsText(predictions()) },
    { path: flags.trace, text: () => traceText(curves) },
  ];
  return wanted.flatMap(({ path, text }) => (path === undefined ? [] : [{ path, text: text() }]));
}

function say(
  table: Table,
  flags: FitFlags,
  prepared: PreparedFit,
  { result }: FinishedFit,
  files: readonly OutputFile[],
  io: Io,
): void {
  if (flags.json === true) {
    const { termination } = result.report;
    const ending = termination.code === 'converged' ? [] : [terminationSentence(termination)];
    for (const warning of [...table.info.warnings, ...result.notes, ...ending]) io.err(`${warning}\n`);
    io.out(`${JSON.stringify(result.report, null, 2)}\n`);
    return;
  }
  for (const warning of table.info.warnings) io.err(`${warning}\n`);
  io.out(
    fitSummary({
      report: result.report,
      intervals: result.intervals,
      experts: result.experts,
      flow: prepared.design.flow,
      labels: labelsOf(prepared),
      notes: result.notes,
      files: files.map(({ path }) => path),
    }),
  );
}
