import { sameOptimum } from '../../charts/convergence/words';
import { leadingCurve } from '../../charts/convergence/curves';
import type { ConvergenceData, ConvergenceRun, Curve } from '../../charts/convergence/curves';
import { markOf } from '../../charts/identity';
import { count, counted, significant } from '../../format';
import { bestStart, isActive } from '../../stores/run';
import type { Run } from '../../stores/run';
import type { StateWords } from '../../ui/light';
import { endingWords, helpFor } from './termination';

/**
 * Log-likelihoods are compared only between fits of the same rows: same file, target and split and, where rows with missing
 * cells are left out, the same features.
 */
export function rowsKey(run: Run): string {
  const { target, split, features } = run.request.design;
  return JSON.stringify([run.table.sha256, target, split, run.table.complete ? null : [...features].sort()]);
}

/** Runs of one table and target: their errors are in the same unit and may stand in one chart. */
export const sheetKey = ({ table, request }: Run): string =>
  JSON.stringify([table.sha256, table.file, request.design.target]);

/** Experts, activation, noise and intercepts: what is estimated, whatever the method. */
function modelKey(run: Run): string {
  const { experts, activation, noise } = run.request.fit;
  return JSON.stringify([experts, activation, run.result?.report.model.noise ?? noise, run.request.design.intercept]);
}

function convergenceRun(run: Run, curves: readonly Curve[]): ConvergenceRun {
  return {
    id: run.id,
    name: run.name,
    mark: markOf(run.slot),
    running: isActive(run),
    broken: !isActive(run) && run.result === null,
    rowsKey: rowsKey(run),
    modelKey: modelKey(run),
    unit: run.table.target.unit,
    best: bestStart(run),
    curves,
  };
}

/** The chart's data: these runs as far as they have a point; so many runs of other tables are not among them. */
export function convergenceData(
  runs: readonly Run[],
  curves: ReadonlyMap<string, readonly Curve[]>,
  elsewhere = 0,
): ConvergenceData {
  const begun = (run: Run): Curve[] => (curves.get(run.id) ?? []).filter((curve) => curve.points.length > 0);
  const drawn = runs.filter((run) => begun(run).length > 0);
  const common = [commonWords(drawn), elsewhere > 0 ? `Only ${runs[0]?.table.file ?? ''}; ${others(elsewhere)}` : ''];
  return {
    runs: drawn.map((run) => convergenceRun(run, begun(run))),
    common: common.filter(Boolean).join('. '),
  };
}

const others = (runs: number): string =>
  `${counted(runs, 'run')} of ${runs === 1 ? 'another table is' : 'other tables are'} in the table below`;

/** "824 training rows, k = 3, seed 1": what all of them share, as far as it is known. */
function commonWords(runs: readonly Run[]): string {
  const shared = <T>(of: (run: Run) => T): T | null => {
    const values = new Set(runs.map(of));
    return values.size === 1 ? [...values][0] : null;
  };
  const rows = shared((run) => run.result?.report.metrics.train.rows ?? null);
  const k = shared((run) => run.request.fit.experts);
  const seed = shared((run) => run.request.fit.seed);
  return [
    rows === null ? '' : `${count(rows)} training rows`,
    k === null ? '' : `k = ${k}`,
    seed === null ? '' : `seed ${seed}`,
  ]
    .filter(Boolean)
    .join(', ')
    .replace(/^./, (first) => (first === 'k' ? first : first.toUpperCase()));
}

/** The figures of a run's row in the table: its result's, or the last of its leading curve while it runs. */
export interface Latest {
  readonly stage: string;
  readonly iteration: number | null;
  readonly logLikelihood: number | null;
  readonly trainRmse: number | null;
  readonly testRmse: number | null;
}

