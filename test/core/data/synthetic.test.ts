import { describe, expect, test } from 'vitest';
import { simulate, type SimulationSettings, truthParameters } from '../../../core/data/synthetic';
import { activationNamed, activationOf, DEFAULT_LEAK } from '../../../core/model/activations';
import { activationIds } from '../../../core/model/spec';

const usual: SimulationSettings = {
  rows: 500,
  features: 5,
  experts: 3,
  sigma: 0.1,
  activation: 'linear',
  inputs: 'gaussian',
  gates: 'random',
  seed: 7,
};

function simulated(settings: Partial<SimulationSettings> = {}) {
  const result = simulate({ ...usual, ...settings });
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

const dot = (u: readonly number[], v: readonly number[]) => u.reduce((sum, value, j) => sum + value * v[j], 0);

describe('simulated tables', () => {
  test('the same settings give the same digits, another seed another model', () => {
    expect(simulated()).toEqual(simulated());
    expect(simulated({ seed: 8 }).truth.experts).not.toEqual(simulated().truth.experts);
  });

  test('more rows of a seed are more rows of the same model', () => {
    const few = simulated({ rows: 100 });
    const many = simulated({ rows: 400 });
    expect(many.truth.experts).toEqual(few.truth.experts);
    expect(many.truth.gates).toEqual(few.truth.gates);
    few.columns.forEach((column, j) => expect(many.columns[j].values.slice(0, 100)).toEqual(column.values));
  });

  test('regressors and gates are unit vectors, the last gate is 0', () => {
    const { experts, gates } = simulated().truth;
    for (const { weights } of [...experts, ...gates.slice(0, -1)]) expect(dot(weights, weights)).toBeCloseTo(1, 12);
    expect(gates[2].weights).toEqual([0, 0, 0, 0, 0]);
  });

  test('orthogonal gates are orthogonal to each other and to every regressor', () => {
    const { experts, gates } = simulated({ gates: 'orthogonal' }).truth;
    const directions = gates.slice(0, -1).map(({ weights }) => weights);
    for (const w of directions) for (const { weights } of experts) expect(dot(w, weights)).toBeCloseTo(0, 12);
    expect(dot(directions[0], directions[1])).toBeCloseTo(0, 12);
  });

  test('without noise every target is that of one expert, chosen as often as its gate says', () => {
    const { columns, truth } = simulated({ sigma: 0, rows: 20000 });
    const chosen = [0, 0, 0];
    const expected = [0, 0, 0];
    let variance = 0;
    for (let r = 0; r < 20000; r++) {
      const x = columns.slice(0, 5).map((column) => column.values[r]);
      const y = columns[5].values[r];
      const expert = truth.experts.findIndex(({ weights }) => Math.abs(dot(weights, x) - y) < 1e-12);
      expect(expert).toBeGreaterThanOrEqual(0);
      chosen[expert]++;
      const odds = truth.gates.map(({ weights }) => Math.exp(dot(weights, x)));
      const total = odds.reduce((sum, value) => sum + value, 0);
      odds.forEach((value, i) => (expected[i] += value / total));
      variance += (odds[0] / total) * (1 - odds[0] / total);
    }
    expect(Math.abs(chosen[0] - expected[0])).toBeLessThan(5 * Math.sqrt(variance));
  });

  test.each(activationIds)(
    'without noise every target is the %s response of one expert, and the truth says so',
    (id) => {
      const { columns, truth } = simulated({ sigma: 0, activation: id });
      expect(truth.activation).toBe(id);
      expect(truth.leak).toBe(id === 'leaky-relu' ? DEFAULT_LEAK : undefined);
      const { value } = activationOf(activationNamed(id));
      const n = columns[0].values.length;
      for (let r = 0; r < n; r++) {
        const x = columns.slice(0, 5).map((column) => column.values[r]);
        const away = truth.experts.map(({ weights }) => Math.abs(value(dot(weights, x)) - columns[5].values[r]));
        expect(Math.min(...away)).toBeLessThan(1e-12);
      }
      // The same model and rows whatever the response.
      expect(truth.experts).toEqual(simulated({ sigma: 0 }).truth.experts);
      expect(columns[0].values).toEqual(simulated({ sigma: 0 }).columns[0].values);
    },
  );

  test('inputs and noise have their moments within five standard errors', () => {
    const n = 20000;
    const { columns, truth } = simulated({ rows: n, inputs: 'gmm:0.3', sigma: 0.5 });
    const m = truth.inputs[0].mean;
    expect(truth.inputs.map(({ probability }) => probability)).toEqual([0.3, 0.7]);
    expect(dot(m, m)).toBeCloseTo(1, 12);
    for (let j = 0; j < 5; j++) {
      const values = columns[j].values;
      const mean = values.reduce((sum, value) => sum + value, 0) / n;
      const square = values.reduce((sum, value) => sum + value * value, 0) / n;
      // x_j = ±m_j + normal: mean −0.4 m_j, second moment 1 + m_j², whose standard errors are below √2/√n and 3/√n.
      expect(Math.abs(mean + 0.4 * m[j])).toBeLessThan((5 * Math.SQRT2) / Math.sqrt(n));
      expect(Math.abs(square - 1 - m[j] ** 2)).toBeLessThan((5 * 3) / Math.sqrt(n));
    }
    const one = simulated({ experts: 1, rows: n, sigma: 0.5 });
    const residual = one.columns[5].values.map(
      (y, r) => y - one.truth.experts[0].weights.reduce((sum, a, j) => sum + a * one.columns[j].values[r], 0),
    );
    const variance = residual.reduce((sum, e) => sum + e * e, 0) / n;
    expect(Math.abs(variance - 0.25)).toBeLessThan((5 * 0.25 * Math.SQRT2) / Math.sqrt(n));
  });

  test('the truth as parameters says what the truth says', () => {
    const { truth } = simulated();
    const parameters = truthParameters(truth);
    expect([parameters.k, parameters.d]).toEqual([3, 5]);
    expect(Array.from(parameters.expertWeights.subarray(5, 10))).toEqual(truth.experts[1].weights);
    expect(Array.from(parameters.gateWeights.subarray(5, 10))).toEqual(truth.gates[1].weights);
    expect(Array.from(parameters.sigmas)).toEqual([0.1, 0.1, 0.1]);
  });

  test.each([
    [{ rows: 0 }, 'number of rows'],
    [{ features: 1.5 }, 'number of features'],
    [{ experts: 0 }, 'number of experts'],
    [{ sigma: -1 }, 'sigma'],
    [{ sigma: Number.NaN }, 'sigma'],
    [{ seed: 0.5 }, 'seed'],
    [{ inputs: 'uniform' }, 'gaussian, or gmm:p'],
    [{ inputs: 'gmm:1.2' }, 'gaussian, or gmm:p'],
    [{ gates: 'orthogonal', features: 4 }, 'at least 5 features'],
  ] as const)('settings that make no table are refused in one sentence: %o', (change, words) => {
    const result = simulate({ ...usual, ...change });
    expect(result.ok).toBe(false);
    if (!result.ok) expect(result.error.message).toContain(words);
  });
});
