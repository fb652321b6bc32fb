import { neverCancelled } from '../kernels/pass';
import { leastSquaresInSteps } from '../model/least-squares';
import type { Steps } from '../turns';
import { normalLogDensity } from './log-density';
import { weightedMean } from './metrics';
import type { Part, Scored } from './part';

/** A reference every fit is compared with, scored on both parts. */
export interface Baseline {
  readonly train: Scored;
  readonly test: Scored | null;
}

/** What knowing nothing but the training mean predicts. */
export function meanBaseline(train: Part, test: Part | null, sigmaFloor: number): Baseline {
  const mean = weightedMean(train.actual, train.weights);
  return gaussian(train, test, (part) => new Float64Array(part.actual.length).fill(mean), sigmaFloor);
}

/** What one straight line (ordinary least squares on the training rows) predicts. In turns. */
export function* olsBaseline(
  train: Part,
  test: Part | null,
  d: number,
  intercept: boolean,
  sigmaFloor: number,
): Steps<Baseline> {
  const rows = { n: train.actual.length, x: train.z, y: train.actual, weights: train.weights };
  const line = yield* leastSquaresInSteps(rows, d, new Uint8Array(d).fill(1), intercept, neverCancelled());
  const predict = (part: Part) => {
    const prediction = new Float64Array(part.actual.length).fill(line.intercept);
    for (let i = 0; i < prediction.length; i++)
      for (let j = 0; j < d; j++) prediction[i] += line.weights[j] * part.z[i * d + j];
    return prediction;
  };
  yield;
  return gaussian(train, test, predict, sigmaFloor);
}

/** Scores predictions as N(ŷ, sigma²), sigma² the mean squared training error (the maximum-likelihood estimate). */
function gaussian(train: Part, test: Part | null, predict: (part: Part) => Float64Array, sigmaFloor: number): Baseline {
  const fitted = predict(train);
  const squares = fitted.map((value, i) => (train.actual[i] - value) ** 2);
  const sigma = Math.max(Math.sqrt(weightedMean(squares, train.weights)), sigmaFloor);
  const score = (part: Part, prediction: Float64Array): Scored => ({
    actual: part.actual,
    prediction,
    logDensity: prediction.map((value, i) => normalLogDensity(part.actual[i], value, sigma)),
    weights: part.weights,
  });
  return { train: score(train, fitted), test: test && score(test, predict(test)) };
}
