import { afterEach, expect, test } from 'vitest';
import { errorsOf } from '../../../core/evaluate/intervals';
import { simulatedProblem } from '../../../core/experiments/lib/problems';
import { afterwardsHere, afterwardsOn } from '../../../core/job/afterwards';
import { neverCancelled } from '../../../core/kernels/pass';
import { createPool, type Pool, type Work } from '../../../core/threads/pool';
import { builtWorker } from '../threads/built-worker';

const worker = builtWorker();
const pools: Pool[] = [];
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

/** A pool of real threads that says what it was asked to do. */
function watchedPool(size: number, kinds: Work['kind'][]): Pool {
  const pool = createPool(worker, size);
  pools.push(pool);
  return {
    ...pool,
    run(work, onNews) {
      kinds.push(work.kind);
      return pool.run(work, onNews);
    },
  };
}

const errors = (n: number, shift: number) =>
  errorsOf(
    Float64Array.from({ length: n }, (_, i) => Math.abs(shift * Math.cos(3 * i))),
    null,
  );
const predictorsOf = (n: number) => {
  const both = (shift: number) => ({ train: errors(n, shift), test: errors(Math.ceil(n / 4), shift) });
  return { model: both(0.1), mean: both(1), ols: both(0.3) };
};

const { problem, truth } = simulatedProblem(
  { rows: 600, features: 3, experts: 2, sigma: 0.3, inputs: 'gaussian', gates: 'random', seed: 4 },
  { intercept: true, noise: { kind: 'per-expert' } },
);

test('what is found out in another thread has the digits of what is found out in this one', async () => {
  const kinds: Work['kind'][] = [];
  const there = afterwardsOn(watchedPool(2, kinds), neverCancelled());
  const [rate, intervals] = await Promise.all([there.rate(problem, truth), there.intervals(predictorsOf(200), 5)]);
  expect(kinds).toEqual(['rate', 'intervals']);
  expect(rate).toMatchObject({ known: true });
  expect(rate).toEqual(await afterwardsHere.rate(problem, truth));
  expect(intervals.draws).toBeGreaterThan(0);
  expect(intervals).toEqual(await afterwardsHere.intervals(predictorsOf(200), 5));
});

test('where every thread is at work, nobody waits for it', async () => {
  const kinds: Work['kind'][] = [];
  const there = afterwardsOn(watchedPool(1, kinds), neverCancelled());
  const [rate, intervals] = await Promise.all([there.rate(problem, truth), there.intervals(predictorsOf(200), 5)]);
  expect(kinds).toEqual(['rate']);
  expect(rate).toMatchObject({ known: true });
  expect(intervals).toEqual(await afterwardsHere.intervals(predictorsOf(200), 5));
});

test('rows that are not resampled are not sent', async () => {
  const kinds: Work['kind'][] = [];
  const intervals = await afterwardsOn(watchedPool(2, kinds), neverCancelled()).intervals(predictorsOf(24_000), 5);
  expect(kinds).toEqual([]);
  expect(intervals.draws).toBe(0);
});

test('few held-out rows are resampled elsewhere although the training rows are many', async () => {
  const kinds: Work['kind'][] = [];
  const predictors = predictorsOf(19_200);
  const intervals = await afterwardsOn(watchedPool(2, kinds), neverCancelled()).intervals(predictors, 5);
  expect(kinds).toEqual(['intervals']);
  expect(intervals).toEqual(await afterwardsHere.intervals(predictors, 5));
});

test('a rate that is cancelled is none', async () => {
  const cancelled = { ...problem, cancel: new Int32Array(new SharedArrayBuffer(4)).fill(1) };
  expect(await afterwardsOn(watchedPool(2, []), cancelled.cancel).rate(cancelled, truth)).toBeNull();
});
