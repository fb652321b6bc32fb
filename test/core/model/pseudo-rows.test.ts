import { expect, test } from 'vitest';
import { neverCancelled } from '../../../core/kernels/pass';
import { ordinaryLeastSquares } from '../../../core/model/least-squares';
import { logLikelihood, objective } from '../../../core/model/likelihood';
import { predict } from '../../../core/model/predict';
import { emptyParameters } from '../../../core/model/spec';
import { random } from '../../../core/random';
import { mixtureProblem, randomParameters } from '../fit/mixtures';

const [k, d, pseudoRows] = [3, 2, 17];
const problem = mixtureProblem({ n: 120, d, k, seed: 3, weighted: true }, { gateRidge: 0, pseudoRows });
const { train } = problem;
const weightOf = (r: number) => train.weights?.[r] ?? 1;
const total = train.weights?.reduce((sum, w) => sum + w, 0) ?? train.n;

/** Weighted mean over the rows. */
function mean(value: (r: number) => number): number {
  let sum = 0;
  for (let r = 0; r < train.n; r++) sum += (weightOf(r) / total) * value(r);
  return sum;
}

const part = (parameters: ReturnType<typeof randomParameters>) =>
  objective(problem, parameters) - logLikelihood(train, parameters, { id: 'linear' }, neverCancelled());

test('pseudo-rows add the mean log-density of the rows under each expert, so many times', () => {
  const parameters = randomParameters(k, d, random(1));
  const { means } = predict(train, parameters, { id: 'linear' }, neverCancelled());
  let expected = 0;
  for (let i = 0; i < k; i++) {
    const sigma = parameters.sigmas[i];
    const logDensity = (r: number) =>
      -0.5 * ((train.y[r] - means[r * k + i]) / sigma) ** 2 - Math.log(sigma) - 0.5 * Math.log(2 * Math.PI);
    expected += pseudoRows * mean(logDensity);
  }
  expect(part(parameters)).toBeCloseTo(expected, 9);
});

test('beside a constant they are minus the divergence of each expert from least squares', () => {
  const line = ordinaryLeastSquares(train, d, Uint8Array.of(1, 1), true, neverCancelled());
  const fitted = (r: number) =>
    line.intercept + line.weights[0] * train.x[r * d] + line.weights[1] * train.x[r * d + 1];
  const variance = line.residual / total;
  const atLine = emptyParameters(k, d);
  for (let i = 0; i < k; i++) atLine.expertWeights.set(line.weights, i * d);
  atLine.expertIntercepts.fill(line.intercept);
  atLine.sigmas.fill(Math.sqrt(variance));

  const parameters = randomParameters(k, d, random(2));
  const { means } = predict(train, parameters, { id: 'linear' }, neverCancelled());
  let divergence = 0;
  for (let i = 0; i < k; i++) {
    const square = parameters.sigmas[i] ** 2;
    const away = mean((r) => (fitted(r) - means[r * k + i]) ** 2);
    divergence += 0.5 * (Math.log(square / variance) + (variance + away) / square - 1);
  }
  expect(divergence).toBeGreaterThan(0);
  expect(part(parameters)).toBeCloseTo(part(atLine) - pseudoRows * divergence, 9);
});
