import type { StartRunner } from '../fit/task';
import { runStarts, type StartsHooks } from '../fit/run-starts';
import { UnreadableRows } from '../model/row-file';
import { fail, ok, type Result } from '../result';
import { type Afterwards, afterwardsHere } from './afterwards';
import { describe, type FinishedFit } from './describe';
import type { PreparedFit } from './prepare';

/**
 * Runs a prepared fit to its end, on any runner, and says what came of it.
 *
 * @param clock       seconds since 1970
 * @param afterwards  where what can be done apart is done once the starts have ended
 */
export async function runFit(
  prepared: PreparedFit,
  runner: StartRunner,
  hooks: StartsHooks,
  clock: () => number = () => Date.now() / 1000,
  afterwards: Afterwards = afterwardsHere,
): Promise<Result<FinishedFit>> {
  const { problem, method, settings, spec } = prepared;
  const begun = clock();
  const deadline = spec.timeLimit === null ? null : begun + spec.timeLimit;
  const race = await runStarts(runner, problem, method, settings, spec.seed, deadline, hooks);
  if (!race.ok) return race;
  const best = race.value.results[race.value.best];
  if (best === undefined) return fail('fit/cancelled', 'The fit was cancelled before it had any parameters.');
  if (!Number.isFinite(best.objective))
    return fail(
      'fit/no-model',
      'Every start broke down before it had a usable model: look for extreme values, or try fewer experts.',
    );
  try {
    return ok(await describe(prepared, race.value, best, clock() - begun, afterwards));
  } catch (error) {
    if (error instanceof UnreadableRows) return fail('fit/rows-file', error.message);
    throw error;
  }
}
