import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { BenchResult } from './case';

/** Where measurements are kept: a case of a run a line, as soon as one of its figures counts. Those that do not say so. */
export const HISTORY = 'test/bench/history.jsonl';

export interface Entry {
  /** Of the commit, or what BENCH_DATE says. */
  readonly date: string;
  readonly commit: string;
  /** Whether tracked files differed from the commit. */
  readonly changed: boolean;
  readonly machine: string;
  readonly node: string;
  readonly case: string;
  /** Load average of the last minute at the end, with the benchmark's own work. */
  readonly load: number;
  /** Processors' worth of other work, the most beside any group of figures; null where the system does not tell. */
  readonly others: number | null;
  /** Of the whole case. */
  readonly seconds: number;
  readonly results: readonly BenchResult[];
}

const git = (...words: string[]): string => execFileSync('git', words, { encoding: 'utf8' }).trim();

/** What was measured: the commit and its date. */
export function provenance(): Pick<Entry, 'date' | 'commit' | 'changed'> {
  return {
    date: process.env.BENCH_DATE ?? git('log', '-1', '--format=%cI'),
    commit: git('rev-parse', '--short=10', 'HEAD'),
    changed: git('status', '--porcelain', '--untracked-files=no', '--', 'core') !== '',
  };
}

export const remember = (entry: Entry): void => appendFileSync(HISTORY, `${JSON.stringify(entry)}\n`);

/** What is quoted of each case, from the history. */
export function latest(): Entry[] {
  if (!existsSync(HISTORY)) return [];
  const entries = readFileSync(HISTORY, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Entry);
  return lastWorthy(entries);
}

/** The last entry of each case most of whose figures count; where there is none, the last. */
export function lastWorthy(entries: readonly Entry[]): Entry[] {
  const isWorthy = ({ results }: Entry) =>
    2 * results.filter(({ doubt }) => doubt === undefined).length > results.length;
  const last = (chosen: readonly Entry[]) => chosen.map((entry) => [entry.case, entry] as const);
  return [...new Map([...last(entries), ...last(entries.filter(isWorthy))]).values()];
}
