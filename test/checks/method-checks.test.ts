import { describe, expect, test } from 'vitest';
import { methods } from '../../core/fit';
import type { Method } from '../../core/fit/method';
import type { StartResult } from '../../core/fit/run';
import { neverCancelled } from '../../core/kernels/pass';
import { logLikelihood } from '../../core/model/likelihood';
import { orderExperts, permuteExperts } from '../../core/model/order';
import { summarise } from '../../core/model/predict';
import type { Parameters } from '../../core/model/spec';
import { permutation, random } from '../../core/random';
import { mixtureProblem, standardised } from '../core/fit/mixtures';
import { attempt, distance, fit, pick, predictions, race, settingsOf, withColumns } from './fitting';

/** What every registered method must do, whatever it is. A method that cannot is named here, with the reason, and must fail. */
const exceptions: Record<string, Partial<Record<string, string>>> = {
  'gradient-em': {
    'with one expert is least squares':
      'it comes nearer with every step and stops where a step gains less than the tolerance',
  },
  'sgd-nll': { 'with one expert is least squares': 'it ends when its steps are up, near least squares' },
  'sgd-l2': { 'with one expert is least squares': 'it ends when its steps are up, near least squares' },
};

const base = standardised(mixtureProblem({ n: 480, d: 4, k: 2, seed: 11 }));
const weighted = standardised(mixtureProblem({ n: 480, d: 4, k: 2, seed: 12, weighted: true }));
/** Differences that a stop at a gain of 1e-7 a row may leave in predictions of size 1. */
const CLOSE = 1e-2;
/** The same where both fits take the same steps and differ in rounding. */
const ROUNDING = 1e-6;

const made = new Map<string, Promise<StartResult>>();

/** The fit of `base` that most checks look at, made once for each method. */
function baseFit(method: Method): Promise<StartResult> {
  const result = made.get(method.id) ?? fit(method, base);
  made.set(method.id, result);
  return result;
}

