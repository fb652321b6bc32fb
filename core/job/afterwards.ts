import { errorIntervals, isResampled, type MeasuredPredictors } from '../evaluate/intervals';
import type { IntervalsReport } from '../evaluate/types';
import type { LocalRate } from '../fit/rate/rate';
import type { Problem } from '../model/problem';
import type { Parameters } from '../model/spec';
import { random } from '../random';
import type { Result } from '../result';
import type { Pool } from '../threads/pool';
import { type RateAt, rateHere } from './convergence-rate';

/** What is found out about a finished fit apart from everything else: in any thread, to the same digits. */
export interface Afterwards {
  readonly rate: RateAt;
  /** @param seed  the fit's */
  intervals(predictors: MeasuredPredictors, seed: number): Promise<IntervalsReport>;
}

/** What a thread is told of each, as the `kind` of its work says. */
export interface RateTask {
  readonly problem: Problem;
  readonly parameters: Parameters;
}
export interface IntervalsTask {
  readonly predictors: MeasuredPredictors;
  readonly seed: number;
}

/** Random numbers of the intervals, apart from those of the starts and of the split. */
const INTERVAL_STREAM = 2_000_003;

/** In this thread; others may run between the parts. */
export const afterwardsHere: Afterwards = {
  rate: rateHere,
  intervals: (predictors, seed) => errorIntervals(predictors, random(seed, INTERVAL_STREAM)),
};

/**
 * On threads that have nothing to do. Nobody waits here for the starts of another run: where all threads work, or a thread has failed,
 * it is done in this one.
 */
export function afterwardsOn(pool: Pool, cancel: Int32Array): Afterwards {
  async function elsewhere<T>(kind: 'rate' | 'intervals', task: RateTask | IntervalsTask): Promise<T | null> {
    if (!pool.hasRoom()) return null;
    // The thread answers work of these kinds with what is done here.
    const answer = (await pool.run({ kind, task, cancel }, () => undefined)) as Result<T | null>;
    return answer.ok ? answer.value : null;
  }
  return {
    async rate(problem, parameters) {
      const task = { problem: { ...problem, test: null, initial: null }, parameters };
      return (await elsewhere<LocalRate>('rate', task)) ?? afterwardsHere.rate(problem, parameters);
    },
    async intervals(predictors, seed) {
      const found = isResampled(predictors)
        ? await elsewhere<IntervalsReport>('intervals', { predictors, seed })
        : null;
      return found ?? afterwardsHere.intervals(predictors, seed);
    },
  };
}
