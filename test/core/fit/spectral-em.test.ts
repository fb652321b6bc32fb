import { describe, expect, test } from 'vitest';
import type { SimulationSettings } from '../../../core/data/synthetic';
import type { FitEvent, Outcome, Settings } from '../../../core/fit/method';
import { cautiousSigma } from '../../../core/fit/directions/nearest-expert';
import { completeSettings } from '../../../core/fit/settings';
import { spectralEm } from '../../../core/fit/spectral-em';
import { Cancelled } from '../../../core/kernels/pass';
import { recovery } from '../../../core/model/match';
import { predict } from '../../../core/model/predict';
import type { MemoryRows, ProblemInMemory } from '../../../core/model/problem';
import type { ActivationId, Parameters } from '../../../core/model/spec';
import { random } from '../../../core/random';
import { problemOf, simulatedProblem } from '../../bench/problems';

type Given = Partial<Omit<Settings, 'options'>> & { options?: Record<string, string | number> };

function settingsOf(given: Given): Settings {
  const settings = completeSettings(spectralEm, given);
  if (!settings.ok) throw new Error(settings.error.message);
  return settings.value;
}

function fitted(problem: ProblemInMemory, given: Given): { events: FitEvent[]; outcome: Outcome } {
  const settings = settingsOf(given);
  expect(spectralEm.refusal(problem, settings)).toBeNull();
  const fit = spectralEm.fit(problem, settings, spectralEm.starts(problem, settings)[0], random(0));
  const events: FitEvent[] = [];
  for (let step = fit.next(); ; step = fit.next()) {
    if (step.done) return { events, outcome: step.value };
    events.push(step.value);
  }
}

const stagesOf = (events: readonly FitEvent[]) =>
  events.flatMap((event) => (event.type === 'stage' ? [event.stage] : []));
const checksOf = (events: readonly FitEvent[]) =>
  events.flatMap((event) => (event.type === 'check' ? [event.check] : []));
const iterationsOf = (events: readonly FitEvent[]) =>
  events.flatMap((event) => (event.type === 'iteration' ? [event] : []));
const notesOf = (events: readonly FitEvent[]) =>
  events.flatMap((event) => (event.type === 'note' ? [event.sentence] : []));

/** Two regimes with slopes, intercepts and noise of their own, correlated inputs off the origin. */
function regimes(n: number, seed: number): MemoryRows {
  const stream = random(seed);
  const x = new Float64Array(n * 3);
  const y = new Float64Array(n);
  for (let r = 0; r < n; r++) {
    const z = [stream.normal(), stream.normal(), stream.normal()];
    x.set([2 + z[0], z[1] + 0.5 * z[0], 3 * z[2]], 3 * r);
    const first = stream.uniform() < 1 / (1 + Math.exp(-2 * z[2]));
    y[r] = first ? 4 + 2 * z[0] + 0.3 * stream.normal() : 1 - z[1] + z[2] + 0.2 * stream.normal();
  }
  return { n, x, y, weights: null };
}

const predictions = (problem: ProblemInMemory, parameters: Parameters) =>
  predict(problem.train, parameters, { id: 'linear' }, problem.cancel).mean;

