import { expect, test } from 'vitest';
import type { TerminationCode } from '../../../core/fit/method';
import { chooseBest, needsSharedRefit, passedOverNotes } from '../../../core/fit/race';
import type { StartResult } from '../../../core/fit/run';
import { emptyParameters } from '../../../core/model/spec';
import { mixtureProblem } from './mixtures';

const problem = mixtureProblem({ n: 200, d: 2, k: 2, seed: 3 });

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

test('starts passed over although they reached a higher objective with an empty expert are told of, and only those', () => {
  const results = [ended('expert-emptied', -1), ended('converged', -2), ended('expert-emptied', -3)];
  expect(passedOverNotes(results, 1)).toEqual([
    '1 of 3 starts fit better with an expert left without rows and was passed over; try one expert fewer.',
  ]);
  expect(passedOverNotes([ended('sigma-floor', 9), ended('converged', -2)], 1)).toEqual([]);
  expect(passedOverNotes([ended('expert-emptied', -1), ended('expert-emptied', -2)], 0)).toEqual([]);
  expect(passedOverNotes([], -1)).toEqual([]);
});
