import { describe, expect, test } from 'vitest';
import { em } from '../../../../core/fit/em/em';
import { frozen, leastSquares } from '../../../../core/fit/em/expert-step';
import { type GateStep, newtonGate } from '../../../../core/fit/em/gate-step';
import type { FitEvent, Outcome } from '../../../../core/fit/method';
import { randomStart } from '../../../../core/fit/starting-points/random-gate';
import { objectiveGradient } from '../../../../core/model/likelihood';
import type { ProblemInMemory } from '../../../../core/model/problem';
import { copyParameters } from '../../../../core/model/spec';
import { random } from '../../../../core/random';
import { mixtureProblem } from '../mixtures';

type Iteration = Extract<FitEvent, { type: 'iteration' }>;

const plan = { stage: 'em', expertStep: leastSquares, maxIterations: 120, tolerance: 1e-7 };

function run(problem: ProblemInMemory, options: Partial<typeof plan & { gateStep: GateStep }> = {}, seed = 1) {
  const fit = em(problem, randomStart(problem, random(seed)), { ...plan, ...options });
  const iterations: Iteration[] = [];
  const notes: string[] = [];
  let step = fit.next();
  for (; !step.done; step = fit.next()) {
    if (step.value.type === 'iteration') iterations.push(step.value);
    if (step.value.type === 'note') notes.push(step.value.sentence);
  }
  return { iterations, notes, outcome: step.value as Outcome };
}

function expectNoFall(iterations: readonly Iteration[]) {
  let previous = -Infinity;
  for (const { objective } of iterations) {
    expect(objective).toBeGreaterThanOrEqual(previous - 1e-12 * Math.abs(previous));
    previous = objective;
  }
}

const settings: [string, Partial<ProblemInMemory>, boolean][] = [
  ['a sigma of each expert', {}, false],
  ['one sigma for all', { noise: { kind: 'shared' } }, false],
  ['a given sigma', { noise: { kind: 'fixed', sigma: 0.4 } }, false],
  ['row weights', {}, true],
  [
    'experts and gate on their own columns',
    { expertColumns: Uint8Array.of(1, 1, 0), gateColumns: Uint8Array.of(0, 1, 1) },
    true,
  ],
  ['no intercepts', { intercept: false }, false],
  ['a strong gate ridge', { gateRidge: 50 }, false],
  ['no gate ridge', { gateRidge: 0 }, false],
  ['pseudo-rows', { pseudoRows: 25 }, true],
  ['pseudo-rows and one sigma for all', { pseudoRows: 7.5, noise: { kind: 'shared' } }, true],
  ['pseudo-rows and a given sigma', { pseudoRows: 25, noise: { kind: 'fixed', sigma: 0.4 } }, false],
  [
    'pseudo-rows on the experts’ own columns',
    { pseudoRows: 25, expertColumns: Uint8Array.of(1, 1, 0), gateColumns: Uint8Array.of(0, 1, 1) },
    true,
  ],
  ['pseudo-rows without intercepts', { pseudoRows: 25, intercept: false }, false],
];

describe.each(settings)('EM with %s', (_name, given, weighted) => {
  const problems = [2, 3, 4].flatMap((k) =>
    [1, 2, 3].map((seed) => mixtureProblem({ n: 60 * k, d: 3, k, seed, weighted }, given)),
  );

  test('never lowers the objective', () => {
    for (const problem of problems)
      for (const gateSteps of [1, 5]) {
        const { iterations } = run(problem, { tolerance: 1e-14, gateStep: newtonGate(gateSteps) });
        expect(iterations.length).toBeGreaterThan(1);
        expectNoFall(iterations);
      }
  });

  test('leaves the numbers that are not to be estimated where they are', () => {
    for (const problem of problems) {
      const { parameters } = run(problem).outcome;
      const { k, d } = problem;
      const unused = (weights: Float64Array, columns: Uint8Array) => weights.filter((_, at) => columns[at % d] === 0);
      expect(unused(parameters.expertWeights, problem.expertColumns).every((w) => w === 0)).toBe(true);
      expect(unused(parameters.gateWeights, problem.gateColumns).every((w) => w === 0)).toBe(true);
      expect(parameters.gateWeights.subarray((k - 1) * d).every((w) => w === 0)).toBe(true);
      const intercepts = [...parameters.expertIntercepts, ...parameters.gateIntercepts];
      if (!problem.intercept) expect(intercepts.every((value) => value === 0)).toBe(true);
      if (problem.noise.kind === 'shared') expect(new Set(parameters.sigmas).size).toBe(1);
      if (problem.noise.kind === 'fixed') expect(new Set(parameters.sigmas)).toEqual(new Set([0.4]));
    }
  });
});