describe('the published algorithm: no intercepts, no polish', () => {
  const settings = { rows: 2000, features: 10, experts: 2, sigma: 0.1, inputs: 'gaussian', gates: 'random' } as const;

  // Medians over 20 seeds are .991 and .979 with quartiles below .01 away; these are three single seeds.
  test.each([
    ['regression', 0.97],
    ['raw', 0.95],
  ] as const)('%s moments recover regressors and gate of a simulated mixture', (moments, least) => {
    for (const seed of [1, 2, 3]) {
      const { problem, truth } = simulatedProblem({ ...settings, seed });
      const { events, outcome } = fitted(problem, { polish: false, options: { moments } });
      const { regressorFit, gatingFit } = recovery(outcome.parameters, truth);
      expect(regressorFit).toBeGreaterThan(least);
      expect(gatingFit).toBeGreaterThan(0.96);
      expect(outcome.termination).toBe('converged');
      expect(stagesOf(events)).toEqual(['moments', 'gate']);
      expect(checksOf(events).map((check) => check.light)).toEqual(['green', 'green', 'green']);
    }
  });

  test('regressors have unit norm and never move; intercepts are 0', () => {
    const { problem } = simulatedProblem({ ...settings, seed: 4 });
    const { events, outcome } = fitted(problem, { polish: false });
    const first = iterationsOf(events)[0].parameters.expertWeights;
    expect(outcome.parameters.expertWeights).toEqual(first);
    for (const i of [0, 1]) expect(Math.hypot(...first.subarray(10 * i, 10 * i + 10))).toBeCloseTo(1, 12);
    expect(Array.from(outcome.parameters.expertIntercepts)).toEqual([0, 0]);
    expect(Array.from(outcome.parameters.gateIntercepts)).toEqual([0, 0]);
  });

  test('a given sigma is the sigma of the result, and the figures are those of it', () => {
    const { problem } = simulatedProblem({ ...settings, seed: 5 }, { noise: { kind: 'fixed', sigma: 0.25 } });
    const { events, outcome } = fitted(problem, { polish: false });
    expect(Array.from(outcome.parameters.sigmas)).toEqual([0.25, 0.25]);
    const last = iterationsOf(events).at(-1);
    expect(last?.parameters).toEqual(outcome.parameters);
    expect(last?.logLikelihood).toBe(outcome.logLikelihood);
    expect(outcome.termination).toBe('converged');
  });

  test('polished, the regressors are those of maximum likelihood', () => {
    for (const seed of [1, 2, 3]) {
      const { problem, truth } = simulatedProblem({ ...settings, seed });
      const { events, outcome } = fitted(problem, { polish: true });
      expect(recovery(outcome.parameters, truth).regressorFit).toBeGreaterThan(0.999);
      expect(stagesOf(events)).toEqual(['moments', 'calibrate', 'polish']);
      expect(Array.from(outcome.parameters.expertIntercepts)).toEqual([0, 0]);
    }
  });
});

describe('variants of the published algorithm', () => {
  const settings = { rows: 2000, features: 10, experts: 2, sigma: 0.1, inputs: 'gaussian', gates: 'random' } as const;
  type Simulation = Omit<SimulationSettings, 'activation'> & { activation?: ActivationId };
  const recovered = (given: Simulation, options: Record<string, string | number>) => {
    const { problem, truth } = simulatedProblem(given);
    const { events, outcome } = fitted(problem, { polish: false, options });
    expect(outcome.termination).toBe('converged');
    return { ...recovery(outcome.parameters, truth), events };
  };

  // Medians over 10 seeds at 20,000 rows are .998 (sigmoid, tanh), .989 (ReLU) and .996 (leaky ReLU); sigma as in the papers.
  test.each([
    ['sigmoid', 0.05, 0.99],
    ['tanh', 0.1, 0.99],
    ['relu', 0.1, 0.95],
    ['leaky-relu', 0.1, 0.985],
  ] as const)('%s experts are recovered, signs included', (activation, sigma, least) => {
    const { regressorFit, gatingFit, events } = recovered({ ...settings, rows: 20000, sigma, activation, seed: 1 }, {});
    expect(regressorFit).toBeGreaterThan(least);
    expect(gatingFit).toBeGreaterThan(0.98);
    expect(notesOf(events).join()).toContain('need a noise level');
  });

  test.each(['power', 'orth-als'])('the decomposition %s finds the same directions as Jacobi’s', (decomposition) => {
    const given = { ...settings, rows: 8000, experts: 3, seed: 2 };
    const jacobi = recovered(given, { decomposition: 'jacobi' }).regressorFit;
    expect(Math.abs(recovered(given, { decomposition }).regressorFit - jacobi)).toBeLessThan(0.02);
  });

  test.each([0.1, 0.5])(
    'inputs of two clouds, a share of %f in the first, are taken by their score functions',
    (share) => {
      const given = { ...settings, inputs: `gmm:${share}`, seed: 3 };
      const two = recovered(given, { moments: 'gmm', components: 2 });
      expect(two.regressorFit).toBeGreaterThan(0.955);
      expect(notesOf(two.events).join()).toContain('over the whitened inputs, 2 of them');
      // The clouds are two standard deviations apart: BIC does not see them at 2,000 rows, and says so.
      const chosen = recovered(given, { moments: 'gmm' });
      expect(chosen.regressorFit).toBeGreaterThan(0.955);
      expect(notesOf(chosen.events).join()).toContain('look like one normal distribution');
    },
  );

  test.each(['gradient-em', 'moments'])('the gate by %s comes near the gate by EM', (gating) => {
    const em = recovered({ ...settings, seed: 4 }, {});
    const other = recovered({ ...settings, seed: 4 }, { gating });
    expect(other.regressorFit).toBeCloseTo(em.regressorFit, 12);
    expect(other.gatingFit).toBeGreaterThan(gating === 'moments' ? 0.94 : 0.97);
  });

  test.each([
    ['gradient-em', 'none'],
    ['moments', 'none'],
    ['moments', 'least-squares'],
  ])('with intercepts the gate by %s raises the objective at every iteration (base %s)', (gating, base) => {
    const problem = problemOf(regimes(800, 14), 3, 2);
    const { events, outcome } = fitted(problem, { polish: false, options: { gating, base } });
    const objectives = iterationsOf(events).map(({ objective }) => objective);
    objectives.slice(1).forEach((objective, t) => expect(objective).toBeGreaterThanOrEqual(objectives[t] - 1e-9));
    expect(outcome.termination).toBe('converged');
    expect(Math.hypot(...outcome.parameters.gateWeights)).toBeGreaterThan(0.1);
  });

  const variants: readonly Record<string, string>[] = [
    { gating: 'moments' },
    { gating: 'gradient-em' },
    { moments: 'gmm' },
    { decomposition: 'power' },
  ];
  test.each(variants)('a limit of t iterations ends where a cancel at iteration t does (%o)', (options) => {
    const problem = problemOf(regimes(300, 12), 3, 2);
    const all = iterationsOf(fitted(problem, { options }).events);
    for (const limit of [1, 10, 31, 40].filter((t) => t < all.length - 1)) {
      const { outcome } = fitted(problem, { options, maxIterations: limit });
      expect(outcome.iterations).toBe(limit);
      expect(outcome.parameters).toEqual(all[limit].parameters);
    }
  });
});

