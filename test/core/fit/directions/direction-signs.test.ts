import { describe, expect, test } from 'vitest';
import type { Candidate } from '../../../../core/fit/directions/direction-candidates';
import { withNearerSigns } from '../../../../core/fit/directions/direction-signs';
import { cautiousSigma } from '../../../../core/fit/directions/nearest-expert';
import type { ActivationId, Parameters } from '../../../../core/model/spec';
import { simulatedProblem } from '../../../bench/problems';

const shape = { rows: 2000, features: 6, experts: 3, sigma: 0.1, inputs: 'gaussian', gates: 'random' } as const;

function simulated(activation: ActivationId) {
  const { problem, truth } = simulatedProblem({ ...shape, activation, seed: 1 });
  const candidate = (start: Parameters): Candidate => {
    const sigmas = start.sigmas.slice().fill(cautiousSigma(problem, start));
    return { base: 'none', found: { weights: start.expertWeights }, start: { ...start, sigmas } };
  };
  const wrong = (signs: readonly number[]) =>
    candidate({ ...truth, expertWeights: truth.expertWeights.map((a, at) => signs[Math.floor(at / 6)] * a) });
  return { problem, truth, wrong };
}

describe('signs of directions behind a nonlinear response', () => {
  test.each(['relu', 'leaky-relu', 'sigmoid'] as const)(
    '%s experts with wrong signs are turned round',
    (activation) => {
      const { problem, truth, wrong } = simulated(activation);
      for (const signs of [
        [1, 1, 1],
        [-1, 1, 1],
        [1, -1, -1],
      ]) {
        const { found, start } = withNearerSigns(problem, wrong(signs));
        expect(found.turned).toBe(signs.filter((sign) => sign < 0).length);
        expect([...start.expertWeights]).toEqual([...truth.expertWeights]);
        expect(found.weights).toEqual(start.expertWeights);
        expect(start.sigmas[0]).toBe(cautiousSigma(problem, start));
      }
    },
  );

  test('linear experts are left to their calibration', () => {
    const { problem, wrong } = simulated('linear');
    const candidate = wrong([-1, 1, 1]);
    expect(withNearerSigns(problem, candidate)).toEqual({ ...candidate, found: { ...candidate.found, turned: 0 } });
  });
});
