import { describe, expect, test } from 'vitest';
import type { DesignRecipe } from '../../../core/data/types';
import { defaults } from '../../../core/fit/settings';
import { inlineRunner } from '../../../core/fit/task';
import { prepareFit, runFit, type FinishedFit } from '../../../core/job';
import type { PredictingModel } from '../../../core/model/fitted';
import type { FitSpec } from '../../../core/protocol';
import { random } from '../../../core/random';
import { scratch } from '../../corpora/open-text';

const { open } = scratch();

const recipe: DesignRecipe = {
  target: 'y',
  features: ['a', 'b', 'c'],
  gateFeatures: null,
  types: {},
  preprocess: 'standardise',
  output: 'auto',
  intercept: true,
  split: { kind: 'rows', test: [] },
};

/** Two planes that a softmax of correlated features chooses between, in units far apart. */
const rows = (() => {
  const stream = random(12);
  return Array.from({ length: 240 }, () => {
    const [u, v, w] = [stream.normal(), stream.normal(), stream.normal()];
    const [a, b, c] = [1000 + 50 * u, 0.01 * (0.8 * u + 0.6 * v), 3 + Math.exp(0.5 * w)];
    const first = stream.uniform() < 1 / (1 + Math.exp(-3 * u - 2 * v));
    const y = (first ? 5 + 2 * u - v : -5 - u + 3 * w) + 0.7 * stream.normal();
    return [a, b, c, y];
  });
})();
const header = 'a,b,c,y';
const text = (lines: readonly (readonly number[])[], names = header) =>
  `${names}\n${lines.map((line) => line.join(',')).join('\n')}\n`;

/** Roughly the truth, in original units: every fit starts there. */
const start: PredictingModel = {
  activation: 'linear',
  columns: ['a', 'b', 'c'].map((name) => ({ name, center: 0 })),
  experts: [
    { intercept: -35, weights: [0.04, -50, 0], sigma: 1 },
    { intercept: 12, weights: [-0.02, 0, 0.5], sigma: 1 },
  ],
  gates: [
    { intercept: -60, weights: [0.06, 200, 0] },
    { intercept: 0, weights: [0, 0, 0] },
  ],
  output: { offset: 0, scale: 1 },
};

async function fitted(table: string, design: Partial<DesignRecipe>, fit: Partial<FitSpec> = {}): Promise<FinishedFit> {
  const spec: FitSpec = {
    method: 'joint-em',
    experts: 2,
    activation: 'linear',
    seed: 1,
    restarts: 1,
    noise: 'per-expert',
    polish: null,
    maxIterations: 3000,
    tolerance: 1e-13,
    timeLimit: null,
    options: { gateRidge: 0, holdBack: false, start: 'given' },
    initial: start,
    ...fit,
  };
  const prepared = await prepareFit(await open(table), { ...recipe, ...design }, spec, new Int32Array(1));
  if (!prepared.ok) throw new Error(prepared.error.message);
  const ended = await runFit(
    prepared.value,
    inlineRunner(() => 0),
    {
      onStarts: () => undefined,
      onNews: () => undefined,
      onEnd: () => undefined,
    },
  );
  if (!ended.ok) throw new Error(ended.error.message);
  return ended.value;
}

const ols: Partial<FitSpec> = { method: 'ols', options: {}, initial: undefined };
const numbersOf = ({ result }: FinishedFit) => {
  const { experts, gates } = result.report.model;
  return [...experts, ...gates].flatMap((part) => [...Object.values(part)].flat());
};
/** Largest difference of two predictions of the same rows. */
const apart = (one: FinishedFit, other: FinishedFit, count = rows.length) => {
  const at = (fit: FinishedFit) => fit.predictions().prediction.slice(0, count);
  const [a, b] = [at(one), at(other)];
  return Math.max(...a.map((value, i) => Math.abs(value - b[i])));
};

