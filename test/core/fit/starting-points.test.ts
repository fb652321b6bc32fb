import { describe, expect, test } from 'vitest';
import { jointEm } from '../../../core/fit/joint-em';
import { gradientEm } from '../../../core/fit/gradient-em';
import type { FitEvent, Outcome } from '../../../core/fit/method';
import { sgdNll } from '../../../core/fit/sgd-nll';
import { spectralEm } from '../../../core/fit/spectral-em';
import { kMeans } from '../../../core/fit/starting-points/clusters';
import { completeSettings } from '../../../core/fit/settings';
import { objective } from '../../../core/model/likelihood';
import type { ProblemInMemory } from '../../../core/model/problem';
import { random } from '../../../core/random';
import { problemOf } from '../../bench/problems';
import { mixtureProblem, randomParameters } from './mixtures';

type Iteration = Extract<FitEvent, { type: 'iteration' }>;

function settingsOf(method: typeof jointEm, start: string, given = {}) {
  const settings = completeSettings(method, { options: { start }, ...given });
  if (!settings.ok) throw new Error(settings.error.message);
  return settings.value;
}

function run(problem: ProblemInMemory, start: string, method = jointEm, seed = 1) {
  const settings = settingsOf(method, start);
  const fit = method.fit(problem, settings, method.starts(problem, settings)[0], random(seed));
  const iterations: Iteration[] = [];
  const stages: string[] = [];
  let step = fit.next();
  for (; !step.done; step = fit.next()) {
    if (step.value.type === 'iteration') iterations.push(step.value);
    if (step.value.type === 'stage') stages.push(step.value.label);
  }
  return { iterations, stages, outcome: step.value as Outcome };
}

const base = mixtureProblem({ n: 300, d: 3, k: 2, seed: 4, weighted: true });
const initial = randomParameters(2, 3, random(8));

const variants: [string, ProblemInMemory][] = [
  ['a mixture', { ...base, initial }],
  ['a constant gate', { ...base, initial, gateColumns: new Uint8Array(3) }],
  ['no intercepts', { ...base, initial, intercept: false }],
  ['a constant gate and no intercepts', { ...base, initial, intercept: false, gateColumns: new Uint8Array(3) }],
  ['one sigma for all', { ...base, initial, noise: { kind: 'shared' } }],
  ['a given sigma', { ...base, initial, noise: { kind: 'fixed', sigma: 0.5 } }],
  ['ReLU experts', { ...base, initial, activation: { id: 'relu' } }],
];

describe.each(variants)('on %s', (_name, problem) => {
  test.each(['random', 'random-parameters', 'k-means', 'spectral', 'l4', 'given'])(
    'EM from %s numbers its iterations on and never falls',
    (start) => {
      const { iterations, stages, outcome } = run(problem, start);
      expect(iterations.map(({ iteration }) => iteration)).toEqual(iterations.map((_, t) => t));
      const em = iterations.filter(({ stage }) => stage === 'em');
      expect(em.length).toBeGreaterThan(1);
      for (let t = 1; t < em.length; t++)
        expect(em[t].objective).toBeGreaterThanOrEqual(em[t - 1].objective - 1e-12 * Math.abs(em[t].objective));
      expect(stages.at(-1)).toMatch(/^EM from /);
      expect(outcome.parameters.expertWeights.every(Number.isFinite)).toBe(true);
    },
  );
});

test('starts that are drawn differ, and there are as many as asked for; of the others there is one', () => {
  const labels = (start: string) =>
    jointEm.starts(base, settingsOf(jointEm, start, { restarts: 3 })).map((s) => s.label);
  expect(labels('random')).toEqual(['random 1', 'random 2', 'random 3']);
  expect(labels('k-means')).toEqual(['k-means 1', 'k-means 2', 'k-means 3']);
  expect(labels('spectral')).toEqual(['spectral']);
  expect(labels('given')).toEqual(['given model']);
});

test('EM from given parameters begins there', () => {
  const problem = { ...base, initial };
  const [first] = run(problem, 'given').iterations;
  expect(first.objective).toBe(objective(problem, initial));
});

test('of the sigmas of a given model one for all keeps the root mean square, and a given one stands', () => {
  const model = { ...initial, sigmas: Float64Array.of(0.3, 0.4) };
  const sigmasOf = (noise: ProblemInMemory['noise']) =>
    run({ ...base, initial: model, noise }, 'given').iterations[0].parameters.sigmas;
  for (const sigma of sigmasOf({ kind: 'shared' })) expect(sigma).toBeCloseTo(0.25 * Math.SQRT2, 12);
  expect([...sigmasOf({ kind: 'fixed', sigma: 0.7 })]).toEqual([0.7, 0.7]);
  expect([...sigmasOf({ kind: 'per-expert' })]).toEqual([0.3, 0.4]);
});

test('of a given model only what the fit estimates is taken', () => {
  const gateColumns = Uint8Array.of(1, 0, 1);
  const problem = { ...base, initial, intercept: false, gateColumns, expertColumns: Uint8Array.of(0, 1, 1) };
  const [{ parameters }] = run(problem, 'given').iterations;
  expect([...parameters.expertIntercepts, ...parameters.gateIntercepts].every((value) => value === 0)).toBe(true);
  for (let i = 0; i < 2; i++) {
    expect(parameters.expertWeights[3 * i]).toBe(0);
    expect(parameters.expertWeights[3 * i + 1]).toBe(initial.expertWeights[3 * i + 1]);
    expect(parameters.gateWeights[3 * i + 1]).toBe(0);
  }
});

