import { describe, expect, test } from 'vitest';
import type { FitEvent, Outcome } from '../../../../core/fit/method';
import { fitGate } from '../../../../core/fit/spectral/spectral-gating';
import type { ProblemInMemory } from '../../../../core/model/problem';
import type { Parameters } from '../../../../core/model/spec';
import { simulatedProblem } from '../../../bench/problems';

const shape = { rows: 8000, features: 10, experts: 2, sigma: 0.1, inputs: 'gaussian', gates: 'orthogonal' } as const;

/** The published gate by moments between known experts of unit norm. */
function gateBetween(problem: ProblemInMemory, experts: Parameters): { notes: string[]; outcome: Outcome } {
  const candidate = { base: 'none', found: { weights: experts.expertWeights }, start: experts } as const;
  const fit = fitGate(problem, candidate, 'moments', { published: true, maxIterations: 500, tolerance: 1e-9 });
  const events: FitEvent[] = [];
  for (let step = fit.next(); ; step = fit.next()) {
    if (!step.done) events.push(step.value);
    else return { notes: events.flatMap((e) => (e.type === 'note' ? [e.sentence] : [])), outcome: step.value };
  }
}

describe('the gate by moments between known experts', () => {
  test.each([1, 2, 3, 4])('has the norm and leaves the sigma of the likelihood (seed %d)', (seed) => {
    const { problem, truth } = simulatedProblem({ ...shape, seed });
    const start = { ...truth, gateWeights: new Float64Array(20) };
    const { notes, outcome } = gateBetween(problem, start);
    expect(notes).toEqual([]);
    expect(outcome.termination).toBe('converged');
    for (const sigma of outcome.parameters.sigmas) expect(Math.abs(sigma - 0.1)).toBeLessThan(0.005);
    // The true norm is 1; a standard error at 8,000 rows is about .03.
    expect(Math.abs(Math.hypot(...outcome.parameters.gateWeights) - 1)).toBeLessThan(0.15);
  });

  test('where the moment shows no direction the gate is the same in every row, and a note says so', () => {
    const { problem, truth } = simulatedProblem({ ...shape, rows: 1000, seed: 1 });
    const start = { ...truth, gateWeights: new Float64Array(20) };
    const { notes, outcome } = gateBetween({ ...problem, gateColumns: new Uint8Array(10) }, start);
    expect(notes).toEqual(['The moments show no direction for the gate, so it is the same in every row.']);
    expect(outcome.parameters.gateWeights.every((weight) => weight === 0)).toBe(true);
  });
});
