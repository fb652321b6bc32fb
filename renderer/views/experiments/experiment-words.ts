import type { ExperimentInfo, ExperimentReport, ExperimentRow } from '../../../core/experiments/types';
import { compact, count, counted, duration, power, significant } from '../../format';
import type { ExperimentRequest, ExperimentRun } from '../../stores/experiment-run';
import type { StateWords } from '../../ui/light';

/** How far an experiment is, for its line in the list. */
export function stateWords(run: ExperimentRun | null): StateWords {
  if (!run) return { light: 'waiting', words: 'Not run' };
  switch (run.state) {
    case 'running':
      return { light: 'running', words: run.cancelling ? 'Cancelling' : `Running, ${progressWords(run)}` };
    case 'done':
      return { light: 'green', words: `Done in ${duration(Math.max(0.1, run.elapsed))}` };
    case 'cancelled':
      return { light: 'cancelled', words: 'Cancelled, what was done is kept' };
    case 'failed':
      return { light: 'red', words: 'Failed' };
    case 'interrupted':
      return { light: 'red', words: 'Interrupted, what was done is kept' };
  }
}

const progressWords = ({ done, total }: ExperimentRun): string =>
  total > 0 ? `${count(done)} of ${count(total)}` : 'starting';

/** 0 to 1; null while nothing is done, when nothing can be said. */
export const fractionOf = ({ done, total }: ExperimentRun): number | null =>
  done > 0 && total > 0 ? done / total : null;

/** How far a running experiment is, how long it has been, and how long it may take, once that can be told. */
export function goingWords(run: ExperimentRun, now: number): string {
  if (run.cancelling) return 'Cancelling';
  const seconds = Math.floor((now - run.startedAt) / 1000);
  const fraction = fractionOf(run);
  return [
    run.total > 0 ? `${count(run.done)} of ${count(run.total)} pieces of work done` : 'Starting',
    seconds >= 1 ? duration(seconds) : '',
    // What the core told is as of the last piece that was done.
    fraction !== null && fraction >= 0.05 && run.elapsed >= 1
      ? `about ${duration((run.elapsed * (1 - fraction)) / fraction)} left`
      : '',
  ]
    .filter(Boolean)
    .join(', ');
}

type Verdict = NonNullable<ExperimentRow['verdict']>;

/** A verdict as shape, colour and word. What is not borne out asks to be looked at; nothing has gone wrong. */
export const verdictWords: Readonly<Record<Verdict, StateWords>> = {
  met: { light: 'green', words: 'Met' },
  missed: { light: 'amber', words: 'Missed' },
  reproduced: { light: 'green', words: 'Reproduced' },
  exceeded: { light: 'green', words: 'Exceeded' },
  'not reproduced': { light: 'amber', words: 'Not reproduced' },
};

/** How many rows have each verdict, those that occur. */
export function verdictCounts({ rows }: ExperimentReport): { verdict: Verdict; rows: number }[] {
  return (Object.keys(verdictWords) as Verdict[])
    .map((verdict) => ({ verdict, rows: rows.filter((row) => row.verdict === verdict).length }))
    .filter((entry) => entry.rows > 0);
}

/** The rows under their settings, both in the order of the report. */
export function bySetting(rows: readonly ExperimentRow[]): { setting: string; rows: ExperimentRow[] }[] {
  const groups = new Map<string, ExperimentRow[]>();
  for (const row of rows) groups.set(row.setting, [...(groups.get(row.setting) ?? []), row]);
  return [...groups].map(([setting, held]) => ({ setting, rows: held }));
}

/** Comparisons as people write them. */
export const readable = (text: string): string => text.replaceAll('>=', '≥').replaceAll('<=', '≤');

/**
 * "median >= 0.985" as people write it. Where another figure than the median is asked for, with what was measured: "mean ≥ 0.35
 * (0.75)".
 */
export function askedWords(threshold: string, row: ExperimentRow): string {
  const measured = /^(mean|min|max|q25|q75) /.exec(threshold)?.[1] as 'mean' | undefined;
  const asked = thresholdWords(threshold);
  return measured && row.seeds > 1 ? `${asked} (${significant(row[measured], 3)})` : asked;
}

const thresholdWords = (threshold: string): string =>
  readable(threshold).replace(/-?\d\S*$/, (number) =>
    Number.isFinite(Number(number)) ? exact(Number(number)) : number,
  );

const exact = (value: number): string => (value > 0 && value < 1e-3 ? power(value) : compact(value, 6));

/** What the button does. */
export function runLabel(info: ExperimentInfo, { seeds, quick }: Pick<ExperimentRequest, 'seeds' | 'quick'>): string {
  if (seeds !== null) return quick ? `Run ${counted(seeds, 'seed')}, quick` : `Run ${counted(seeds, 'seed')}`;
  return quick ? 'Run quick' : `Run ${counted(info.seeds, 'seed')}`;
}

/** The same from a terminal. */
export function commandOf(
  name: string,
  { seeds, quick }: Pick<ExperimentRequest, 'seeds' | 'quick'>,
  table: { file: string; target: string } | null,
): string {
  return [
    `moe-lab experiment ${name}`,
    ...(seeds === null ? [] : [`--seeds ${seeds}`]),
    ...(quick ? ['--quick'] : []),
    ...(table ? [`--data ${quoted(`${table.file}:${table.target}`)}`] : []),
  ].join(' ');
}

const quoted = (text: string): string => (/^[\w./:-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