test('to start from a model that was not given is refused, in one sentence', () => {
  const refusal = jointEm.refusal(base, settingsOf(jointEm, 'given'));
  expect(refusal?.code).toBe('fit/no-initial');
  expect(refusal?.message).toMatch(/^[^.]+\.$/);
});

test('a start that does not apply is refused as its method refuses it', () => {
  const wide = mixtureProblem({ n: 200, d: 2, k: 3, seed: 1 });
  expect(gradientEm.refusal(wide, settingsOf(gradientEm, 'spectral'))?.code).toBe('fit/more-experts-than-features');
  expect(gradientEm.refusal(wide, settingsOf(gradientEm, 'random'))).toBeNull();
});

test('EM from the spectral start is spectral EM with its polish', () => {
  const settings = completeSettings(spectralEm, {});
  if (!settings.ok) throw new Error(settings.error.message);
  const fit = spectralEm.fit(base, settings.value, spectralEm.starts(base, settings.value)[0], random(1));
  let step = fit.next();
  while (!step.done) step = fit.next();
  const { outcome } = run(base, 'spectral');
  expect(outcome.objective).toBe((step.value as Outcome).objective);
  expect(outcome.iterations).toBe((step.value as Outcome).iterations);
});

describe('k-means', () => {
  /** Three heaps, ten standard deviations apart, of 40 rows each. */
  const stream = random(3);
  const heap = (row: number) => Math.floor(row / 40);
  const x = Float64Array.from(
    { length: 240 },
    (_, at) => 10 * (heap(Math.floor(at / 2)) === at % 2 ? 1 : 0) + stream.normal(),
  );
  const y = Float64Array.from({ length: 120 }, (_, row) => (heap(row) === 2 ? 5 : 0) + 0.1 * stream.normal());
  const problem = problemOf({ n: 120, x, y, weights: null }, 2, 3);

  test('finds heaps that lie far apart', () => {
    const { labels } = kMeans(problem, random(1));
    expect(new Set(labels).size).toBe(3);
    labels.forEach((label, row) => expect(label).toBe(labels[40 * heap(row)]));
  });

  test('counts a row of weight 2 twice and leaves out one of weight 0', () => {
    const weights = Float64Array.from({ length: 120 }, (_, row) => row % 3);
    const rows = Array.from({ length: 120 }, (_, row) => Array<number>(row % 3).fill(row)).flat();
    const spelledOut = {
      n: rows.length,
      x: Float64Array.from(rows.flatMap((row) => [x[2 * row], x[2 * row + 1]])),
      y: Float64Array.from(rows, (row) => y[row]),
      weights: null,
    };
    const weighted = kMeans({ ...problem, train: { ...problem.train, weights } }, random(2));
    const spelled = kMeans({ ...problem, train: spelledOut }, random(2));
    expect(weighted.inertia).toBeCloseTo(spelled.inertia, 9);
    rows.forEach((row, at) => expect(spelled.labels[at]).toBe(weighted.labels[row]));
  });

  test('starts EM with an expert for each heap', () => {
    const { iterations } = run({ ...problem, gateRidge: 0.01 }, 'k-means');
    const { parameters } = iterations[0];
    const means = Array.from({ length: 3 }, (_, i) => {
      const rows = Array.from({ length: 120 }, (_, row) => row).filter((row) => heap(row) === i);
      return rows.reduce((sum, row) => sum + y[row], 0) / rows.length;
    });
    for (const [i, mean] of means.entries()) {
      const centre = [i === 0 ? 10 : 0, i === 1 ? 10 : 0];
      const score = (weights: Float64Array, intercepts: Float64Array, e: number) =>
        intercepts[e] + weights[2 * e] * centre[0] + weights[2 * e + 1] * centre[1];
      const gates = [0, 1, 2].map((e) => score(parameters.gateWeights, parameters.gateIntercepts, e));
      const chosen = gates.indexOf(Math.max(...gates));
      expect(score(parameters.expertWeights, parameters.expertIntercepts, chosen)).toBeCloseTo(mean, 0);
    }
  });
});

test('options of a baseline that a method of moments has too, by name, stay the baseline’s own', () => {
  const settings = (batch: number) => {
    const complete = completeSettings(sgdNll, { options: { start: 'l4', batch, steps: 1 } });
    if (!complete.ok) throw new Error(complete.error.message);
    return complete.value;
  };
  // More rows than a mini-batch of L4 may have.
  expect(sgdNll.refusal(base, settings(1e9))).toBeNull();
  const first = (batch: number) => {
    const fit = sgdNll.fit(base, settings(batch), sgdNll.starts(base, settings(batch))[0], random(1));
    for (let step = fit.next(); !step.done; step = fit.next())
      if (step.value.type === 'iteration' && step.value.stage === 'sgd-nll') return step.value.parameters;
    throw new Error('no descent');
  };
  expect(first(1e9)).toEqual(first(64));
});
