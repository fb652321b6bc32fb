import { expect, test } from 'vitest';
import { jointEm } from '../../../core/fit/joint-em';
import type { Settings } from '../../../core/fit/method';
import { sharedRefitNote } from '../../../core/fit/race';
import { runStarts, type StartsHooks } from '../../../core/fit/run-starts';
import { inlineRunner } from '../../../core/fit/task';
import type { ProblemInMemory } from '../../../core/model/problem';
import { defaultSettings, mixtureProblem } from './mixtures';

const problem = mixtureProblem({ n: 200, d: 2, k: 2, seed: 3 });
const quiet = { onStarts: () => undefined, onNews: () => undefined, onEnd: () => undefined };

interface Given extends Partial<StartsHooks> {
  readonly settings?: Partial<Settings>;
  readonly deadline?: number;
}

/** The starts of joint-em, one after the other; each look at the clock finds a second gone. */
async function race(on: ProblemInMemory, { settings, deadline, ...hooks }: Given) {
  let seconds = 0;
  const runner = inlineRunner(() => seconds++);
  const given = { ...defaultSettings, ...settings };
  return runStarts(runner, on, jointEm, given, 1, deadline ?? null, { ...quiet, ...hooks });
}

async function result(on: ProblemInMemory, given: Given) {
  const ended = await race(on, given);
  if (!ended.ok) throw new Error(ended.error.message);
  return ended.value;
}

test('all starts run, each on its own stream, and the best is kept', async () => {
  const { results, best } = await result(problem, { settings: { restarts: 4 } });
  expect(results.map(({ start }) => start.stream)).toEqual([0, 1, 2, 3]);
  expect(results[best].objective).toBe(Math.max(...results.map(({ objective }) => objective)));
  const alone = await result(problem, { settings: { restarts: 2 } });
  expect(alone.results[1].parameters).toEqual(results[1].parameters);
});

test('a target one expert can fit exactly is fitted again with one sigma for all, and the result says so', async () => {
  const y = problem.train.y.map((value, r) => (problem.train.x[2 * r] > 0 ? 3 : value));
  const discrete = { ...problem, train: { ...problem.train, y } };
  const announced: number[] = [];
  const refitted = await result(discrete, {
    settings: { restarts: 3, maxIterations: 1000 },
    onStarts: (starts) => announced.push(starts.length),
  });
  expect(announced).toEqual([3, 3]);
  expect(refitted.notes).toEqual([sharedRefitNote]);
  expect(refitted.problem.noise.kind).toBe('shared');
  const { termination, parameters } = refitted.results[refitted.best];
  expect(termination).toBe('converged');
  expect(new Set(parameters.sigmas).size).toBe(1);
});

test('after a cancel the starts that ended count and the rest are not run', async () => {
  const stopped = { ...problem, cancel: new Int32Array(1) };
  const ends: (string | null)[] = [];
  const { results } = await result(stopped, {
    settings: { restarts: 5 },
    onNews: (start) => {
      if (start === 1) stopped.cancel[0] = 1;
    },
    onEnd: (_start, ended) => ends.push(ended && ended.termination),
  });
  expect(results.map(({ termination }) => termination)).toEqual(['converged']);
  expect(ends).toEqual(['converged', null, null, null, null]);
});

test('the time limit is for all starts together, and what has not begun by then is not run', async () => {
  const { results } = await result(problem, { settings: { restarts: 50 }, deadline: 300 });
  expect(results.length).toBeLessThan(10);
  expect(results.at(-1)?.termination).toBe('time-limit');
});

test('a time limit that has passed before the fit began still gives a model, of the first start', async () => {
  const { results } = await result(problem, { settings: { restarts: 50 }, deadline: 0 });
  expect(results.map(({ start, termination }) => [start.stream, termination])).toEqual([[0, 'time-limit']]);
});

test('a problem that is refused is refused once, by code', async () => {
  expect(await race({ ...problem, k: 90 }, {})).toMatchObject({ ok: false, error: { code: 'fit/too-few-rows' } });
});
