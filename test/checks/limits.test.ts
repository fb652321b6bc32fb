import { describe, expect, test } from 'vitest';
import { methods } from '../../core/fit';
import type { Method } from '../../core/fit/method';
import { mixtureProblem, standardised } from '../core/fit/mixtures';
import { attempt, predictions, settingsOf } from './fitting';

/**
 * How large a problem may be: 200 encoded columns and 10 experts, together too. Every method fits it, or says in one sentence before
 * it runs that it cannot. Few iterations: this is about whether, not how well.
 */
const wide = standardised(mixtureProblem({ n: 1200, d: 200, k: 3, seed: 31 }));
const many = standardised(mixtureProblem({ n: 2000, d: 12, k: 10, seed: 32 }));
const both = standardised(mixtureProblem({ n: 2100, d: 200, k: 10, seed: 33 }));
const narrow = standardised(mixtureProblem({ n: 1000, d: 3, k: 5, seed: 34 }));

const sizes = [
  ['200 columns', wide, 2],
  ['10 experts', many, 5],
  ['200 columns and 10 experts', both, 1],
  ['5 experts in 3 columns', narrow, 5],
] as const;

/** A minute on a busy machine; none of them takes ten seconds on a free one. */
const PATIENCE = 60_000;

const one = { restarts: 1 };

async function fitsOrRefuses(method: Method, problem: typeof wide, maxIterations: number): Promise<void> {
  const settings = settingsOf(method, { ...one, maxIterations });
  const refusal = method.refusal(problem, settings);
  if (refusal) {
    expect(refusal.message).toMatch(/^[^.]+: [^.]+\.$/);
    return;
  }
  const ended = await attempt(method, problem, { ...one, maxIterations });
  if (!ended.ok) throw new Error(ended.error.message);
  const { parameters, termination } = ended.value.results[ended.value.best];
  expect(['converged', 'iteration-limit', 'not-identified']).toContain(termination);
  expect(predictions(problem.train, parameters).every(Number.isFinite)).toBe(true);
}

/** The starts of `best` are those of three other methods to the last bit (test/core/fit/best.test.ts): its large fits would be theirs again. */
const runs = methods.filter(({ id }) => id !== 'best');

describe.each(runs.map((method) => [method.id, method] as const))('%s', (_id, method) => {
  test.each(sizes)('%s: fits, or says why not before it runs', { timeout: PATIENCE }, (_name, problem, iterations) =>
    fitsOrRefuses(method, problem, iterations),
  );
});

test('the largest sizes are refused by no method at its defaults', () => {
  for (const method of methods)
    for (const problem of [wide, many, both]) expect(method.refusal(problem, settingsOf(method))).toBeNull();
});

test('methods of moments refuse more experts than columns, and say what to do', () => {
  const resting = methods.filter(({ restsOn }) => restsOn?.includes('experts-within-features'));
  expect(resting.length).toBeGreaterThan(0);
  for (const method of resting) {
    const refusal = method.refusal(narrow, settingsOf(method));
    expect(refusal?.code).toBe('fit/more-experts-than-features');
    expect(refusal?.message).toContain('use fewer experts');
  }
});

test('regression moments that were asked for are refused where the rows do not allow them, and auto is offered', () => {
  const offering = methods.filter(({ options }) => options.some(({ name }) => name === 'moments'));
  expect(offering.length).toBeGreaterThan(0);
  for (const method of offering) {
    const refusal = method.refusal(wide, settingsOf(method, { options: { moments: 'regression' } }));
    expect(refusal?.message).toMatch(/too many for 1200 rows.*best for the rows/);
  }
});
