import { describe, expect, test } from 'vitest';
import { axisTruth, problemFrom } from '../../../core/experiments/lib/problems';
import { l4Llog } from '../../../core/fit/l4-llog';
import type { FitEvent, Outcome, Settings } from '../../../core/fit/method';
import { completeSettings } from '../../../core/fit/settings';
import { Cancelled } from '../../../core/kernels/pass';
import { activationNamed } from '../../../core/model/activations';
import { recovery } from '../../../core/model/match';
import type { ProblemInMemory } from '../../../core/model/problem';
import { activationIds } from '../../../core/model/spec';
import { random } from '../../../core/random';
import { problemOf } from '../../bench/problems';
import { mixtureProblem, standardised } from './mixtures';

type Given = Partial<Omit<Settings, 'options'>> & { options?: Record<string, string | number | boolean> };

function settingsOf(given: Given): Settings {
  const settings = completeSettings(l4Llog, given);
  if (!settings.ok) throw new Error(settings.error.message);
  return settings.value;
}

function fitted(problem: ProblemInMemory, given: Given): { events: FitEvent[]; outcome: Outcome } {
  const settings = settingsOf(given);
  expect(l4Llog.refusal(problem, settings)).toBeNull();
  const fit = l4Llog.fit(problem, settings, l4Llog.starts(problem, settings)[0], random(0));
  const events: FitEvent[] = [];
  for (let step = fit.next(); ; step = fit.next()) {
    if (step.done) return { events, outcome: step.value };
    events.push(step.value);
  }
}

const checksOf = (events: readonly FitEvent[]) =>
  events.flatMap((event) => (event.type === 'check' ? [event.check] : []));
const notesOf = (events: readonly FitEvent[]) =>
  events.flatMap((event) => (event.type === 'note' ? [event.sentence] : [])).join('\n');
const stagesOf = (events: readonly FitEvent[]) =>
  events.flatMap((event) => (event.type === 'stage' ? [event.stage] : []));

const truth = axisTruth(2, 6, 0.05);
const paper = problemFrom(truth, 4000, random(1, 1)).problem;

describe('the published setting: intercepts and polish off', () => {
  const { events, outcome } = fitted(paper, { polish: false });

  test('regressors of unit norm are held, and the gate is found by descent', () => {
    expect(stagesOf(events)).toEqual(['moments', 'gate']);
    expect(outcome.termination).toBe('converged');
    const { regressorFit, gatingFit } = recovery(outcome.parameters, truth);
    expect(regressorFit).toBeGreaterThan(0.98);
    expect(gatingFit).toBeGreaterThan(0.97);
    for (const i of [0, 1])
      expect(Math.hypot(...outcome.parameters.expertWeights.subarray(6 * i, 6 * i + 6))).toBeCloseTo(1, 12);
    expect([...outcome.parameters.expertIntercepts, ...outcome.parameters.gateIntercepts]).toEqual([0, 0, 0, 0]);
  });

  test('it says how the moments were estimated, and that the loss has a minimum', () => {
    expect(notesOf(events)).toContain('regression on all products');
    expect(checksOf(events).map(({ id, light }) => `${id} ${light}`)).toContain('l4-minimum green');
  });

  test('with rows of its own for every step the gate is found less surely', () => {
    const { outcome: split } = fitted(paper, { polish: false, options: { split: true, parts: 8 } });
    expect(split.iterations).toBe(8);
    expect(recovery(split.parameters, truth).gatingFit).toBeGreaterThan(0.9);
  });

  test('a gate outside the ball is brought back to it', () => {
    const { parameters } = fitted(paper, { polish: false, options: { radius: 0.3 } }).outcome;
    expect(Math.hypot(...parameters.gateWeights)).toBeLessThan(0.31);
  });
});

test('mini-batches find the regressors, and say what a finite table does to them', () => {
  const { events, outcome } = fitted(paper, {
    polish: false,
    options: { mode: 'streaming', steps: 1500, batch: 512, lambda: 10 },
  });
  expect(recovery(outcome.parameters, truth).regressorFit).toBeGreaterThan(0.9);
  expect(notesOf(events)).toContain('a ridge of 5');
  expect(checksOf(events).map(({ id }) => id)).toContain('l4-length');
  const bare = fitted(paper, { polish: false, options: { mode: 'streaming', steps: 10, delta: 0 } });
  expect(notesOf(bare.events)).toContain('no ridge holds it');
});

test.each(activationIds)('polished, %s regressors are those of maximum likelihood', (id) => {
  const activation = activationNamed(id);
  const { problem } = problemFrom(axisTruth(2, 5, 0.05), 6000, random(2, 3), { activation });
  const { events, outcome } = fitted(problem, {});
  expect(stagesOf(events)).toEqual(['moments', 'calibrate', 'polish']);
  expect(recovery(outcome.parameters, axisTruth(2, 5, 0.05)).regressorFit).toBeGreaterThan(0.99);
});

describe('tables', () => {
  const table = standardised(mixtureProblem({ n: 300, d: 4, k: 3, seed: 5 }));

  test('each stage raises the objective at every iteration', () => {
    let previous = { stage: '', objective: -Infinity };
    for (const event of fitted(table, {}).events) {
      if (event.type === 'stage') previous = { stage: event.stage, objective: -Infinity };
      if (event.type !== 'iteration') continue;
      expect(event.objective).toBeGreaterThanOrEqual(previous.objective - 1e-10 * Math.abs(previous.objective));
      previous = event;
    }
  });

  test('a limit of t iterations ends at iteration t, in whatever stage and mode of the gate', () => {
    for (const [maxIterations, split] of [
      [1, false],
      [7, false],
      [60, false],
      [1, true],
      [7, true],
    ] as const) {
      const { outcome } = fitted(table, { maxIterations, options: { split } });
      expect(outcome.iterations).toBe(maxIterations);
      expect(outcome.termination).toBe('iteration-limit');
    }
  });

  test('the same problem gives the same bits', () => {
    expect(fitted(table, {}).outcome).toEqual(fitted(table, {}).outcome);
  });

  test('a raised flag stops both descents', () => {
    for (const mode of ['batch', 'streaming']) {
      const settings = settingsOf({ options: { mode } });
      const problem = { ...table, cancel: Int32Array.of(1) };
      const fit = l4Llog.fit(problem, settings, l4Llog.starts(problem, settings)[0], random(0));
      fit.next();
      expect(() => {
        for (let step = fit.next(); !step.done; step = fit.next());
      }).toThrow(Cancelled);
    }
  });

  test.each([
    ['more experts than features', problemOf(table.train, 4, 5), {}, 'fit/more-experts-than-features'],
    [
      'more products than rows',
      standardised(mixtureProblem({ n: 30, d: 4, k: 3, seed: 1 })),
      { moments: 'regression' },
      'fit/regression-moments',
    ],
    ['more parts than rows', table, { split: true, parts: 500 }, 'fit/split-parts'],
  ])('%s are refused before anything runs', (_, problem, options, code) => {
    const refusal = l4Llog.refusal(problem, settingsOf({ options }));
    expect(refusal?.code).toBe(code);
    expect(refusal?.message).toMatch(/^\S[^.]*\.$/);
  });
});