export function latest(run: Run, curves: readonly Curve[]): Latest {
  if (run.result) {
    const { metrics, termination } = run.result.report;
    return {
      stage: termination.stage,
      iteration: termination.iterations,
      logLikelihood: metrics.train.logLikelihood,
      trainRmse: metrics.train.rmse,
      testRmse: metrics.test?.rmse ?? null,
    };
  }
  const start = run.starts.find((one) => one.best) ?? run.starts.find((one) => one.state === 'running');
  const curve = curves.find((one) => one.start === start?.index) ?? curves[0];
  const point = curve?.points.at(-1);
  return {
    stage: point?.stage ?? start?.stage ?? '',
    iteration: point?.iteration ?? null,
    logLikelihood: point?.logLikelihood ?? null,
    trainRmse: point?.trainRmse ?? null,
    // Held-out error is not measured at every iteration.
    testRmse: curve?.points.findLast((one) => one.testRmse !== null)?.testRmse ?? null,
  };
}

/** A stage by its name in words: "least squares", "EM", "descent". */
export const stageWords = (name: string): string =>
  name === 'k-means'
    ? name
    : name
        .replace(/^sgd-.*/, 'descent')
        .replaceAll('-', ' ')
        .replace(/\bem\b/, 'EM')
        .replace(/\bl4\b/, 'L4');

export function stateWords(run: Run): StateWords {
  switch (run.state) {
    case 'queued':
      return { light: 'waiting', words: run.cancelling ? 'Cancelling' : 'Waiting' };
    case 'running':
      return { light: 'running', words: run.cancelling ? 'Cancelling' : 'Running' };
    case 'failed':
      return { light: 'red', words: 'Failed' };
    case 'cancelled':
      return { light: 'cancelled', words: 'Cancelled, nothing to keep' };
    case 'interrupted':
      return { light: 'red', words: 'Interrupted' };
    case 'partial':
    case 'done': {
      const help = helpFor(run.result?.report.termination.code ?? '');
      return { light: help.light, words: help.name };
    }
  }
}

/** What happened to a run, in sentences; `all` are the runs it may be compared with. */
export function whatHappened(run: Run, all: ConvergenceData): string {
  switch (run.state) {
    case 'queued':
      return 'Waits for a free worker.';
    case 'running':
      return runningWords(run);
    case 'failed':
      return run.error?.message ?? 'The fit failed.';
    case 'cancelled':
      return 'Cancelled before there was anything to keep.';
    case 'interrupted':
      return 'The engine stopped while this ran. Run it again.';
    case 'partial':
    case 'done':
      return endedWords(run, all);
  }
}

function runningWords(run: Run): string {
  const ended = run.starts.filter((start) => start.state === 'ended').length;
  return run.starts.length > 1
    ? `${count(ended)} of ${count(run.starts.length)} starts have ended.`
    : 'The one start of this method is under way.';
}

function endedWords(run: Run, all: ConvergenceData): string {
  const ending = run.result ? `${endingWords(run.result.report.termination)}.` : '';
  const starts = run.result?.report.starts ?? [];
  const winner = run.starts.find((start) => start.best)?.label;
  const won = starts.length > 1 && winner ? ` Won by the start “${winner}”.` : '';
  const own = all.runs.find((one) => one.id === run.id);
  const reached = own ? lastLikelihood(own) : null;
  const others = all.runs.filter((one) => one.rowsKey === own?.rowsKey && one !== own && !one.broken);
  if (reached === null || !others.length) return `${ending}${won}`;
  const best = others.reduce((a, b) => ((lastLikelihood(b) ?? -Infinity) > (lastLikelihood(a) ?? -Infinity) ? b : a));
  const gap = (lastLikelihood(best) ?? -Infinity) - reached;
  if (gap <= sameOptimum) return `${ending} The highest likelihood of these runs.${won}`;
  const same = best.modelKey === own?.modelKey && run.result?.report.termination.code === 'converged';
  return `${ending} ${significant(gap, 2)} nats a row below ${best.name}${same ? ': another optimum' : ''}.${won}`;
}

const lastLikelihood = (run: ConvergenceRun): number | null => leadingCurve(run)?.points.at(-1)?.logLikelihood ?? null;