describe('what does not depend on how inputs are scaled', () => {
  test('least squares, to rounding', async () => {
    const plain = await fitted(text(rows), {}, ols);
    for (const preprocess of ['robust', 'whiten', 'none'] as const)
      expect(apart(await fitted(text(rows), { preprocess }, ols), plain)).toBeLessThan(1e-9);
  });

  test('joint EM from the same start without a gate ridge, to its tolerance', async () => {
    const plain = await fitted(text(rows), {});
    expect(plain.result.report.termination.code).toBe('converged');
    for (const preprocess of ['robust', 'whiten', 'none'] as const) {
      const other = await fitted(text(rows), { preprocess });
      expect(other.result.report.metrics.train.logLikelihood).toBeCloseTo(
        plain.result.report.metrics.train.logLikelihood,
        8,
      );
      expect(apart(other, plain)).toBeLessThan(1e-3);
      expect(other.result.report.model.preprocess).toBe(preprocess);
    }
  });

  test('the ridge of the gate is the same for standardised and robustly scaled inputs', async () => {
    const options = { gateRidge: 1, holdBack: false, start: 'given' };
    const plain = await fitted(text(rows), {}, { options });
    expect(apart(await fitted(text(rows), { preprocess: 'robust' }, { options }), plain)).toBeLessThan(1e-3);
  });

  test('whitened columns that only one part may use keep the weights of the other at 0', async () => {
    const { result } = await fitted(
      text(rows),
      { preprocess: 'whiten', features: ['a', 'b'], gateFeatures: ['b', 'c'] },
      { options: { gateRidge: 0.01 }, initial: undefined, tolerance: defaults.tolerance },
    );
    const { model } = result.report;
    expect(model.columns.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
    for (const { weights } of model.experts) expect(weights[2]).toBe(0);
    for (const { weights } of model.gates) expect(weights[0]).toBe(0);
    expect(model.experts[0].weights[0]).not.toBe(0);
  });
});

describe('weights', () => {
  const weights = rows.map((_, i) => 1 + (i % 3));
  const weighted = text(
    rows.map((row, i) => [...row, weights[i]]),
    `${header},w`,
  );
  const repeated = text(rows.flatMap((row, i) => Array.from({ length: weights[i] }, () => row)));
  const close = (one: FinishedFit, other: FinishedFit) => {
    const [a, b] = [numbersOf(one), numbersOf(other)];
    a.forEach((value, i) => expect(Math.abs(value - b[i])).toBeLessThan(1e-10 * Math.max(1, Math.abs(b[i]))));
    const [mine, theirs] = [one, other].map(({ result }) => result.report.metrics.train);
    for (const key of ['rows', 'rmse', 'mae', 'r2', 'logLikelihood'] as const)
      expect(mine[key]).toBeCloseTo(theirs[key], 10);
  };

  test('of whole numbers give least squares of the rows repeated, and its errors', async () => {
    close(await fitted(weighted, { weights: 'w' }, ols), await fitted(repeated, {}, ols));
  });

  test('of whole numbers give joint EM of the rows repeated from the same start, and say so', async () => {
    // As many iterations in both: the end of neither depends on the last digits of a gain.
    const few = { maxIterations: 25, tolerance: 1e-300 };
    for (const preprocess of ['standardise', 'robust', 'whiten'] as const) {
      const one = await fitted(weighted, { weights: 'w', preprocess }, few);
      close(one, await fitted(repeated, { preprocess }, few));
      expect(one.result.notes).toContain(
        'Rows count by their weights in “w”, in the fit and in every error and share.',
      );
    }
  });

  test('a row of weight 0 is left out and counted; one without a weight or with a negative one as well', async () => {
    const lines = rows.map((row, i) => [...row, i === 0 ? 0 : i === 1 ? -2 : i === 2 ? Number.NaN : 1]);
    const table = text(lines, `${header},w`).replace('NaN', '');
    const { result } = await fitted(table, { weights: 'w' }, ols);
    const plain = await fitted(text(rows.slice(3)), {}, ols);
    expect(result.report.model.data).toMatchObject({ rows: 240, used: 237, train: 237 });
    expect(result.report.model.experts[0].weights).toEqual(plain.result.report.model.experts[0].weights);
    expect(result.notes).toContain('1 row has a weight of 0 in “w” and is left out.');
    expect(result.notes).toContain('2 rows have no weight or a negative one in “w” and are left out.');
  });
});
