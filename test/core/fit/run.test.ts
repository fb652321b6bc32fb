import { expect, test } from 'vitest';
import { jointEm } from '../../../core/fit/joint-em';
import type { Fit, Method } from '../../../core/fit/method';
import { runStart, type RunHooks, type RunNews, type StartResult } from '../../../core/fit/run';
import { isMeasured } from '../../../core/fit/trace';
import { neverCancelled } from '../../../core/kernels/pass';
import { logLikelihood } from '../../../core/model/likelihood';
import { summarise } from '../../../core/model/predict';
import type { ProblemInMemory } from '../../../core/model/problem';
import { defaultSettings, mixtureProblem } from './mixtures';

const start = { label: 'random 1', method: 'joint-em', stream: 0 };
const whole = mixtureProblem({ n: 300, d: 2, k: 2, seed: 3 });
const part = (from: number, to: number) => ({
  n: to - from,
  x: whole.train.x.slice(2 * from, 2 * to),
  y: whole.train.y.slice(from, to),
  weights: null,
});
const problem: ProblemInMemory = {
  ...whole,
  train: part(0, 220),
  test: part(220, 300),
  output: { offset: 10, scale: 4 },
};

function run(
  given: Partial<RunHooks> = {},
  method: Method = jointEm,
  on: ProblemInMemory = problem,
  settings = defaultSettings,
) {
  const fresh = { ...on, cancel: new Int32Array(1) };
  const news: RunNews[] = [];
  const hooks: RunHooks = { now: () => 0, timeLimit: null, onEvent: (event) => void news.push(event), ...given };
  return { result: runStart(fresh, method, settings, start, 1, hooks), news, problem: fresh };
}

