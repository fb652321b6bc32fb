import { expect, test } from 'vitest';
import { identity } from '../../../core/moments/coordinates';
import { labelTensor, type MomentEstimator } from '../../../core/moments/label-tensor';
import { random } from '../../../core/random';

const estimators: readonly MomentEstimator[] = ['regression', 'residualised', 'raw'];

/** The fourth-order moment of a function of two normal features, from n rows. */
function fourthMoment(n: number, seed: number, estimator: MomentEstimator, f: (x: Float64Array) => number) {
  const stream = random(seed);
  const x = Float64Array.from({ length: 2 * n }, () => stream.normal());
  const y = Float64Array.from({ length: n }, (_, r) => f(x.subarray(2 * r, 2 * r + 2)));
  const units = { base: new Float64Array(3), scale: 1 };
  const data = { rows: { n, x, y, weights: null }, d: 2, weight: n, units, cancel: new Int32Array(1) };
  const tensor = labelTensor(data, identity(2, Uint8Array.of(1, 1)), [0, 1], 4, estimator);
  if (!tensor) throw new Error('no tensor');
  return tensor;
}

test.each(estimators)('Stein: E[S₄(x) f(x)] = E[∇⁴f(x)] within five standard errors (%s)', (estimator) => {
  // f = exp(a.x): the mean fourth derivative is exp(|a|²/2) a⊗a⊗a⊗a.
  const a = [0.5, -0.4];
  const samples = Array.from({ length: 30 }, (_, seed) =>
    fourthMoment(4000, seed, estimator, (x) => Math.exp(a[0] * x[0] + a[1] * x[1])),
  );
  const factor = Math.exp((a[0] ** 2 + a[1] ** 2) / 2);
  for (let at = 0; at < 16; at++) {
    const values = samples.map((sample) => sample[at]);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
    const wanted = factor * a[at >> 3] * a[(at >> 2) & 1] * a[(at >> 1) & 1] * a[at & 1];
    expect(Math.abs(mean - wanted)).toBeLessThan(5 * Math.sqrt(variance / values.length));
  }
});

test('regression recovers the fourth derivatives of a polynomial exactly', () => {
  // 2 x₀⁴ + x₀³ x₁ + 3 x₀² x₁²: ∂₀⁴ = 48, ∂₀³∂₁ = 6, ∂₀²∂₁² = 12.
  const tensor = fourthMoment(200, 1, 'regression', ([u, v]) => 2 * u ** 4 + u ** 3 * v + 3 * u * u * v * v - v + 1);
  const wanted = [48, 6, 12, 0, 0];
  tensor.forEach((value, at) => {
    const ones = [3, 2, 1, 0].reduce((count, bit) => count + ((at >> bit) & 1), 0);
    expect(Math.abs(value - wanted[ones])).toBeLessThan(1e-5);
  });
});
