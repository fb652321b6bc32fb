import { describe, expect, test } from 'vitest';
import { jointEm } from '../../../core/fit/joint-em';
import { runStart } from '../../../core/fit/run';
import { completeSettings } from '../../../core/fit/settings';
import type { ProblemInMemory } from '../../../core/model/problem';
import { random } from '../../../core/random';
import { problemOf } from '../../bench/problems';

/** A mixture of two linear regressions with mixing proportions .3 and .7: no feature tells the experts apart. */
function regressions(intercept: boolean, seed: number): ProblemInMemory {
  const [n, d] = [600, 2];
  const stream = random(seed);
  const x = Float64Array.from({ length: n * d }, () => stream.normal());
  const y = Float64Array.from({ length: n }, (_, r) => {
    const [a, b] = [x[2 * r], x[2 * r + 1]];
    const noise = stream.normal();
    return stream.uniform() < 0.3
      ? (intercept ? 1 : 0) + 2 * a - b + 0.3 * noise
      : (intercept ? -1 : 0) - a + b + 0.6 * noise;
  });
  return problemOf({ n, x, y, weights: null }, d, 2, { intercept, gateColumns: new Uint8Array(d) });
}

interface Regressions {
  readonly share: number[];
  readonly line: number[][];
  readonly sigma: number[];
}

/** EM for a mixture of regressions as in the books, on arrays of arrays: nothing of core. */
function naiveEm({ train, d, intercept }: ProblemInMemory, start: Regressions, rounds: number): number {
  const rows = Array.from({ length: train.n }, (_, r) => [
    ...(intercept ? [1] : []),
    ...Array.from(train.x.subarray(r * d, (r + 1) * d)),
  ]);
  let { share, line, sigma } = start;
  let logLikelihood = 0;
  for (let round = 0; round < rounds; round++) {
    logLikelihood = 0;
    const posterior = rows.map((row, r) => {
      const joint = line.map((weights, i) => {
        const e = (train.y[r] - dot(weights, row)) / sigma[i];
        return (share[i] / (sigma[i] * Math.sqrt(2 * Math.PI))) * Math.exp((-e * e) / 2);
      });
      const total = joint.reduce((a, b) => a + b);
      logLikelihood += Math.log(total);
      return joint.map((value) => value / total);
    });
    const weight = line.map((_, i) => posterior.reduce((sum, row) => sum + row[i], 0));
    line = line.map((_, i) =>
      weightedLeastSquares(
        rows,
        train.y,
        posterior.map((p) => p[i]),
      ),
    );
    sigma = line.map((weights, i) => {
      const squares = rows.reduce((sum, row, r) => sum + posterior[r][i] * (train.y[r] - dot(weights, row)) ** 2, 0);
      return Math.sqrt(squares / weight[i]);
    });
    share = weight.map((value) => value / train.n);
  }
  return logLikelihood;
}

const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, j) => sum + value * b[j], 0);

/** By Gaussian elimination of the normal equations. */
function weightedLeastSquares(rows: number[][], y: Float64Array, weights: number[]): number[] {
  const p = rows[0].length;
  const system = Array.from({ length: p }, (_, a) => [
    ...Array.from({ length: p }, (_, b) => rows.reduce((sum, row, r) => sum + weights[r] * row[a] * row[b], 0)),
    rows.reduce((sum, row, r) => sum + weights[r] * row[a] * y[r], 0),
  ]);
  for (let a = 0; a < p; a++)
    for (let b = 0; b < p; b++) {
      if (b === a) continue;
      const factor = system[b][a] / system[a][a];
      system[b] = system[b].map((value, c) => value - factor * system[a][c]);
    }
  return system.map((row, a) => row[p] / row[a]);
}

describe.each([true, false])('with intercepts: %s', (intercept) => {
  const problem = regressions(intercept, 5);
  const settings = completeSettings(jointEm, { maxIterations: 2000, tolerance: 1e-12 });
  if (!settings.ok) throw new Error(settings.error.message);
  const results = [0, 1, 2].map((stream) => {
    const start = { label: '', method: 'joint-em', stream };
    const hooks = { now: () => 0, timeLimit: null, onEvent: () => undefined };
    const result = runStart(problem, jointEm, settings.value, start, 1, hooks);
    if (!result.ok) throw new Error(result.error.message);
    return result.value;
  });
  const best = results.reduce((a, b) => (b.objective > a.objective ? b : a));

  test('a constant gate is a mixture of regressions: EM reaches the likelihood of a plain EM for those', () => {
    const truth = {
      share: [0.3, 0.7],
      line: intercept
        ? [
            [1, 2, -1],
            [-1, -1, 1],
          ]
        : [
            [2, -1],
            [-1, 1],
          ],
      sigma: [0.3, 0.6],
    };
    expect(best.logLikelihood).toBeCloseTo(naiveEm(problem, truth, 400) / problem.train.n, 8);
  });

  test('its gate is one set of proportions, free even without intercepts', () => {
    const { gateWeights, gateIntercepts, expertIntercepts } = best.parameters;
    expect(gateWeights.every((weight) => weight === 0)).toBe(true);
    const share = 1 / (1 + Math.exp(-gateIntercepts[0]));
    expect(share).toBeGreaterThan(0.6);
    expect(share).toBeLessThan(0.8);
    if (!intercept) expect(expertIntercepts.every((value) => value === 0)).toBe(true);
  });
});
