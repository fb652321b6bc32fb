import { describe, expect, test } from 'vitest';
import { unitScale } from '../../../../core/fit/sgd/unit-scale';
import { objective } from '../../../../core/model/likelihood';
import type { ProblemInMemory } from '../../../../core/model/problem';
import { random } from '../../../../core/random';
import { mixtureProblem, randomParameters } from '../mixtures';

/** Columns and a target far from unit size. */
function large(given: Partial<ProblemInMemory>): ProblemInMemory {
  const problem = mixtureProblem({ n: 200, d: 2, k: 2, seed: 3 }, { gateRidge: 2, ...given });
  const x = problem.train.x.map((value, at) => (at % 2 ? 1e3 * value : 0.01 * value + 4));
  const y = problem.train.y.map((value) => 50 * value + (problem.intercept ? 700 : 0));
  return { ...problem, train: { ...problem.train, x, y }, sigmaFloor: 0.07 };
}

describe.each([true, false])('unit scale, intercepts %s', (intercept) => {
  const problem = large({ intercept });
  const { problem: inside, inward, outward } = unitScale(problem);
  const drawn = randomParameters(2, 2, random(1), intercept);

  test('the objective differs by the target’s units alone', () => {
    const outside = outward(drawn);
    const scale = outside.sigmas[0] / drawn.sigmas[0];
    expect(objective(problem, outside)).toBeCloseTo(objective(inside, drawn) - 200 * Math.log(scale), 6);
    if (!intercept) expect([...outside.expertIntercepts]).toEqual([0, 0]);
  });

  test('the floor of sigma is the same sigma inside, and one that rests on it does so outside', () => {
    const floored = { ...drawn, sigmas: drawn.sigmas.slice().fill(inside.sigmaFloor) };
    expect([...outward(floored).sigmas]).toEqual([0.07, 0.07]);
    for (const sigma of inward({ ...drawn, sigmas: Float64Array.of(0.07, 0.07) }).sigmas)
      expect(sigma).toBeCloseTo(inside.sigmaFloor, 14);
  });
});
