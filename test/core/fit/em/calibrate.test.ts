import { expect, test } from 'vitest';
import { calibrated } from '../../../../core/fit/em/calibrate';
import { cautiousSigma } from '../../../../core/fit/directions/nearest-expert';
import { expectation } from '../../../../core/kernels/expectation';
import { activationNamed } from '../../../../core/model/activations';
import { predict } from '../../../../core/model/predict';
import type { ProblemInMemory } from '../../../../core/model/problem';
import { activationIds, copyParameters, type Parameters } from '../../../../core/model/spec';
import { random } from '../../../../core/random';
import { problemOf } from '../../../bench/problems';

const [n, d, k] = [60, 3, 2];

function setting(intercept: boolean): { problem: ProblemInMemory; current: Parameters; directions: Float64Array } {
  const stream = random(1);
  const numbers = (length: number) => Float64Array.from({ length }, () => stream.normal());
  const weights = numbers(n).map(Math.abs);
  const problem = problemOf({ n, x: numbers(n * d), y: numbers(n), weights }, d, k, { intercept });
  const current: Parameters = {
    k,
    d,
    expertWeights: numbers(k * d),
    expertIntercepts: intercept ? numbers(k) : new Float64Array(k),
    sigmas: Float64Array.of(0.7, 1.2),
    gateWeights: Float64Array.of(...numbers(d), 0, 0, 0),
    gateIntercepts: new Float64Array(k),
  };
  return { problem, current, directions: numbers(k * d) };
}

/** Responsibilities of the rows, written out. */
function responsibilities({ train, cancel }: ProblemInMemory, parameters: Parameters): number[][] {
  const { gates, means } = predict(train, parameters, { id: 'linear' }, cancel);
  return Array.from({ length: n }, (_, r) => {
    const joint = Array.from({ length: k }, (_, i) => {
      const e = (train.y[r] - means[r * k + i]) / parameters.sigmas[i];
      return (gates[r * k + i] / parameters.sigmas[i]) * Math.exp(-0.5 * e * e);
    });
    return joint.map((value) => value / joint.reduce((sum, other) => sum + other, 0));
  });
}

test.each([true, false])(
  'the calibrated step leaves weighted residuals orthogonal to 1 and a.x, and moves along a alone (intercepts %s)',
  (intercept) => {
    const { problem, current, directions } = setting(intercept);
    const step = calibrated(directions);
    const { moments } = step;
    const request = { parameters: current, activation: { id: 'linear' }, moments, curvature: false } as const;
    const sums = expectation(problem.train, d, request, problem.cancel);
    const next = copyParameters(current);
    const residuals = new Float64Array(k);
    expect(step.update(problem, sums, current, next, residuals)).toBeNull();
    const shares = responsibilities(problem, current);
    const { means } = predict(problem.train, next, { id: 'linear' }, problem.cancel);
    for (let i = 0; i < k; i++) {
      const a = directions.subarray(i * d, (i + 1) * d);
      let [constant, slope, squares] = [0, 0, 0];
      for (let r = 0; r < n; r++) {
        const e = problem.train.y[r] - means[r * k + i];
        const weight = (problem.train.weights?.[r] ?? 1) * shares[r][i];
        constant += weight * e;
        slope += weight * e * a.reduce((sum, entry, j) => sum + entry * problem.train.x[r * d + j], 0);
        squares += weight * e * e;
      }
      if (intercept) expect(constant).toBeCloseTo(0, 10);
      else expect(next.expertIntercepts[i]).toBe(0);
      expect(slope).toBeCloseTo(0, 10);
      expect(residuals[i]).toBeCloseTo(squares, 10);
      const moved = a.map((_, j) => (next.expertWeights[i * d + j] - current.expertWeights[i * d + j]) / a[j]);
      moved.forEach((ratio) => expect(ratio).toBeCloseTo(moved[0], 10));
    }
  },
);

test.each(activationIds)('the cautious sigma is 1.5 times the rms of the nearest %s expert’s residuals', (id) => {
  const { problem, current } = setting(true);
  const bent = { ...problem, activation: activationNamed(id) };
  const { means } = predict(problem.train, current, bent.activation, problem.cancel);
  let [squares, weight] = [0, 0];
  for (let r = 0; r < n; r++) {
    const w = problem.train.weights?.[r] ?? 1;
    squares += w * Math.min(...[0, 1].map((i) => (problem.train.y[r] - means[r * k + i]) ** 2));
    weight += w;
  }
  expect(cautiousSigma(bent, current)).toBeCloseTo(1.5 * Math.sqrt(squares / weight), 12);
});