describe('tables: intercepts on', () => {
  test('slopes and intercepts of steep lines over correlated, shifted inputs are found without a polish', () => {
    // Equal norms in the whitened inputs and a symmetric gate: the setting in which the moments are unbiased.
    const n = 8000;
    const stream = random(1);
    const x = new Float64Array(3 * n);
    const y = new Float64Array(n);
    for (let r = 0; r < n; r++) {
      const z = [stream.normal(), stream.normal(), stream.normal()];
      x.set([2 + z[0], z[1] + 0.5 * z[0], 3 * z[2] - 1], 3 * r);
      const first = stream.uniform() < 1 / (1 + Math.exp(-z[0] - z[2]));
      y[r] = 50 + 20 * (first ? z[0] : 0.6 * z[2] - 0.8 * z[1]) + 2 * stream.normal();
    }
    const { outcome } = fitted(problemOf({ n, x, y, weights: null }, 3, 2), { polish: false });
    const { expertWeights: a, expertIntercepts: b } = outcome.parameters;
    const first = a[0] > a[3] ? 0 : 1;
    // 50 + 20 (x1 − 2), and 50 + 12 (x3 + 1)/3 − 16 (x2 − (x1 − 2)/2).
    const wanted = [
      [20, 0, 0],
      [8, -16, 4],
    ];
    // At n = 8000 the angles are right to about 0.07 (regressor fit .998); 0.1 of the slope 20 is allowed.
    [first, 1 - first].forEach((i, which) => {
      wanted[which].forEach((slope, j) => expect(Math.abs(a[3 * i + j] - slope)).toBeLessThan(2));
      const atMean = b[i] + 2 * a[3 * i] - a[3 * i + 2];
      expect(Math.abs(atMean - 50)).toBeLessThan(2);
    });
  });

  test('each stage of the fit raises the objective at every iteration', () => {
    for (const noise of [{ kind: 'per-expert' }, { kind: 'shared' }] as const) {
      const { events } = fitted(problemOf(regimes(600, 2), 3, 3, { noise }), { polish: true });
      let previous = { stage: '', objective: -Infinity };
      for (const event of events) {
        if (event.type === 'stage') previous = { stage: event.stage, objective: -Infinity };
        if (event.type !== 'iteration') continue;
        expect(event.stage).toBe(previous.stage);
        expect(event.objective).toBeGreaterThanOrEqual(previous.objective - 1e-12 * Math.abs(previous.objective));
        previous = event;
      }
    }
  });

  test('an affine change of the inputs and the target changes the predictions by the target’s change alone', () => {
    const rows = regimes(800, 3);
    const problem = problemOf(rows, 3, 2);
    const x = new Float64Array(3 * rows.n);
    for (let r = 0; r < rows.n; r++) {
      const [a, b, c] = rows.x.subarray(3 * r, 3 * r + 3);
      x.set([5 + a - b, 10 * b, 0.1 * c + a], 3 * r);
    }
    const changed = problemOf({ ...rows, x, y: rows.y.map((y) => 7 - 3 * y) }, 3, 2);
    const given = { polish: false, options: { gateRidge: 0 }, tolerance: 1e-10 };
    const plain = predictions(problem, fitted({ ...problem, gateRidge: 0 }, given).outcome.parameters);
    const other = predictions(changed, fitted({ ...changed, gateRidge: 0 }, given).outcome.parameters);
    plain.forEach((value, r) => expect(Math.abs(other[r] - (7 - 3 * value))).toBeLessThan(1e-4));
  });

  test('a row of weight 2 is the row twice, of weight 0 is absent', () => {
    const rows = regimes(600, 4);
    const weights = Float64Array.from({ length: 600 }, (_, r) => r % 3);
    const kept = Array.from({ length: 600 }, (_, r) => new Array<number>(r % 3).fill(r)).flat();
    const twice: MemoryRows = {
      n: kept.length,
      x: Float64Array.from(kept.flatMap((r) => Array.from(rows.x.subarray(3 * r, 3 * r + 3)))),
      y: Float64Array.from(kept, (r) => rows.y[r]),
      weights: null,
    };
    const copied = problemOf(twice, 3, 2);
    const weighted = { ...copied, train: { ...rows, weights } };
    const a = fitted(weighted, { polish: false }).outcome;
    const b = fitted(copied, { polish: false }).outcome;
    expect(a.objective).toBeCloseTo(b.objective, 6);
    a.parameters.expertWeights.forEach((value, at) => expect(value).toBeCloseTo(b.parameters.expertWeights[at], 6));
    a.parameters.gateWeights.forEach((value, at) => expect(value).toBeCloseTo(b.parameters.gateWeights[at], 5));
  });

  test('without a polish each expert has the sigma the noise model asks for', () => {
    const sigmasOf = (noise: ProblemInMemory['noise']) =>
      fitted(problemOf(regimes(2000, 5), 3, 2, { noise }), { polish: false }).outcome.parameters.sigmas;
    const [one, other] = sigmasOf({ kind: 'per-expert' });
    expect(Math.abs(one - other)).toBeGreaterThan(0.02);
    const [shared, alike] = sigmasOf({ kind: 'shared' });
    expect(shared).toBe(alike);
  });

  test('the polish begins with a sigma that the distance to the nearest expert allows, or with a given one', () => {
    const firstOfPolish = (noise: ProblemInMemory['noise']) => {
      const problem = problemOf(regimes(800, 5), 3, 2, { noise });
      const first = iterationsOf(fitted(problem, {}).events).find(({ stage }) => stage === 'polish');
      if (!first) throw new Error('no polish');
      return { sigmas: [...first.parameters.sigmas], cautious: cautiousSigma(problem, first.parameters) };
    };
    for (const kind of ['per-expert', 'shared'] as const) {
      const { sigmas, cautious } = firstOfPolish({ kind });
      expect(sigmas).toEqual([cautious, cautious]);
    }
    expect(firstOfPolish({ kind: 'fixed', sigma: 0.3 }).sigmas).toEqual([0.3, 0.3]);
  });

  test('base auto keeps the base of the higher training likelihood', () => {
    const problem = problemOf(regimes(500, 5), 3, 3);
    const one = (base: string) => fitted(problem, { polish: false, options: { base } }).outcome.logLikelihood;
    expect(one('auto')).toBeCloseTo(Math.max(one('none'), one('least-squares')), 12);
  });

  test('one expert, polished, is least squares', () => {
    const rows = regimes(200, 6);
    const { outcome } = fitted(problemOf(rows, 3, 1), {});
    const { expertWeights, expertIntercepts } = outcome.parameters;
    const residual = rows.y.map(
      (y, r) => y - expertIntercepts[0] - expertWeights.reduce((sum, a, j) => sum + a * rows.x[3 * r + j], 0),
    );
    expect(residual.reduce((sum, e) => sum + e, 0)).toBeCloseTo(0, 8);
    for (const j of [0, 1, 2]) expect(residual.reduce((sum, e, r) => sum + e * rows.x[3 * r + j], 0)).toBeCloseTo(0, 8);
  });

  test('experts use their columns only, the gate its own', () => {
    const problem = problemOf(regimes(500, 7), 3, 2, {
      expertColumns: Uint8Array.of(1, 1, 0),
      gateColumns: Uint8Array.of(0, 0, 1),
    });
    const { expertWeights, gateWeights } = fitted(problem, {}).outcome.parameters;
    expect([expertWeights[2], expertWeights[5]]).toEqual([0, 0]);
    expect(Array.from(gateWeights.subarray(0, 2))).toEqual([0, 0]);
    expect(gateWeights[2]).not.toBe(0);
  });
});

