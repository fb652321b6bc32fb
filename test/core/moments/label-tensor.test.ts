import { describe, expect, test } from 'vitest';
import { simulate, truthParameters } from '../../../core/data/synthetic';
import type { MemoryRows } from '../../../core/model/problem';
import { identity } from '../../../core/moments/coordinates';
import { labelTensor, type MomentEstimator, regressionPays, type TensorData } from '../../../core/moments/label-tensor';
import { monomialCount, monomials, symmetricTensor } from '../../../core/moments/monomials';
import { random } from '../../../core/random';

const estimators: readonly MomentEstimator[] = ['regression', 'residualised', 'raw'];
const cancel = new Int32Array(1);

function gaussianRows(n: number, d: number, seed: number, f: (x: Float64Array) => number): MemoryRows {
  const stream = random(seed);
  const x = Float64Array.from({ length: n * d }, () => stream.normal());
  return { n, x, y: Float64Array.from({ length: n }, (_, r) => f(x.subarray(r * d, (r + 1) * d))), weights: null };
}

function dataOf(rows: MemoryRows, d: number): TensorData {
  const weight = rows.weights ? rows.weights.reduce((sum, w) => sum + w, 0) : rows.n;
  return { rows, d, weight, units: { base: new Float64Array(d + 1), scale: 1 }, cancel };
}

const everything = (d: number) => identity(d, new Uint8Array(d).fill(1));

/** Mean and standard error of each entry over independent samples. */
function overSamples(count: number, one: (seed: number) => Float64Array) {
  const samples = Array.from({ length: count }, (_, seed) => one(seed));
  const mean = samples[0].map((_, at) => samples.reduce((sum, sample) => sum + sample[at], 0) / count);
  const error = samples[0].map((_, at) =>
    Math.sqrt(samples.reduce((sum, sample) => sum + (sample[at] - mean[at]) ** 2, 0) / (count - 1) / count),
  );
  return { mean, error };
}

describe('monomials', () => {
  test('there are C(q + m, m) of them, each its parent times one variable', () => {
    for (const [q, m] of [
      [1, 3],
      [4, 2],
      [5, 3],
      [10, 2],
    ]) {
      const terms = monomials(q, m);
      expect(terms.count).toBe(monomialCount(q, m));
      expect(new Set(terms.variables.map(String)).size).toBe(terms.count);
      terms.variables.forEach((variables, i) => {
        if (i > 0) expect(terms.variables[terms.parents[i]]).toEqual(variables.slice(0, -1));
      });
    }
  });

  test('the third derivative of z₀³ + 2 z₀² z₁ + 5 z₀ z₁ z₂ has entries 6, 4 and 5', () => {
    const terms = monomials(3, 3);
    const coefficients = new Float64Array(terms.count);
    const put = (variables: number[], value: number) => {
      coefficients[terms.variables.findIndex((v) => String(v) === String(variables))] = value;
    };
    put([0, 0, 0], 1);
    put([0, 0, 1], 2);
    put([0, 1, 2], 5);
    const tensor = symmetricTensor(terms, coefficients, 3, 'derivatives');
    const entry = (a: number, b: number, c: number) => tensor[(a * 3 + b) * 3 + c];
    expect(entry(0, 0, 0)).toBe(6);
    for (const [a, b, c] of [
      [0, 0, 1],
      [0, 1, 0],
      [1, 0, 0],
    ])
      expect(entry(a, b, c)).toBe(4);
    for (const [a, b, c] of [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ]) {
      expect(entry(a, b, c)).toBe(5);
    }
    expect(tensor.reduce((sum, value) => sum + value, 0)).toBe(6 + 3 * 4 + 6 * 5);
  });
});

