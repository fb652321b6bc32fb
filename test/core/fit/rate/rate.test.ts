import { describe, expect, test } from 'vitest';
import { em } from '../../../../core/fit/em/em';
import { leastSquares } from '../../../../core/fit/em/expert-step';
import { largestEigenpair } from '../../../../core/fit/rate/lanczos';
import type { Iteration } from '../../../../core/fit/trace';
import { localRate, observedRate } from '../../../../core/fit/rate/rate';
import type { ProblemInMemory } from '../../../../core/model/problem';
import { emptyParameters, type Parameters } from '../../../../core/model/spec';
import { symmetricEigen } from '../../../../core/moments/symmetric-eigen';
import { random } from '../../../../core/random';
import { mixtureProblem, randomParameters } from '../mixtures';

function finished<T>(steps: Generator<void, T>): { value: T; passes: number } {
  let passes = 0;
  let step = steps.next();
  for (; !step.done; step = steps.next()) passes++;
  return { value: step.value, passes };
}

/** EM as the application runs it: one Newton step of the gate an iteration. */
function run(problem: ProblemInMemory, start: Parameters, tolerance: number, maxIterations = 3000) {
  const fit = em(problem, start, { stage: 'em', expertStep: leastSquares, maxIterations, tolerance });
  const iterations: Iteration[] = [];
  let step = fit.next();
  for (; !step.done; step = fit.next()) if (step.value.type === 'iteration') iterations.push(step.value);
  return { iterations, outcome: step.value };
}

const truth = (k: number, d: number, seed: number) => randomParameters(k, d, random(seed, 7));

describe('the local rate', () => {
  test.each([1, 2, 3, 4])(
    'is what EM’s own last iterations keep, within 0.05 and not less by much (seed %d)',
    (seed) => {
      const problem = mixtureProblem({ n: 600, d: 3, k: 3, seed });
      const { iterations, outcome } = run(problem, truth(3, 3, seed), 1e-15);
      const { value: local } = finished(localRate(problem, outcome.parameters));
      const observed = observedRate(iterations, 'em');
      if (!local.known || observed === null) throw new Error('No rate.');
      expect(Math.abs(local.rate - observed)).toBeLessThan(0.05);
      expect(observed).toBeLessThan(local.rate + 0.01);
    },
  );

  test('is the same from a fit that EM left before it was at rest', () => {
    const problem = mixtureProblem({ n: 600, d: 3, k: 3, seed: 2 });
    const early = finished(localRate(problem, run(problem, truth(3, 3, 2), 1e-6).outcome.parameters)).value;
    const late = finished(localRate(problem, run(problem, truth(3, 3, 2), 1e-15).outcome.parameters)).value;
    if (!early.known || !late.known) throw new Error('No rate.');
    expect(Math.abs(early.rate - late.rate)).toBeLessThan(1e-4);
    expect(early.gain).toBeGreaterThan(late.gain);
  });

  test('does not depend on units and origin of the columns', () => {
    const problem = mixtureProblem({ n: 600, d: 2, k: 2, seed: 3 }, { gateRidge: 0 });
    const fitted = run(problem, truth(2, 2, 3), 1e-10).outcome.parameters;
    const x = problem.train.x.map((value, at) => (at % 2 === 0 ? 1000 + 3 * value : value / 50));
    const moved: Parameters = {
      ...fitted,
      expertWeights: fitted.expertWeights.map((w, at) => (at % 2 === 0 ? w / 3 : 50 * w)),
      gateWeights: fitted.gateWeights.map((w, at) => (at % 2 === 0 ? w / 3 : 50 * w)),
      expertIntercepts: fitted.expertIntercepts.map((b, i) => b - (1000 / 3) * fitted.expertWeights[2 * i]),
      gateIntercepts: fitted.gateIntercepts.map((c, i) => c - (1000 / 3) * fitted.gateWeights[2 * i]),
    };
    const there = finished(localRate({ ...problem, train: { ...problem.train, x } }, moved)).value;
    const here = finished(localRate(problem, fitted)).value;
    if (!here.known || !there.known) throw new Error('No rate.');
    expect(Math.abs(here.rate - there.rate)).toBeLessThan(1e-6);
  });

  test('is taken from a sample where rows are many, each of which counts for those it stands for', () => {
    // Pseudo-rows that tell: a part of the rows with its share of them has the same rate, with twice as many another.
    const problem = mixtureProblem({ n: 130_000, d: 2, k: 2, seed: 1 }, { pseudoRows: 52_000 });
    const { x, y } = problem.train;
    const part = (pseudoRows: number): ProblemInMemory => ({
      ...problem,
      pseudoRows,
      train: { n: 10_000, x: x.subarray(0, 20_000), y: y.subarray(0, 10_000), weights: null },
    });
    const fitted = run(part(4000), truth(2, 2, 1), 1e-6).outcome.parameters;
    const rate = (at: ProblemInMemory) => {
      const { value } = finished(localRate(at, fitted));
      if (!value.known) throw new Error(value.because);
      return value;
    };
    const [all, share, twice] = [rate(problem), rate(part(4000)), rate(part(8000))];
    expect(all.rows).toBeLessThan(problem.train.n);
    expect(share.rows).toBe(10_000);
    expect(Math.abs(all.rate - share.rate)).toBeLessThan(0.015);
    expect(Math.abs(twice.rate - share.rate)).toBeGreaterThan(0.025);
  });

  test('says so where experts coincide, where a fit is far from rest, and where it would take too long', () => {
    const problem = mixtureProblem({ n: 300, d: 2, k: 2, seed: 1 });
    const alike = run(problem, emptyParameters(2, 2), 1e-12).outcome.parameters;
    expect(finished(localRate(problem, alike)).value).toEqual({ known: false, because: 'no-maximum' });
    const far = finished(localRate(problem, randomParameters(2, 2, random(9)))).value;
    expect(far).toEqual({ known: false, because: 'not-at-rest' });
    const d = 1200;
    const wide = { ...problem, d, train: { n: 5, x: new Float64Array(5 * d), y: new Float64Array(5), weights: null } };
    const { value, passes } = finished(localRate(wide, emptyParameters(2, d)));
    expect(value).toEqual({ known: false, because: 'too-large' });
    expect(passes).toBe(0);
  });
});