function valueOf(result: ReturnType<typeof runStart>): StartResult {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

test('figures are those of the target in original units, at the reported parameters', () => {
  const { result } = run();
  const { parameters, logLikelihood: reported, trace, objective } = valueOf(result);
  const { train, test: held } = problem;
  const inFitUnits = logLikelihood(train, parameters, { id: 'linear' }, neverCancelled()) / train.n;
  expect(reported).toBeCloseTo(inFitUnits - Math.log(4), 10);
  expect(objective / train.n).toBeLessThan(reported);
  const last = trace[trace.length - 1];
  expect(last.logLikelihood).toBeCloseTo(reported, 10);
  expect(last.trainRmse).toBeCloseTo(4 * summarise(train, parameters, { id: 'linear' }, neverCancelled()).rmse, 10);
  expect(held && last.testRmse).toBeCloseTo(
    4 * summarise(held ?? train, parameters, { id: 'linear' }, neverCancelled()).rmse,
    10,
  );
});

test('every iteration is traced and told as it comes, held-out errors on a schedule of iterations alone', () => {
  const { result, news } = run();
  const { trace, stages } = valueOf(result);
  expect(trace.map(({ iteration }) => iteration)).toEqual(trace.map((_, t) => t));
  expect(news.filter(({ type }) => type === 'point')).toHaveLength(trace.length);
  // How far the responsibilities moved: nothing to compare with at first, a little less at every iteration in the end.
  expect(trace[0].kl).toBeNull();
  for (const { kl } of trace.slice(1)) expect(kl).toBeGreaterThan(0);
  expect(trace.at(-1)?.kl).toBeLessThan(1e-6);
  expect(stages).toEqual([{ iteration: 0, seconds: 0, stage: 'em', label: 'EM from a random split of the rows' }]);
  trace.slice(0, -1).forEach(({ iteration, testRmse }) => expect(testRmse !== null).toBe(isMeasured(iteration)));
  expect(trace.at(-1)?.testRmse).not.toBeNull();
  expect(isMeasured(20) && !isMeasured(200) && !isMeasured(201)).toBe(true);
});

test.each([0, 1, 7])('cancelling at iteration %i is stopping at that iteration', (t) => {
  const limited = valueOf(run({}, jointEm, problem, { ...defaultSettings, maxIterations: Math.max(1, t) }).result);
  const cancelled = { ...problem, cancel: new Int32Array(1) };
  const onEvent = (event: RunNews) => {
    if (event.type === 'point' && event.point.iteration === t) cancelled.cancel[0] = 1;
  };
  const kept = valueOf(
    runStart(cancelled, jointEm, defaultSettings, start, 1, { now: () => 0, timeLimit: null, onEvent }),
  );
  expect(kept.termination).toBe('cancelled');
  expect(kept.iterations).toBe(t);
  if (t > 0) expect({ ...kept, termination: 'iteration-limit' }).toEqual(limited);
});

/** The method, with something done when the driver asks for what follows an iteration. */
const disturbed = (iteration: number, disturb: (flag: Int32Array) => void): Method => ({
  ...jointEm,
  fit: function* (on, ...rest): Fit {
    const fit = jointEm.fit(on, ...rest);
    for (let step = fit.next(); ; step = fit.next()) {
      if (step.done) return step.value;
      yield step.value;
      if (step.value.type === 'iteration' && step.value.iteration === iteration) disturb(on.cancel);
    }
  },
});

test('a cancel inside a pass keeps the parameters of the last iteration', () => {
  const raise = (flag: Int32Array) => void (flag[0] = 1);
  const kept = valueOf(run({}, disturbed(3, raise)).result);
  const limited = valueOf(run({}, jointEm, problem, { ...defaultSettings, maxIterations: 3 }).result);
  expect(kept).toEqual({ ...limited, termination: 'cancelled' });
});

test('a breakdown of the arithmetic keeps the parameters so far; a mistake in our code is not hidden', () => {
  const breakDown = () => {
    throw new RangeError('matrix is singular');
  };
  const kept = valueOf(run({}, disturbed(2, breakDown)).result);
  expect(kept).toMatchObject({ termination: 'numerical-failure', iterations: 2 });
  const mistake = () => {
    throw new TypeError('undefined is not a function');
  };
  expect(() => run({}, disturbed(2, mistake))).toThrow(TypeError);
});

test('a cancel before the first iteration, and a breakdown there, are errors by code', () => {
  const cancelled = { ...problem, cancel: Int32Array.of(1) };
  const hooks = { now: () => 0, timeLimit: null, onEvent: () => undefined };
  const early = runStart(cancelled, jointEm, defaultSettings, start, 1, hooks);
  expect(!early.ok && early.error.code).toBe('fit/cancelled');
  const broken: Method = {
    ...jointEm,
    // eslint-disable-next-line require-yield -- a fit that fails before its first event is what is tested
    fit: function* (): Fit {
      throw new RangeError('no eigenvalues');
    },
  };
  const { result } = run({}, broken);
  expect(!result.ok && result.error.code).toBe('fit/numerical-failure');
});

test('the time limit ends a start after the iteration that passed it', () => {
  let clock = 0;
  const { result } = run({ now: () => clock++, timeLimit: 12 });
  const { termination, iterations, trace } = valueOf(result);
  expect(termination).toBe('time-limit');
  expect(trace).toHaveLength(iterations + 1);
  expect(trace.at(-1)?.testRmse).not.toBeNull();
});

test('inputs far from standard give the fit of the standardised ones, in their own coordinates', () => {
  const moved = (rows: typeof problem.train) => ({ ...rows, x: rows.x.map((value) => 1e5 + 1e-2 * value) });
  const raw: ProblemInMemory = {
    ...problem,
    train: moved(problem.train),
    test: problem.test && moved(problem.test),
    gateScale: new Float64Array(2).fill(1e-2),
  };
  const [near, far] = [valueOf(run().result), valueOf(run({}, jointEm, raw).result)];
  expect(far.objective).toBeCloseTo(near.objective, 5);
  const [nearRmse, farRmse] = [near, far].map(({ trace }) => trace.at(-1)?.testRmse ?? NaN);
  expect(farRmse).toBeCloseTo(nearRmse, 6);
  near.parameters.expertWeights.forEach((w, at) => expect(1e-2 * far.parameters.expertWeights[at]).toBeCloseTo(w, 5));
});