describe('moments of a label with the score functions of N(0, I)', () => {
  test('regression recovers the derivatives of a polynomial exactly, whatever the inputs', () => {
    const cubic = ([a, b, c]: Float64Array) => 1 + a - b + a * b + 2 * c * c + a * a * a + 0.5 * a * b * c;
    const rows = gaussianRows(300, 3, 1, cubic);
    const shifted: MemoryRows = { ...rows, x: rows.x.map((value, at) => (at % 3 === 0 ? 0.3 + 2 * value : value)) };
    const y = Float64Array.from({ length: 300 }, (_, r) => cubic(shifted.x.subarray(3 * r, 3 * r + 3)));
    const tensor = labelTensor(dataOf({ ...shifted, y }, 3), everything(3), [0, 1, 0, 0], 3, 'regression');
    const wanted = new Float64Array(27);
    wanted[0] = 6;
    for (const at of [5, 7, 11, 15, 19, 21]) wanted[at] = 0.5;
    tensor?.forEach((value, at) => expect(Math.abs(value - wanted[at])).toBeLessThan(1e-6));
  });

  test.each(estimators)('Stein: E[S₂(x) f(x)] = E[∇²f(x)] within five standard errors (%s)', (estimator) => {
    // f = sin(a.x) + (b.x)²: the mean Hessian is E[−sin(a.x)] aa' + 2bb' = 2bb', as sin is odd.
    const b = [0.6, 0, -0.8];
    const f = (x: Float64Array) => Math.sin(x[0] + x[1]) + (b[0] * x[0] + b[1] * x[1] + b[2] * x[2]) ** 2;
    const { mean, error } = overSamples(30, (seed) => {
      const tensor = labelTensor(dataOf(gaussianRows(2000, 3, seed, f), 3), everything(3), [0, 1, 0, 0], 2, estimator);
      return tensor ?? new Float64Array(9).fill(NaN);
    });
    for (let at = 0; at < 9; at++) {
      expect(Math.abs(mean[at] - 2 * b[Math.floor(at / 3)] * b[at % 3])).toBeLessThan(5 * error[at]);
    }
  });

  test.each(estimators)('Stein: E[S₃(x) f(x)] = E[∇³f(x)] within five standard errors (%s)', (estimator) => {
    // f = exp(a.x): the mean third derivative is exp(|a|²/2) a⊗a⊗a.
    const a = [0.5, -0.4];
    const f = (x: Float64Array) => Math.exp(a[0] * x[0] + a[1] * x[1]);
    const { mean, error } = overSamples(30, (seed) => {
      const tensor = labelTensor(dataOf(gaussianRows(4000, 2, seed, f), 2), everything(2), [0, 1, 0, 0], 3, estimator);
      return tensor ?? new Float64Array(8).fill(NaN);
    });
    const factor = Math.exp((a[0] ** 2 + a[1] ** 2) / 2);
    for (let at = 0; at < 8; at++) {
      const wanted = factor * a[at >> 2] * a[(at >> 1) & 1] * a[at & 1];
      expect(Math.abs(mean[at] - wanted)).toBeLessThan(5 * error[at]);
    }
  });

  test.each(estimators)('a simulated mixture has T2 = 2 Σ p aa′ and T3 = 6 Σ p aaa (%s)', (estimator) => {
    // Two experts, no gate intercept: p = 1/2 each and the cross terms vanish exactly.
    const settings = {
      rows: 20000,
      features: 3,
      experts: 2,
      sigma: 0.2,
      activation: 'linear',
      inputs: 'gaussian',
      gates: 'random',
    } as const;
    const beta = -3 * (1 + 0.2 ** 2);
    const second: Float64Array[] = [];
    const third: Float64Array[] = [];
    const wantedSecond = new Float64Array(9);
    const wantedThird = new Float64Array(27);
    // One model, twenty samples of rows: slices of one long table.
    const simulation = simulate({ ...settings, rows: 20 * settings.rows, seed: 4 });
    if (!simulation.ok) throw new Error(simulation.error.message);
    const { columns, truth } = simulation.value;
    const { expertWeights: a } = truthParameters(truth);
    for (let i = 0; i < 2; i++) {
      for (let at = 0; at < 9; at++) wantedSecond[at] += a[3 * i + Math.floor(at / 3)] * a[3 * i + (at % 3)];
      for (let at = 0; at < 27; at++)
        wantedThird[at] +=
          3 * a[3 * i + Math.floor(at / 9)] * a[3 * i + (Math.floor(at / 3) % 3)] * a[3 * i + (at % 3)];
    }
    for (let sample = 0; sample < 20; sample++) {
      const from = sample * settings.rows;
      const n = settings.rows;
      const x = Float64Array.from({ length: 3 * n }, (_, at) => columns[at % 3].values[from + Math.floor(at / 3)]);
      const data = dataOf({ n, x, y: columns[3].values.slice(from, from + n), weights: null }, 3);
      second.push(labelTensor(data, everything(3), [0, 0, 1, 0], 2, estimator) ?? new Float64Array(9).fill(NaN));
      third.push(labelTensor(data, everything(3), [0, beta, 0, 1], 3, estimator) ?? new Float64Array(27).fill(NaN));
    }
    for (const [samples, wanted] of [
      [second, wantedSecond],
      [third, wantedThird],
    ] as const) {
      const { mean, error } = overSamples(20, (sample) => samples[sample]);
      mean.forEach((value, at) => expect(Math.abs(value - wanted[at])).toBeLessThan(5 * error[at]));
    }
  });

  test.each(estimators)('a row of weight 2 is the row twice, of weight 0 is absent (%s)', (estimator) => {
    const rows = gaussianRows(120, 2, 5, (x) => x[0] ** 3 - x[1] + x[0] * x[1]);
    const weights = Float64Array.from({ length: 120 }, (_, r) => r % 3);
    const repeated = Array.from({ length: 120 }, (_, r) => new Array<number>(r % 3).fill(r)).flat();
    const twice: MemoryRows = {
      n: repeated.length,
      x: Float64Array.from(repeated.flatMap((r) => [rows.x[2 * r], rows.x[2 * r + 1]])),
      y: Float64Array.from(repeated, (r) => rows.y[r]),
      weights: null,
    };
    for (const order of [2, 3] as const) {
      const weighted = labelTensor(dataOf({ ...rows, weights }, 2), everything(2), [0, 1, 2, 3], order, estimator);
      const copied = labelTensor(dataOf(twice, 2), everything(2), [0, 1, 2, 3], order, estimator);
      expect(weighted).not.toBeNull();
      weighted?.forEach((value, at) => expect(value).toBeCloseTo(copied?.[at] ?? NaN, 8));
    }
  });

  test('sums that are not finite give no tensor', () => {
    const rows = gaussianRows(50, 2, 6, () => Infinity);
    for (const estimator of estimators) {
      expect(labelTensor(dataOf(rows, 2), everything(2), [0, 1, 0, 0], 2, estimator)).toBeNull();
    }
  });

  test('regression pays from three rows a coefficient on, while it is affordable', () => {
    expect(monomialCount(10, 2)).toBe(66);
    expect(regressionPays(10, 2, 198, 198)).toBe(false);
    expect(regressionPays(10, 2, 199, 199)).toBe(true);
    expect(regressionPays(200, 2, 1e6, 1e6)).toBe(false);
  });
});