test.each([0, 40])('at convergence the gradient of the objective is 0, with %d pseudo-rows', (pseudoRows) => {
  for (const seed of [1, 2, 3]) {
    const problem = mixtureProblem({ n: 400, d: 2, k: 2, seed }, { pseudoRows });
    const { outcome } = run(problem, { tolerance: 1e-15, maxIterations: 3000 });
    expect(outcome.termination).toBe('converged');
    const { expertWeights, expertIntercepts, sigmas, gateWeights, gateIntercepts } = objectiveGradient(
      problem,
      outcome.parameters,
    );
    const all = [expertWeights, expertIntercepts, sigmas, gateWeights, gateIntercepts].flatMap((part) => [...part]);
    expect(Math.max(...all.map(Math.abs))).toBeLessThan(1e-6 * problem.train.n);
  }
});

test.each([0, 40])('one expert is least squares in one M-step, whatever the pseudo-rows: %d', (pseudoRows) => {
  const problem = mixtureProblem({ n: 80, d: 3, k: 1, seed: 2, weighted: true }, { pseudoRows });
  const { outcome } = run(problem);
  const gradient = objectiveGradient({ ...problem, pseudoRows: 0 }, outcome.parameters);
  for (const part of [gradient.expertWeights, gradient.expertIntercepts, gradient.sigmas])
    expect(Math.max(...part.map(Math.abs))).toBeLessThan(1e-8);
  const { iterations } = run(problem, { maxIterations: 1 });
  outcome.parameters.expertWeights.forEach((w, j) =>
    expect(iterations[1].parameters.expertWeights[j]).toBeCloseTo(w, 12),
  );
});

/** A gate step that takes note of the curvatures it is given. */
function watched(keeps: number) {
  const given: Float64Array[] = [];
  const newton = newtonGate(1);
  const gateStep: GateStep = {
    ...newton,
    keeps: () => keeps,
    update(problem, sums, current, next) {
      given.push(sums.curvature);
      return newton.update(problem, sums, current, next);
    },
  };
  return { given, gateStep };
}

describe.each([2, 5])('with one curvature of the gate for %i M-steps', (keeps) => {
  test('EM takes another one after that many, and never lowers the objective', () => {
    for (const seed of [1, 2, 3]) {
      const problem = mixtureProblem({ n: 240, d: 3, k: 4, seed, weighted: true });
      const { given, gateStep } = watched(keeps);
      const { iterations } = run(problem, { tolerance: 1e-14, gateStep });
      expectNoFall(iterations);
      expect(given.length).toBeGreaterThan(keeps);
      given.forEach((curvature, t) => {
        expect(curvature.length).toBeGreaterThan(0);
        if (t > 0) expect(curvature === given[t - 1]).toBe(t % keeps !== 0);
      });
    }
  });

  test('EM ends at the same top', () => {
    const problem = mixtureProblem({ n: 400, d: 2, k: 2, seed: 1 });
    const limits = { tolerance: 1e-15, maxIterations: 3000 };
    const [fresh, kept] = [1, keeps].map(
      (many) => run(problem, { ...limits, gateStep: watched(many).gateStep }).outcome,
    );
    expect(kept.termination).toBe('converged');
    expect(Math.abs(kept.objective - fresh.objective)).toBeLessThan(1e-9 * 400);
    kept.parameters.gateWeights.forEach((w, at) => expect(w).toBeCloseTo(fresh.parameters.gateWeights[at], 4));
  });
});

test('frozen experts keep their lines while gate and sigma move', () => {
  const problem = mixtureProblem({ n: 200, d: 2, k: 2, seed: 3 });
  const { iterations, outcome } = run(problem, { expertStep: frozen });
  expectNoFall(iterations);
  expect(outcome.parameters.expertWeights).toEqual(iterations[0].parameters.expertWeights);
  expect(outcome.parameters.sigmas).not.toEqual(iterations[0].parameters.sigmas);
});

test('events keep their parameters: nothing writes to them later', () => {
  const fit = em(
    mixtureProblem({ n: 100, d: 2, k: 2, seed: 3 }),
    randomStart(mixtureProblem({ n: 100, d: 2, k: 2, seed: 3 }), random(1)),
    plan,
  );
  const first = fit.next().value as Iteration;
  const copy = copyParameters(first.parameters);
  for (let step = 0; step < 10; step++) fit.next();
  expect(first.parameters).toEqual(copy);
});

