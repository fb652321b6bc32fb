import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { simulatedProblem } from '../../../../core/experiments/lib/problems';
import { em, type EmOptions } from '../../../../core/fit/em/em';
import { leastSquares } from '../../../../core/fit/em/expert-step';
import { shardEm } from '../../../../core/fit/em/shard-em';
import { shardGroups, shardSums } from '../../../../core/fit/em/shard-sums';
import type { Fit, Outcome } from '../../../../core/fit/method';
import { randomStart } from '../../../../core/fit/starting-points/random-gate';
import { expectation } from '../../../../core/kernels/expectation';
import { shardsOf } from '../../../../core/kernels/pass';
import { activationNamed } from '../../../../core/model/activations';
import type { Problem, ProblemInMemory } from '../../../../core/model/problem';
import type { ActivationId } from '../../../../core/model/spec';
import { random } from '../../../../core/random';
import { rowFile } from '../../row-file';
import { mixtureProblem, standardised } from '../mixtures';

const folder = mkdtempSync(join(tmpdir(), 'moe-lab-shards-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const options: EmOptions = { stage: 'em', expertStep: leastSquares, maxIterations: 1000, tolerance: 1e-7 };

function ended(fit: Fit) {
  const objectives: number[] = [];
  const iterations: number[] = [];
  for (;;) {
    const step = fit.next();
    if (step.done) return { ...(step.value satisfies Outcome), objectives, reported: iterations };
    if (step.value.type !== 'iteration') continue;
    objectives.push(step.value.objective);
    iterations.push(step.value.iteration);
  }
}

const problem = (changes: Partial<ProblemInMemory> = {}): ProblemInMemory =>
  standardised(mixtureProblem({ n: 4000, d: 3, k: 3, seed: 2, weighted: true }, changes));

describe('incremental EM', () => {
  test('ends in the optimum of EM from the same start, in fewer iterations where EM is slow', () => {
    const drawn = { rows: 6000, features: 5, experts: 2, sigma: 1, inputs: 'gaussian', gates: 'random' } as const;
    for (const seed of [1, 2]) {
      const { problem: own } = simulatedProblem({ ...drawn, seed }, { intercept: true, noise: { kind: 'per-expert' } });
      const start = randomStart(own, random(seed));
      const [pass, shard] = [ended(em(own, start, options)), ended(shardEm(own, start, options))];
      expect([pass.termination, shard.termination]).toEqual(['converged', 'converged']);
      expect(Math.abs(pass.objective - shard.objective)).toBeLessThan(1e-4 * own.train.n);
      expect(shard.iterations).toBeLessThan(0.9 * pass.iterations);
    }
  });

  test.each<ActivationId>(['linear', 'sigmoid', 'tanh', 'relu', 'leaky-relu'])(
    'with %s experts reports the objective of its parameters, which never falls, and ends no lower than it began',
    (id) => {
      const own = problem({ activation: activationNamed(id), pseudoRows: 5 });
      const found = ended(shardEm(own, randomStart(own, random(4)), { ...options, maxIterations: 40 }));
      found.objectives.forEach((value, i) => {
        if (i > 0) expect(value).toBeGreaterThanOrEqual(found.objectives[i - 1] - 1e-9 * Math.abs(value));
      });
      const again = ended(em(own, found.parameters, { ...options, maxIterations: 0 }));
      expect(again.objective).toBeCloseTo(found.objective, 6);
      expect(found.reported).toEqual(found.reported.map((_, i) => i));
    },
  );

  test('has the same digits with rows in a file as in memory', () => {
    const own = problem();
    const onFile: Problem = { ...own, train: rowFile(join(folder, 'rows'), own.train, own.d) };
    const start = randomStart(own, random(4));
    expect(ended(shardEm(onFile, start, options))).toEqual(ended(shardEm(own, start, options)));
  });

  test('stops at the limit of iterations, wherever it is', () => {
    const own = problem();
    for (const maxIterations of [0, 2, 3, 4, 9]) {
      const found = ended(shardEm(own, randomStart(own, random(4)), { ...options, maxIterations, tolerance: 1e-300 }));
      expect(found.termination).toBe('iteration-limit');
      expect(found.reported).toEqual(Array.from({ length: maxIterations + 1 }, (_, i) => i));
    }
  });
});

describe('the sums of groups of shards', () => {
  const own = problem();
  const request = { activation: own.activation, moments: true, curvature: true, background: 0 };
  const start = randomStart(own, random(4));

  test('are those of a pass where all groups are looked at with the same parameters', () => {
    const sums = shardSums(own, request);
    shardGroups(own.train.n).forEach((_, group) => sums.look(group, start));
    const [found, all] = [sums.at(start), expectation(own.train, own.d, { ...request, parameters: start }, own.cancel)];
    for (const part of ['responsibilities', 'gates', 'slopes', 'residuals', 'moments', 'curvature'] as const)
      all[part].forEach((value, i) => expect(found[part][i]).toBeCloseTo(value, 6));
    expect(found.logLikelihood).toBeCloseTo(all.logLikelihood, 6);
  });

  test('of linear experts say of other parameters what a pass there would, for the same responsibilities', () => {
    const one = { ...own, k: 1 };
    const [here, there] = [3, 8].map((seed) => randomStart(one, random(seed)));
    const sums = shardSums(one, request);
    // One expert has every row, whatever the parameters: old and new sums go together.
    shardGroups(one.train.n).forEach((_, group) => sums.look(group, group % 2 === 0 ? here : there));
    const at = { ...there, expertWeights: Float64Array.of(1, -2, 0.5), expertIntercepts: Float64Array.of(0.3) };
    const [found, all] = [sums.at(at), expectation(one.train, one.d, { ...request, parameters: at }, one.cancel)];
    expect(found.residuals[0] / all.residuals[0]).toBeCloseTo(1, 10);
    all.slopes.forEach((value, i) => expect(found.slopes[i]).toBeCloseTo(value, 6));
  });

  test('are of every shard once, in order', () => {
    for (const n of [1, 129, 2000, 1e6]) {
      const groups = shardGroups(n);
      expect(groups[0].from).toBe(0);
      expect(groups.at(-1)?.to).toBe(shardsOf(n));
      groups.slice(1).forEach(({ from }, i) => expect(from).toBe(groups[i].to));
      expect(groups.every(({ from, to }) => to > from)).toBe(true);
    }
  });
});
