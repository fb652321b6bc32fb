import { describe, expect, test } from 'vitest';
import { l4, type MomentForms } from '../../../core/losses/l4';
import { type LabelledSample, sampleForms } from '../../../core/losses/sample-forms';
import { tensorForms } from '../../../core/losses/tensor-forms';
import { activationNamed, activationOf } from '../../../core/model/activations';
import { activationIds, type ActivationId } from '../../../core/model/spec';
import { quarticTransforms } from '../../../core/moments/quartic-transforms';
import { random } from '../../../core/random';

const D = 5;
const K = 3;

/** Rows of a mixture of three experts along the first three axes, with labels of mean `mean`. */
function sampleOf(activation: ActivationId, n: number, seed: number, mean = 0): LabelledSample {
  const stream = random(seed);
  const respond = activationOf(activationNamed(activation)).value;
  const sigma = 0.1;
  const { a, b, c, delta, c4, c2 } = quarticTransforms(respond, sigma);
  const z = Float64Array.from({ length: n * D }, () => stream.normal());
  const quartic = new Float64Array(n);
  const quadratic = new Float64Array(n);
  for (let r = 0; r < n; r++) {
    const expert = z[r * D + 3] > 0.5 ? 0 : z[r * D + 4] > 0 ? 1 : 2;
    const y = respond(z[r * D + expert]) + sigma * stream.normal();
    quartic[r] = (y * (c + y * (b + y * (a + y)))) / c4;
    quadratic[r] = (y * (delta + y)) / c2;
  }
  for (const labels of [quartic, quadratic]) {
    const average = labels.reduce((sum, label) => sum + label, 0) / n;
    for (let r = 0; r < n; r++) labels[r] += mean - average;
  }
  return { n, q: D, z, quartic, quadratic };
}

const directionsOf = (seed: number, size: number) => {
  const stream = random(seed);
  return Float64Array.from({ length: size }, () => stream.normal());
};

/** Largest error of the gradient against four-point differences, relative to its largest entry. */
function gradientError(forms: MomentForms, directions: Float64Array): number {
  const weights = { mu: 0.3, lambda: 2, delta: 0.7 };
  const h = 1e-3;
  const at = (j: number, step: number) => l4(forms, directions.with(j, directions[j] + step), weights).value;
  const { gradient } = l4(forms, directions, weights);
  const size = Math.max(...gradient.map(Math.abs));
  const errors = gradient.map((slope, j) => {
    const difference = (8 * (at(j, h) - at(j, -h)) - (at(j, 2 * h) - at(j, -2 * h))) / (12 * h);
    return Math.abs(difference - slope) / size;
  });
  return Math.max(...errors);
}

describe('the gradient of L4 agrees with four-point differences to 1e-6', () => {
  test.each(activationIds)('over rows, %s experts', (activation) => {
    const sample = sampleOf(activation, 300, 1);
    for (const seed of [1, 2, 3])
      expect(gradientError(sampleForms(sample, K), directionsOf(seed, K * D))).toBeLessThan(1e-6);
  });

  test('over rows whose labels are not centred', () => {
    const sample = sampleOf('relu', 300, 2, 0.8);
    expect(gradientError(sampleForms(sample, K), directionsOf(4, K * D))).toBeLessThan(1e-6);
  });

  test('over tensors', () => {
    const { quartic, quadratic } = tensorsOf(sampleOf('linear', 200, 3));
    expect(gradientError(tensorForms(quartic, quadratic, D), directionsOf(5, D * D))).toBeLessThan(1e-6);
  });
});

/** T4 = E[q S4(z)] and T2 = E[v S2(z)], entry by entry from the definitions of the score functions. */
function tensorsOf({ n, q, z, quartic: labels, quadratic: seconds }: LabelledSample) {
  const delta = (i: number, j: number) => (i === j ? 1 : 0);
  const quartic = new Float64Array(q ** 4);
  const quadratic = new Float64Array(q * q);
  for (let r = 0; r < n; r++) {
    const x = z.subarray(r * q, (r + 1) * q);
    for (let a = 0; a < q; a++) {
      for (let b = 0; b < q; b++) {
        quadratic[a * q + b] += (seconds[r] / n) * (x[a] * x[b] - delta(a, b));
        for (let c = 0; c < q; c++) {
          for (let e = 0; e < q; e++) {
            const pairs =
              x[a] * x[b] * delta(c, e) +
              x[a] * x[c] * delta(b, e) +
              x[a] * x[e] * delta(b, c) +
              x[b] * x[c] * delta(a, e) +
              x[b] * x[e] * delta(a, c) +
              x[c] * x[e] * delta(a, b);
            const doubles = delta(a, b) * delta(c, e) + delta(a, c) * delta(b, e) + delta(a, e) * delta(b, c);
            quartic[((a * q + b) * q + c) * q + e] += (labels[r] / n) * (x[a] * x[b] * x[c] * x[e] - pairs + doubles);
          }
        }
      }
    }
  }
  return { quartic, quadratic };
}

test('rows and the tensors of the same rows give the same loss, for labels of any mean', () => {
  for (const mean of [0, 0.8]) {
    const sample = sampleOf('tanh', 150, 4, mean);
    const { quartic, quadratic } = tensorsOf(sample);
    const directions = directionsOf(6, D * D);
    const weights = { mu: 0.5, lambda: 3, delta: 0 };
    const overRows = l4(sampleForms(sample, D), directions, weights);
    const overTensors = l4(tensorForms(quartic, quadratic, D), directions, weights);
    expect(overTensors.value / overRows.value).toBeCloseTo(1, 10);
    overTensors.gradient.forEach((slope, j) =>
      expect(Math.abs(slope - overRows.gradient[j])).toBeLessThan(1e-9 * Math.abs(overRows.value)),
    );
  }
});

test('of a population with regressors that are not orthogonal, L4 is stationary in the dual vectors, not in the regressors', () => {
  // T4 = Σ p_i a_i⊗a_i⊗a_i⊗a_i and T2 = Σ p_i a_i⊗a_i for two unit vectors at 60 degrees.
  const shares = [0.3, 0.7];
  const regressors = [
    [1, 0],
    [0.5, Math.sqrt(0.75)],
  ];
  const sumOver = (entry: (a: number[]) => number) => regressors.reduce((sum, a, i) => sum + shares[i] * entry(a), 0);
  const quartic = Float64Array.from({ length: 16 }, (_, at) =>
    sumOver((a) => a[at >> 3] * a[(at >> 2) & 1] * a[(at >> 1) & 1] * a[at & 1]),
  );
  const quadratic = Float64Array.from({ length: 4 }, (_, at) => sumOver((a) => a[at >> 1] * a[at & 1]));
  const forms = tensorForms(quartic, quadratic, 2);
  const mu = 0.1;
  const lambda = 10;
  const weights = { mu, lambda, delta: 0 };
  // b_i = s × dual vector: L4 is −μ p s⁴ + λ (p s² − 1)² along each, least at s² = λ / (λ p − μ).
  const dual = [
    [1, -0.5 / Math.sqrt(0.75)],
    [0, 1 / Math.sqrt(0.75)],
  ];
  const directions = Float64Array.from(
    dual.flatMap((b, i) => {
      const length = Math.sqrt(lambda / (lambda - mu / shares[i]) / shares[i]);
      return b.map((entry) => length * entry);
    }),
  );
  const slope = (at: Float64Array) => Math.max(...l4(forms, at, weights).gradient.map(Math.abs));
  expect(slope(directions)).toBeLessThan(1e-12);
  const unit = Float64Array.from(regressors.flat());
  expect(slope(unit)).toBeGreaterThan(0.1);
});
