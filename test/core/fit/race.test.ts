import { expect, test } from 'vitest';
import { jointEm } from '../../../core/fit/joint-em';
import type { TerminationCode } from '../../../core/fit/method';
import { chooseBest, needsSharedRefit, runInline, sharedRefitNote } from '../../../core/fit/race';
import type { StartResult } from '../../../core/fit/run';
import { emptyParameters } from '../../../core/model/spec';
import { defaultSettings, mixtureProblem } from './mixtures';

const problem = mixtureProblem({ n: 200, d: 2, k: 2, seed: 3 });
const hooks = { now: () => 0, timeLimit: null, onEvent: () => undefined };

const ended = (termination: TerminationCode, objective: number): StartResult => ({
  start: { label: '', method: 'joint-em', stream: 0 },
  parameters: emptyParameters(2, 2),
  termination,
  stage: 'em',
  iterations: 1,
  seconds: 0,
  logLikelihood: objective,
  objective,
  trace: [],
  stages: [],
  notes: [],
  checks: [],
});

test.each<[string, StartResult[], number]>([
  ['the highest objective', [ended('converged', -3), ended('converged', -1), ended('iteration-limit', -2)], 1],
  ['the first of equals', [ended('converged', -1), ended('converged', -1)], 0],
  [
    'never a sigma on its floor while another start exists',
    [ended('sigma-floor', 100), ended('experts-coincide', -9)],
    1,
  ],
  ['a sound start before a degenerate one', [ended('experts-coincide', -1), ended('converged', -2)], 1],
  ['a finite objective before none', [ended('numerical-failure', NaN), ended('diverged', -5)], 1],
  ['a sigma on its floor where there is nothing else', [ended('sigma-floor', 1), ended('sigma-floor', 2)], 1],
  ['nothing among none', [], -1],
])('the race is won by %s', (_rule, results, best) => {
  expect(chooseBest(results)).toBe(best);
});

test('a refit with shared noise is needed when every start ran to its floor, and only for sigmas of their own', () => {
  const floored = [ended('sigma-floor', 1), ended('sigma-floor', 2)];
  expect(needsSharedRefit(problem, floored)).toBe(true);
  expect(needsSharedRefit(problem, [...floored, ended('converged', -9)])).toBe(false);
  expect(needsSharedRefit({ ...problem, noise: { kind: 'shared' } }, floored)).toBe(false);
  expect(needsSharedRefit({ ...problem, k: 1 }, floored)).toBe(false);
  expect(needsSharedRefit(problem, [])).toBe(false);
});

test('all starts run, each on its own stream, and the best is kept', () => {
  const race = runInline(problem, jointEm, { ...defaultSettings, restarts: 4 }, 1, hooks);
  if (!race.ok) throw new Error(race.error.message);
  const { results, best } = race.value;
  expect(results.map(({ start }) => start.stream)).toEqual([0, 1, 2, 3]);
  expect(results[best].objective).toBe(Math.max(...results.map(({ objective }) => objective)));
  const alone = runInline(problem, jointEm, { ...defaultSettings, restarts: 2 }, 1, hooks);
  expect(alone.ok && alone.value.results[1]).toEqual(results[1]);
});

test('a target one expert can fit exactly is fitted again with one sigma for all, and the result says so', () => {
  const y = problem.train.y.map((value, r) => (problem.train.x[2 * r] > 0 ? 3 : value));
  const discrete = { ...problem, train: { ...problem.train, y } };
  const race = runInline(discrete, jointEm, { ...defaultSettings, restarts: 3, maxIterations: 1000 }, 1, hooks);
  if (!race.ok) throw new Error(race.error.message);
  expect(race.value.notes).toEqual([sharedRefitNote]);
  expect(race.value.problem.noise.kind).toBe('shared');
  const { termination, parameters } = race.value.results[race.value.best];
  expect(termination).toBe('converged');
  expect(new Set(parameters.sigmas).size).toBe(1);
});

test('after a cancel the starts that ended count and the rest are not run', () => {
  const stopped = { ...problem, cancel: new Int32Array(1) };
  const onEvent = (start: number) => {
    if (start === 1) stopped.cancel[0] = 1;
  };
  const race = runInline(stopped, jointEm, { ...defaultSettings, restarts: 5 }, 1, { ...hooks, onEvent });
  if (!race.ok) throw new Error(race.error.message);
  expect(race.value.results.map(({ termination }) => termination)).toEqual(['converged']);
});

test('the time limit is for all starts together', () => {
  let clock = 0;
  const race = runInline(problem, jointEm, { ...defaultSettings, restarts: 50 }, 1, {
    ...hooks,
    now: () => clock++,
    timeLimit: 300,
  });
  if (!race.ok) throw new Error(race.error.message);
  expect(race.value.results.length).toBeLessThan(50);
  expect(race.value.results.at(-1)?.termination).toBe('time-limit');
});

test('a problem that is refused is refused once, by code', () => {
  const race = runInline({ ...problem, k: 90 }, jointEm, defaultSettings, 1, hooks);
  expect(!race.ok && race.error.code).toBe('fit/too-few-rows');
});