describe('what it says and what it refuses', () => {
  test('directions lost in noise are called a starting point only', () => {
    const stream = random(8);
    const x = Float64Array.from({ length: 300 * 8 }, () => stream.normal());
    const y = Float64Array.from({ length: 300 }, () => stream.normal());
    const { events } = fitted(problemOf({ n: 300, x, y, weights: null }, 8, 4), {});
    const check = checksOf(events).find(({ id }) => id === 'spectral-subspace');
    expect(check?.light).not.toBe('green');
    expect(check?.sentence).toContain('starting point only');
  });

  test('auto takes regression where rows allow and says which estimator was used', () => {
    const many = fitted(problemOf(regimes(400, 9), 3, 2), { polish: false });
    expect(notesOf(many.events).join()).toContain('regression on all products');
    const few = fitted(problemOf(regimes(28, 9), 3, 2), { polish: false });
    expect(notesOf(few.events).join()).toContain('averages of the target without its linear part');
  });

  test('fewer independent features than experts end as not identified, with an evaluated result', () => {
    const rows = regimes(200, 10);
    const x = Float64Array.from({ length: 400 }, (_, at) => rows.x[3 * Math.floor(at / 2)] * (1 + (at % 2)));
    const { events, outcome } = fitted(problemOf({ ...rows, x }, 2, 2), {});
    expect(outcome.termination).toBe('not-identified');
    expect(Number.isFinite(outcome.logLikelihood)).toBe(true);
    expect(checksOf(events)[0].light).toBe('red');
  });

  test.each([
    ['more experts than features', problemOf(regimes(100, 1), 3, 4), {}, 'fit/more-experts-than-features'],
    [
      'more experts than the experts’ own features',
      problemOf(regimes(100, 1), 3, 2, { expertColumns: Uint8Array.of(0, 1, 0) }),
      {},
      'fit/more-experts-than-features',
    ],
    ['more products than rows', problemOf(regimes(10, 1), 3, 1), { moments: 'regression' }, 'fit/regression-moments'],
    [
      'more products of directions than rows',
      problemOf(regimes(15, 1), 3, 3),
      { moments: 'regression' },
      'fit/regression-moments',
    ],
    ['a moment gate of three experts', problemOf(regimes(100, 1), 3, 3), { gating: 'moments' }, 'fit/moment-gate'],
    [
      'a moment gate of constant proportions',
      problemOf(regimes(100, 1), 3, 2, { gateColumns: new Uint8Array(3) }),
      { gating: 'moments' },
      'fit/moment-gate',
    ],
  ] as const)('%s are refused before anything runs', (_, problem, options, code) => {
    const refusal = spectralEm.refusal(problem, settingsOf({ options }));
    expect(refusal?.code).toBe(code);
    expect(refusal?.message).toMatch(/^\S.*\.$/);
  });

  test('the same problem gives the same bits', () => {
    const problem = problemOf(regimes(300, 11), 3, 2);
    expect(fitted(problem, {}).outcome).toEqual(fitted(problem, {}).outcome);
  });

  test('a limit of t iterations ends where a cancel at iteration t does, in whatever stage', () => {
    const problem = problemOf(regimes(300, 12), 3, 3);
    const all = iterationsOf(fitted(problem, {}).events);
    for (const limit of [1, 2, 10, all.length - 3]) {
      const { outcome } = fitted(problem, { maxIterations: limit });
      expect(outcome.termination).toBe('iteration-limit');
      expect(outcome.iterations).toBe(limit);
      expect(outcome.parameters).toEqual(all[limit].parameters);
    }
  });

  test('a raised flag stops the moments too', () => {
    const problem = problemOf(regimes(300, 13), 3, 2, { cancel: Int32Array.of(1) });
    const fit = spectralEm.fit(problem, settingsOf({}), spectralEm.starts(problem, settingsOf({}))[0], random(0));
    fit.next();
    expect(() => fit.next()).toThrow(Cancelled);
  });
});
