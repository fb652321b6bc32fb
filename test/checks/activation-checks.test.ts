import { describe, expect, test } from 'vitest';
import { outputScaling } from '../../core/data/scale';
import { methods } from '../../core/fit';
import type { Method } from '../../core/fit/method';
import type { StartResult } from '../../core/fit/run';
import { activationNamed } from '../../core/model/activations';
import { summarise } from '../../core/model/predict';
import type { ProblemInMemory } from '../../core/model/problem';
import { type ActivationId, activationIds } from '../../core/model/spec';
import { simulatedProblem } from '../bench/problems';
import { mixtureProblem, standardised } from '../core/fit/mixtures';
import { spreadOf } from '../core/data/columns';
import { fit } from './fitting';

/** What every registered method must do with experts that are not linear. Least squares has one response of its own. */
const mixtures = methods.filter(({ activation }) => activation === undefined);
const nonlinear = activationIds.filter((id) => id !== 'linear');

const table = standardised(mixtureProblem({ n: 300, d: 3, k: 2, seed: 11 }));
/** Few and quick: what is looked at does not depend on how far a fit goes. */
const quick = { restarts: 2, maxIterations: 150 };

/** A table's target as a design scales it for the response. */
function scaledFor(id: ActivationId): ProblemInMemory {
  const { train } = table;
  const { offset, scale } = outputScaling(spreadOf(train.y), id, { output: 'auto', intercept: true });
  const y = train.y.map((value) => (value - offset) / scale);
  const sigmaFloor = table.sigmaFloor / scale;
  return { ...table, activation: activationNamed(id), train: { ...train, y }, output: { offset, scale }, sigmaFloor };
}

/** The papers' setting: no intercepts, one sigma, a target that the response itself made. */
const simulated = (id: ActivationId): ProblemInMemory =>
  simulatedProblem({
    rows: 600,
    features: 4,
    experts: 2,
    sigma: 0.1,
    activation: id,
    inputs: 'gaussian',
    gates: 'random',
    seed: 2,
  }).problem;

const settings: [string, (id: ActivationId) => ProblemInMemory][] = [
  ['a table', scaledFor],
  ['simulated rows without intercepts', simulated],
];

/** Stages that are EM throughout. */
const MONOTONE = ['em', 'gradient-em', 'polish'];

const checks: Record<string, (method: Method, id: ActivationId) => Promise<void>> = {
  'fits soundly, with a finite number for everything': (method, id) =>
    eachSetting(method, id, (problem, { termination, parameters, objective }) => {
      expect(['converged', 'iteration-limit']).toContain(termination);
      expect(Number.isFinite(objective)).toBe(true);
      const { expertWeights, expertIntercepts, sigmas, gateWeights, gateIntercepts } = parameters;
      for (const part of [expertWeights, expertIntercepts, sigmas, gateWeights, gateIntercepts])
        expect(part.every(Number.isFinite)).toBe(true);
      if (!problem.intercept) expect(expertIntercepts.every((value) => value === 0)).toBe(true);
    }),

  'predicts better than the mean of the target': (method, id) =>
    eachSetting(method, id, (problem, { parameters }) => {
      const { y } = problem.train;
      const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
      const sd = Math.sqrt(y.reduce((sum, value) => sum + (value - mean) ** 2, 0) / y.length);
      expect(summarise(problem.train, parameters, problem.activation, problem.cancel).rmse).toBeLessThan(0.95 * sd);
    }),

  'never lowers the objective while it is EM': (method, id) =>
    eachSetting(method, id, (_problem, { trace }) => {
      for (const stage of MONOTONE) {
        const objectives = trace.flatMap((point) => (point.stage === stage ? [point.objective ?? NaN] : []));
        objectives.forEach((objective, t) =>
          expect(objective).toBeGreaterThanOrEqual((objectives[t - 1] ?? -Infinity) - 1e-12 * Math.abs(objective)),
        );
      }
    }),
};

const made = new Map<string, Promise<StartResult>>();

/** One fit of each method, response and setting, looked at by every check. */
async function eachSetting(
  method: Method,
  id: ActivationId,
  check: (problem: ProblemInMemory, result: StartResult) => void,
): Promise<void> {
  for (const [name, problemFor] of settings) {
    const key = `${method.id} ${id} ${name}`;
    const problem = problemFor(id);
    const result = made.get(key) ?? fit(method, problem, quick);
    made.set(key, result);
    check(problem, await result);
  }
}

describe.each(mixtures.map((method) => [method.id, method] as const))('%s', (_id, method) => {
  describe.each(nonlinear)('with %s experts', (id) => {
    for (const [name, check] of Object.entries(checks)) test(name, () => check(method, id));
  });
});

test('least squares is a line whatever response the problem asks for', async () => {
  const ols = methods[0];
  const { parameters, trace } = await fit(ols, { ...table, test: table.train, activation: activationNamed('relu') });
  const straight = await fit(ols, { ...table, test: table.train });
  expect(parameters).toEqual(straight.parameters);
  expect(trace[0].testRmse).toBe(straight.trace[0].testRmse);
});
