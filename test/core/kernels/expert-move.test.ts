import { expect, test } from 'vitest';
import { expectation } from '../../../core/kernels/expectation';
import { expertMove } from '../../../core/kernels/expert-move';
import { triangle, triangleIndex } from '../../../core/kernels/triangle';
import { activationNamed, activationOf } from '../../../core/model/activations';
import { predict } from '../../../core/model/predict';
import { activationIds } from '../../../core/model/spec';
import { random } from '../../../core/random';
import { mixtureProblem, randomParameters } from '../fit/mixtures';

const [n, d, k] = [150, 3, 3];
const p = d + 1;
const background = 0.2;
const { train, cancel } = mixtureProblem({ n, d, k, seed: 3, weighted: true });
const from = { ...randomParameters(k, d, random(4)), sigmas: Float64Array.of(1.5, 2, 0.9) };
const to = randomParameters(k, d, random(5));

test.each(activationIds)('residuals, slopes and moments at new experts are those of a loop over the rows, %s', (id) => {
  const activation = activationNamed(id);
  const { value, derivative } = activationOf(activation);
  const { gates, means } = predict(train, from, activation, cancel);
  const move = expertMove(train, d, { from, to, activation, background, derivatives: true }, cancel);
  const [residuals, slopes, moments] = [k, k * p, k * triangle(p)].map((length) => new Float64Array(length));
  for (let r = 0; r < n; r++) {
    const z = [1, ...train.x.subarray(r * d, (r + 1) * d)];
    const joint = Array.from({ length: k }, (_, i) => {
      const e = (train.y[r] - means[r * k + i]) / from.sigmas[i];
      return (gates[r * k + i] / from.sigmas[i]) * Math.exp(-0.5 * e * e);
    });
    for (let i = 0; i < k; i++) {
      const told = (train.weights?.[r] ?? 1) * (joint[i] / joint.reduce((sum, one) => sum + one, 0) + background);
      const line = [to.expertIntercepts[i], ...to.expertWeights.subarray(i * d, (i + 1) * d)];
      const score = line.reduce((sum, coefficient, a) => sum + coefficient * z[a], 0);
      const e = train.y[r] - value(score);
      residuals[i] += told * e * e;
      for (let a = 0; a < p; a++) {
        slopes[i * p + a] += told * e * derivative(score) * z[a];
        for (let b = a; b < p; b++)
          moments[i * triangle(p) + triangleIndex(p, a, b)] += told * derivative(score) ** 2 * z[a] * z[b];
      }
    }
  }
  const near = (found: Float64Array, expected: Float64Array) => {
    expect(found).toHaveLength(expected.length);
    const size = Math.max(...expected.map(Math.abs));
    expected.forEach((one, at) => expect(Math.abs(found[at] - one)).toBeLessThan(1e-11 * size));
  };
  near(move.residuals, residuals);
  near(move.slopes, slopes);
  near(move.moments, moments);
});

test.each(activationIds)('experts that stay have the sums of the E-step to the last bit, %s', (id) => {
  const activation = activationNamed(id);
  const request = { parameters: from, activation, moments: true, curvature: false, background };
  const sums = expectation(train, d, request, cancel);
  const stay = expertMove(train, d, { from, to: from, activation, background, derivatives: true }, cancel);
  expect(stay.residuals).toEqual(sums.residuals);
  expect(stay.slopes).toEqual(sums.slopes);
  expect(stay.moments).toEqual(sums.moments);
});

test('without derivatives only residuals come home, and they are the same', () => {
  const request = { from, to, activation: activationNamed('tanh'), background, derivatives: true };
  const whole = expertMove(train, d, request, cancel);
  const short = expertMove(train, d, { ...request, derivatives: false }, cancel);
  expect([...short.residuals]).toEqual([...whole.residuals]);
  expect(short.slopes).toHaveLength(0);
  expect(short.moments).toHaveLength(0);
});
