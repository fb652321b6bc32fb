import type { Problem } from '../model/problem';
import { ok, type Result } from '../result';
import type { Method, Settings, Start } from './method';
import {
  chooseBest,
  needsSharedRefit,
  passedOverNotes,
  sharedRefitNote,
  withSharedNoise,
  type RaceResult,
} from './race';
import type { StartResult } from './run';
import type { StartNews, StartRunner } from './task';

/** What a run tells about its starts while they go on. Starts are numbered as `Method.starts` lists them. */
export interface StartsHooks {
  /** Once, and again when the run is repeated with shared noise: the starts about to run. */
  readonly onStarts: (starts: readonly Start[]) => void;
  readonly onNews: (start: number, news: StartNews) => void;
  readonly onEnd: (start: number, result: StartResult | null) => void;
}

/**
 * All starts of a method, side by side where the runner allows, and the best of them. Which thread ran what, and when, does not
 * change the result. After a cancel or the deadline the starts that have parameters count.
 */
export async function runStarts(
  runner: StartRunner,
  problem: Problem,
  method: Method,
  settings: Settings,
  seed: number,
  deadline: number | null,
  hooks: StartsHooks,
): Promise<Result<RaceResult>> {
  const first = await all(runner, problem, method, settings, seed, deadline, hooks);
  if (!first.ok) return first;
  if (!needsSharedRefit(problem, first.value) || Atomics.load(problem.cancel, 0) !== 0)
    return kept(method, settings, first.value, problem);
  const shared = withSharedNoise(problem);
  const second = await all(runner, shared, method, settings, seed, deadline, hooks);
  if (!second.ok || second.value.length === 0) return kept(method, settings, first.value, problem);
  return kept(method, settings, second.value, shared, [sharedRefitNote]);
}

function kept(
  method: Method,
  settings: Settings,
  results: StartResult[],
  problem: Problem,
  notes: readonly string[] = [],
): Result<RaceResult> {
  const best = chooseBest(results);
  const own = best < 0 ? [] : (method.notesOn?.(problem, settings, results, best) ?? []);
  return ok({ results, best, problem, notes: [...notes, ...own, ...passedOverNotes(results, best)] });
}

/** The results of the starts that have parameters; the first error where none has. */
async function all(
  runner: StartRunner,
  problem: Problem,
  method: Method,
  settings: Settings,
  seed: number,
  deadline: number | null,
  hooks: StartsHooks,
): Promise<Result<StartResult[]>> {
  const starts = method.starts(problem, settings);
  hooks.onStarts(starts);
  const ended = await Promise.all(
    starts.map(async (start, index) => {
      const task = { problem, method: method.id, settings, start, seed, deadline, spare: index > 0 };
      const result = await runner(task, (news) => hooks.onNews(index, news));
      hooks.onEnd(index, result.ok ? result.value : null);
      return result;
    }),
  );
  const results = ended.flatMap((result) => (result.ok && result.value !== null ? [result.value] : []));
  const error = ended.find((result) => !result.ok);
  return results.length === 0 && error && !error.ok ? error : ok(results);
}