const checks: Record<string, (method: Method) => Promise<void>> = {
  'fits with its defaults, soundly': async (method) => {
    const result = await fit(method, base, { options: {} });
    expect(['converged', 'iteration-limit']).toContain(result.termination);
    const { expertWeights, expertIntercepts, sigmas, gateWeights, gateIntercepts } = result.parameters;
    for (const part of [expertWeights, expertIntercepts, sigmas, gateWeights, gateIntercepts])
      expect(part.every(Number.isFinite)).toBe(true);
    expect(result.iterations).toBeGreaterThanOrEqual(0);
    expect(result.trace.length).toBeGreaterThan(0);
  },

  'writes neither to the rows nor to the settings': async (method) => {
    const settings = settingsOf(method);
    const before = structuredClone({ weighted, settings });
    await race(method, weighted, settings);
    expect({ weighted, settings }).toEqual(before);
  },

  'fits the same bits again': async (method) => {
    expect(await fit(method, base)).toEqual(await baseFit(method));
  },

  'gives back its problem and result across a process border unchanged': async (method) => {
    const result = await fit(method, structuredClone(base));
    expect(structuredClone(result)).toEqual(await baseFit(method));
  },

  'does not care about the order of the rows': async (method) => {
    const shuffled = pick(base.train, permutation(base.train.n, random(3)));
    const { parameters: one } = await baseFit(method);
    const { parameters: other } = await fit(method, { ...base, train: shuffled });
    expect(distance(predictions(base.train, one), predictions(base.train, other))).toBeLessThan(CLOSE);
  },

  'counts a row of weight 2 twice and leaves out one of weight 0': async (method) => {
    const order = Array.from(weighted.train.weights ?? [], (w, r) => Array<number>(w).fill(r)).flat();
    const spelledOut = { ...pick(weighted.train, order), weights: null };
    const one = await fit(method, weighted);
    const other = await fit(method, { ...weighted, train: spelledOut });
    expect(other.objective).toBeCloseTo(one.objective, 3);
    const at = weighted.train;
    expect(distance(predictions(at, one.parameters), predictions(at, other.parameters))).toBeLessThan(CLOSE);
  },

  'refuses rows that are not numbers, by code': async (method) => {
    for (const bad of [NaN, Infinity]) {
      const inFeature = { ...base.train, x: base.train.x.with(7, bad) };
      const inTarget = { ...base.train, y: base.train.y.with(7, bad) };
      for (const train of [inFeature, inTarget]) {
        const ended = await attempt(method, { ...base, train });
        expect(!ended.ok && ended.error.code).toBe('fit/not-finite');
      }
    }
  },

  'refuses no rows, one row, and more experts than rows, by code and in one sentence': async (method) => {
    const codes: string[] = [];
    for (const n of [0, 1, 5]) {
      const ended = await attempt(method, {
        ...base,
        train: pick(
          base.train,
          Array.from({ length: n }, (_, r) => r),
        ),
      });
      if (ended.ok) throw new Error(`${n} rows were fitted`);
      expect(ended.error.message).toMatch(/^[^.]+\.$/);
      codes.push(ended.error.code);
    }
    expect(codes).toEqual(['fit/no-rows', 'fit/too-few-rows', 'fit/too-few-rows']);
  },

  'refuses a constant target, by code': async (method) => {
    const train = { ...base.train, y: new Float64Array(base.train.n).fill(4.2) };
    const ended = await attempt(method, { ...base, train, sigmaFloor: 0 });
    expect(!ended.ok && ended.error.code).toBe('fit/constant-target');
  },

  'fits one feature, or says why not': async (method) => {
    const narrow = withColumns(base, 1, (row) => row[0]);
    const ended = await attempt(method, narrow);
    if (ended.ok) expect(ended.value.results[ended.value.best].parameters.d).toBe(1);
    else expect(ended.error.message).toMatch(/^[^.]+\.$/);
  },

  'with one expert is least squares': async (method) => {
    const { parameters } = await fit(method, { ...weighted, k: 1 });
    const line = (await fit(methods[0], { ...weighted, k: 1 })).parameters;
    expect(distance(predictions(weighted.train, parameters), predictions(weighted.train, line))).toBeLessThan(1e-8);
    expect(parameters.sigmas[0]).toBeCloseTo(line.sigmas[0], 8);
  },

  'predicts a subset as part of the whole': async (method) => {
    const { parameters } = await baseFit(method);
    const rows = [400, 3, 77, 78];
    const whole = predictions(base.train, parameters);
    expect([...predictions(pick(base.train, rows), parameters)]).toEqual(rows.map((r) => whole[r]));
  },

  'means the same whatever the order of its experts and the shift of its gates': async (method) => {
    const { parameters } = await baseFit(method);
    const backwards = permuteExperts(
      parameters,
      Array.from({ length: parameters.k }, (_, i) => parameters.k - 1 - i),
    );
    const shifted = { ...backwards, gateIntercepts: backwards.gateIntercepts.map((c) => c + 2) };
    const value = (at: Parameters) => logLikelihood(base.train, at, { id: 'linear' }, neverCancelled());
    expect(value(shifted)).toBeCloseTo(value(parameters), 8);
    expect(distance(predictions(base.train, shifted), predictions(base.train, parameters))).toBeLessThan(1e-10);
  },

  'orders its experts by share and refers gates to the last': async (method) => {
    const { parameters } = await baseFit(method);
    const { shares } = summarise(base.train, parameters, { id: 'linear' }, neverCancelled());
    expect([...shares]).toEqual([...shares].sort((a, b) => b - a));
    expect(parameters.gateWeights.slice(-base.d).every((w) => w === 0)).toBe(true);
  },

  'follows a change of the target’s unit': async (method) => {
    const y = base.train.y.map((value) => 30 - 5 * value);
    const changed = { ...base, train: { ...base.train, y }, sigmaFloor: 5 * base.sigmaFloor };
    const { parameters: one } = await baseFit(method);
    const { parameters: other } = await fit(method, changed);
    const expected = predictions(base.train, one).map((value) => 30 - 5 * value);
    expect(distance(predictions(base.train, other), expected)).toBeLessThan(5 * CLOSE);
  },

  'follows a change of the features’ units': async (method) => {
    const scale = [0.01, 3, -200, 1];
    const moved = withColumns(base, base.d, (row, j) => 10 * j + scale[j] * row[j]);
    const changed = { ...moved, gateScale: Float64Array.from(scale, Math.abs) };
    const [one, other] = [await baseFit(method), await fit(method, changed)];
    const away = distance(predictions(base.train, one.parameters), predictions(changed.train, other.parameters));
    expect(away).toBeLessThan(CLOSE);
  },

  'bears a constant and a repeated column': async (method) => {
    const wide = withColumns(base, base.d + 2, (row, j) => (j < base.d ? row[j] : j === base.d ? 1 : row[0]));
    const ended = await attempt(method, wide);
    if (!ended.ok) throw new Error(ended.error.message);
    const { parameters, termination } = ended.value.results[ended.value.best];
    expect(['converged', 'iteration-limit']).toContain(termination);
    expect(predictions(wide.train, parameters).every(Number.isFinite)).toBe(true);
    expect(Math.max(...parameters.expertWeights.map(Math.abs))).toBeLessThan(1e3);
  },

  'cancelled at an iteration, keeps that iteration': async (method) => {
    const settings = settingsOf(method);
    const [start] = method.starts(base, settings);
    const told: Parameters[] = [];
    const free = method.fit(base, settings, start, random(5, start.stream));
    for (let step = free.next(); !step.done; step = free.next())
      if (step.value.type === 'iteration') told.push(step.value.parameters);
    for (const t of [0, Math.floor(told.length / 2), told.length - 1]) {
      const cancelled = { ...base, cancel: new Int32Array(1) };
      let seen = 0;
      const ended = await race(method, cancelled, settings, {
        onNews: (_start, { points }) => {
          if (points.length > 0 && seen++ === t) cancelled.cancel[0] = 1;
        },
      });
      if (!ended.ok) throw new Error(ended.error.message);
      const [kept] = ended.value.results;
      const { shares } = summarise(base.train, told[t], { id: 'linear' }, neverCancelled());
      expect(kept.termination).toBe('cancelled');
      expect(kept.parameters).toEqual(orderExperts(told[t], shares));
    }
  },

  'has no intercepts where there are none': async (method) => {
    const { parameters } = await fit(method, { ...base, intercept: false });
    const intercepts = [...parameters.expertIntercepts, ...parameters.gateIntercepts];
    expect(intercepts.every((value) => value === 0)).toBe(true);
  },

  'with a constant gate has the same proportions in every row, with intercepts or without': async (method) => {
    for (const intercept of [true, false]) {
      const gateColumns = new Uint8Array(base.d);
      const { parameters, termination } = await fit(method, { ...base, intercept, gateColumns });
      expect(['converged', 'iteration-limit']).toContain(termination);
      expect(parameters.gateWeights.every((weight) => weight === 0)).toBe(true);
      expect(parameters.gateIntercepts.every(Number.isFinite)).toBe(true);
      if (parameters.k > 1) expect(parameters.gateIntercepts[0]).not.toBe(0);
      if (!intercept) expect(parameters.expertIntercepts.every((value) => value === 0)).toBe(true);
    }
  },

  'ends no lower than it began': async (method) => {
    const { trace, objective } = await baseFit(method);
    expect(objective).toBeGreaterThanOrEqual((trace[0].objective ?? -Infinity) - ROUNDING);
    expect(objective).toBeCloseTo(trace.at(-1)?.objective ?? NaN, 8);
  },
};

describe.each(methods.map((method) => [method.id, method] as const))('%s', (id, method) => {
  for (const [name, check] of Object.entries(checks)) {
    const reason = exceptions[id]?.[name];
    if (reason === undefined) test(name, () => check(method));
    else test.fails(`not: ${name} (${reason})`, () => check(method));
  }
});
