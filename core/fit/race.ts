import type { Problem } from '../model/problem';
import { ok, type Result } from '../result';
import type { Method, Settings, TerminationCode } from './method';
import { type RunHooks, type RunNews, runStart, type StartResult } from './run';

/** Endings whose parameters are those of a sound fit, finished or not. */
const sound: ReadonlySet<TerminationCode> = new Set(['converged', 'iteration-limit', 'time-limit', 'cancelled']);

/**
 * How much an ending is worth before objectives are compared: sound fits; then fits that are degenerate but have a likelihood worth
 * comparing; a sigma on its floor last, because its objective is large for the wrong reason.
 */
function rank({ termination, objective }: StartResult): number {
  if (!Number.isFinite(objective)) return 0;
  if (sound.has(termination)) return 3;
  return termination === 'sigma-floor' ? 1 : 2;
}

/** The start to keep: the highest training objective among the soundest endings, the first of equals; −1 without any. */
export function chooseBest(results: readonly StartResult[]): number {
  let best = -1;
  results.forEach((result, index) => {
    const held = results[best];
    if (!held || rank(result) > rank(held) || (rank(result) === rank(held) && result.objective > held.objective))
      best = index;
  });
  return best;
}

/** Whether every start ran one expert's sigma to its floor, so that the fit must be repeated with one sigma for all. */
export const needsSharedRefit = ({ noise, k }: Problem, results: readonly StartResult[]): boolean =>
  noise.kind === 'per-expert' &&
  k > 1 &&
  results.length > 0 &&
  results.every((result) => result.termination === 'sigma-floor');

export const withSharedNoise = (problem: Problem): Problem => ({ ...problem, noise: { kind: 'shared' } });

export const sharedRefitNote =
  'In every start one expert came to fit a few rows exactly, so the fit was repeated with one noise level for all experts.';

/** A method run to its end over all its starts. */
export interface RaceResult {
  /** Of the problem that counts: the repeated one after a shared refit. */
  readonly results: readonly StartResult[];
  /** Index of the start to keep. */
  readonly best: number;
  /** The problem solved: with shared noise after a refit. */
  readonly problem: Problem;
  readonly notes: readonly string[];
}

export interface RaceHooks extends Omit<RunHooks, 'onEvent'> {
  readonly onEvent: (start: number, news: RunNews) => void;
}

/**
 * All starts of a method in this thread, one after the other. The time limit is for all of them together. After a cancel or the
 * time limit the starts that ended count; the rest are not run.
 */
export function runInline(
  problem: Problem,
  method: Method,
  settings: Settings,
  seed: number,
  hooks: RaceHooks,
): Result<RaceResult> {
  const deadline = hooks.timeLimit === null ? Infinity : hooks.now() + hooks.timeLimit;
  const first = runAll(problem, method, settings, seed, hooks, deadline);
  if (!first.ok) return first;
  const again = needsSharedRefit(problem, first.value) && !isOver(problem, hooks, deadline);
  if (!again) return ok({ results: first.value, best: chooseBest(first.value), problem, notes: [] });
  const shared = withSharedNoise(problem);
  const second = runAll(shared, method, settings, seed, hooks, deadline);
  if (!second.ok) return ok({ results: first.value, best: chooseBest(first.value), problem, notes: [] });
  const results = second.value;
  return ok({ results, best: chooseBest(results), problem: shared, notes: [sharedRefitNote] });
}

/** The results of the starts that have parameters; the first error where none has. */
function runAll(
  problem: Problem,
  method: Method,
  settings: Settings,
  seed: number,
  hooks: RaceHooks,
  deadline: number,
): Result<StartResult[]> {
  const results: StartResult[] = [];
  let error: Result<StartResult> | null = null;
  for (const [index, start] of method.starts(settings).entries()) {
    if (index > 0 && isOver(problem, hooks, deadline)) break;
    const timeLimit = deadline === Infinity ? null : deadline - hooks.now();
    const onEvent = (news: RunNews) => hooks.onEvent(index, news);
    const result = runStart(problem, method, settings, start, seed, { ...hooks, timeLimit, onEvent });
    if (result.ok) results.push(result.value);
    else error ??= result;
  }
  return results.length === 0 && error !== null && !error.ok ? error : ok(results);
}

const isOver = (problem: Problem, hooks: RaceHooks, deadline: number): boolean =>
  Atomics.load(problem.cancel, 0) !== 0 || hooks.now() > deadline;