describe('a start ends by name', () => {
  const problem = mixtureProblem({ n: 200, d: 2, k: 2, seed: 3 });

  test('converged, when several gains in a row are small', () => {
    const { iterations, outcome } = run(problem, { maxIterations: 2000 });
    expect(outcome.termination).toBe('converged');
    expect(outcome.parameters).toBe(iterations.at(-1)?.parameters);
    const gains = iterations
      .slice(-3)
      .map(({ objective }, at, last) => (at === 0 ? 0 : objective - last[at - 1].objective));
    for (const gain of gains) expect(gain).toBeLessThan(1e-7 * 200);
  });

  test('at the iteration limit, after that many M-steps', () => {
    const { iterations, outcome } = run(problem, { maxIterations: 4 });
    expect(outcome.termination).toBe('iteration-limit');
    expect(iterations.map(({ iteration }) => iteration)).toEqual([0, 1, 2, 3, 4]);
    expect(outcome.iterations).toBe(4);
  });

  test('on the sigma floor, when an expert comes to fit a few rows exactly', () => {
    // Half the rows have one target value: an expert of its own, with sigma running to 0.
    const y = problem.train.y.map((value, r) => (problem.train.x[2 * r] > 0 ? 3 : value));
    const { outcome } = run({ ...problem, train: { ...problem.train, y } }, { maxIterations: 1000 });
    expect(outcome.termination).toBe('sigma-floor');
    expect(Math.min(...outcome.parameters.sigmas)).toBe(problem.sigmaFloor);
  });

  test('with an emptied expert, when the gate gives it no rows', () => {
    const start = randomStart(problem, random(1));
    start.gateIntercepts[0] = -2000;
    const fit = em(problem, start, plan);
    fit.next();
    const step = fit.next();
    expect(step.done && step.value.termination).toBe('expert-emptied');
  });

  test('with coinciding experts, when two say the same', () => {
    const start = randomStart(problem, random(1));
    start.gateWeights.fill(0);
    const fit = em(problem, start, plan);
    let step = fit.next();
    while (!step.done) step = fit.next();
    expect(step.value.termination).toBe('experts-coincide');
  });

  test('by numerical failure, with the start itself, when the start has no likelihood', () => {
    const start = randomStart(problem, random(1));
    start.expertIntercepts[0] = Number.NaN;
    const step = em(problem, start, plan).next();
    expect(step.done && step.value.termination).toBe('numerical-failure');
  });
});

test('columns that repeat each other are held together by a ridge, said once, and the fit stays monotone', () => {
  const problem = mixtureProblem({ n: 200, d: 2, k: 2, seed: 3 });
  const d = 4;
  // The second pair of columns: the first column again, and a constant.
  const x = Float64Array.from(
    { length: 200 * d },
    (_, at) =>
      [
        ...problem.train.x.subarray(2 * Math.floor(at / d), 2 * Math.floor(at / d) + 2),
        problem.train.x[2 * Math.floor(at / d)],
        7,
      ][at % d],
  );
  const wide: ProblemInMemory = {
    ...problem,
    d,
    train: { ...problem.train, x },
    expertColumns: new Uint8Array(d).fill(1),
    gateColumns: Uint8Array.of(1, 1, 0, 0),
    gateScale: new Float64Array(d).fill(1),
  };
  const narrow = run(problem, { maxIterations: 30 });
  const { iterations, notes, outcome } = run(wide, { maxIterations: 30 });
  expectNoFall(iterations);
  expect(notes).toHaveLength(1);
  expect(outcome.parameters.expertWeights[3]).toBe(0);
  expect(outcome.parameters.expertWeights[2]).toBeCloseTo(outcome.parameters.expertWeights[0], 6);
  expect(narrow.notes).toHaveLength(0);
});

test('a gate with too many numbers for Newton is fitted by L-BFGS, monotone as well', () => {
  const k = 16;
  const d = 100;
  const stream = random(1);
  const n = 1700;
  const x = Float64Array.from({ length: n * d }, () => stream.normal());
  const y = Float64Array.from({ length: n }, (_, r) => Math.abs(x[r * d]) + 0.1 * stream.normal());
  const base = mixtureProblem({ n: 10, d, k, seed: 1 }, { noise: { kind: 'shared' } });
  const { iterations } = run({ ...base, train: { n, x, y, weights: null } }, { maxIterations: 2 });
  expectNoFall(iterations);
  expect(iterations[2].objective).toBeGreaterThan(iterations[1].objective + 10);
});
