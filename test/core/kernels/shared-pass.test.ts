import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { afterAll, expect, test } from 'vitest';
import { startsOn } from '../../../core/fit/on-threads';
import { jointEm } from '../../../core/fit/joint-em';
import { completeSettings } from '../../../core/fit/settings';
import { inlineRunner, type StartRunner, type StartTask } from '../../../core/fit/task';
import { type SharedRows, teamOn } from '../../../core/kernels/shared-pass';
import type { MemoryRows, Problem, Rows } from '../../../core/model/problem';
import { secondMoments } from '../../../core/moments/second-moments';
import { boardMemory, boardOn } from '../../../core/threads/board';
import { createPool } from '../../../core/threads/pool';
import { simulatedProblem } from '../../../core/experiments/lib/problems';
import { builtWorker } from '../threads/built-worker';

const worker = builtWorker();
const helper = builtWorker('test/core/kernels/helper.ts');
const pools = [1, 3].map((size) => createPool(worker, size));
afterAll(() => Promise.all(pools.map((pool) => pool.close())));

const shared = (values: Float64Array): Float64Array => {
  const copy = new Float64Array(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  return copy;
};

/** Rows enough for passes to be shared, weighted, in shared memory. */
function largeProblem(): Problem {
  const { problem } = simulatedProblem({
    rows: 30_000,
    features: 6,
    experts: 3,
    sigma: 0.3,
    inputs: 'gaussian',
    gates: 'random',
    seed: 4,
  });
  const { n, x, y } = problem.train;
  const rows: Rows = { n, x: shared(x), y: shared(y), weights: Float64Array.from({ length: n }, (_, r) => r % 3) };
  return { ...problem, train: rows, intercept: true, cancel: new Int32Array(new SharedArrayBuffer(4)) };
}

function taskOn(problem: Problem, updates = 'pass'): StartTask {
  const settings = completeSettings(jointEm, { restarts: 1, maxIterations: 8, tolerance: 1e-12, options: { updates } });
  if (!settings.ok) throw new Error(settings.error.message);
  const [start] = jointEm.starts(problem, settings.value);
  return { problem, method: 'joint-em', settings: settings.value, start, seed: 1, deadline: null, spare: false };
}

async function fitted(runner: StartRunner, problem: Problem, updates = 'pass') {
  const result = await runner(taskOn(problem, updates), () => undefined);
  if (!result.ok || result.value === null) throw new Error('no fit');
  const { parameters, objective, iterations } = result.value;
  return { parameters, objective, iterations };
}

test('a thread that helps does pieces of passes, whose sums are those of one thread to the last bit', async () => {
  const { cancel } = largeProblem();
  // Wide, so that passes are long.
  const wide: MemoryRows = {
    n: 20_000,
    x: shared(new Float64Array(20_000 * 40).map((_, at) => Math.sin(at))),
    y: new Float64Array(20_000).map((_, at) => Math.cos(at)),
    weights: null,
  };
  const parts: Rows[] = [];
  const memory = boardMemory();
  const team = teamOn(boardOn(memory), { d: 40, parts, cancel });
  const rows = { ...wide, team };
  parts.push(rows);
  const asked = new Int32Array(new SharedArrayBuffer(4));
  const shares: SharedRows = { d: 40, parts: [{ ...wide, y: shared(wide.y) }], cancel };
  const thread = new Worker(helper, { workerData: { memory, shared: shares, asked } });
  await once(thread, 'message');
  const alone = secondMoments(wide, 40, cancel);
  for (let pass = 0; pass < 30; pass++) expect(secondMoments(rows, 40, cancel)).toEqual(alone);
  Atomics.store(asked, 0, 1);
  const [passes] = await once(thread, 'message');
  expect(passes).toBeGreaterThan(0);
});

test.each(['pass', 'shard'])(
  'a fit with updates by %s has the same digits on one thread, on three that share its passes, and in the thread that asks',
  async (updates) => {
    const problem = largeProblem();
    const alone = await fitted(
      inlineRunner(() => 0),
      problem,
      updates,
    );
    expect(alone.iterations).toBe(8);
    for (const pool of pools) expect(await fitted(startsOn(pool), problem, updates)).toEqual(alone);
  },
);

test('threads that help are asked back for work of their own, and one run that is cancelled leaves the others going', async () => {
  const [, pool] = pools;
  const [first, second] = [largeProblem(), largeProblem()];
  const alone = await fitted(
    inlineRunner(() => 0),
    second,
  );
  const cancelled = startsOn(pool)(taskOn(first), ({ points }) => {
    if (points.length > 0) Atomics.store(first.cancel, 0, 1);
  });
  const others = await Promise.all([0, 1, 2, 3].map(() => fitted(startsOn(pool), second)));
  for (const other of others) expect(other).toEqual(alone);
  expect((await cancelled).ok).toBe(true);
});