describe('the observed rate', () => {
  const points = (changes: readonly (number | null)[], stage = 'em') =>
    changes.map((parameterChange) => ({ stage, parameterChange }));

  test('is the ratio of successive changes at the end of the stage', () => {
    const geometric = Array.from({ length: 30 }, (_, t) => 0.1 * 0.7 ** t);
    const trace = [...points([null, 5, 4, 3, 2, 1, 0.9], 'moments'), ...points([null, 3, 0.5, ...geometric])];
    expect(observedRate(trace, 'em')).toBeCloseTo(0.7, 12);
  });

  test('is not told from too few changes, from rounding, or where changes grow', () => {
    expect(observedRate(points([null, 1, 0.5, 0.25, 0.125]), 'em')).toBeNull();
    expect(observedRate(points([null, 1e-11, 1e-12, 1e-12, 1e-12, 1e-12, 1e-12]), 'em')).toBeNull();
    expect(observedRate(points([null, 1, 2, 3, 4, 5, 6]), 'em')).toBeNull();
    expect(observedRate(points([null, 1, 0.5, 0.25, 0.125, 0.06, 0.03]), 'gate')).toBeNull();
  });
});

test('Lanczos finds the largest eigenvalue of a symmetric matrix, clustered or simple, and its vector', () => {
  const stream = random(5);
  const size = 60;
  const a = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) a[i * size + j] = a[j * size + i] = stream.normal() / Math.sqrt(size);
  const apply = (x: Float64Array) => x.map((_, i) => x.reduce((sum, value, j) => sum + a[i * size + j] * value, 0));
  const first = Float64Array.from({ length: size }, () => stream.normal());
  const { value, passes } = finished(largestEigenpair(apply, first, 200, 1e-6));
  const top = symmetricEigen(a, size)?.values[0] ?? Number.NaN;
  expect(value.value).toBeCloseTo(top, 10);
  expect(passes).toBeLessThan(size);
  apply(value.vector).forEach((entry, i) => expect(entry).toBeCloseTo(top * value.vector[i], 5));
  const double = (x: Float64Array) => x.map((entry, i) => entry * (i < 2 ? 3 : 1));
  expect(finished(largestEigenpair(double, first, 200, 1e-6)).value.value).toBeCloseTo(3, 12);
});
