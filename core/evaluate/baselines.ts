import { neverCancelled } from '../kernels/pass';
import { leastSquaresInSteps } from '../model/least-squares';
import type { Rows } from '../model/problem';
import { windows } from '../model/row-windows';
import { finish, type Steps } from '../turns';
import { normalLogDensity } from './log-density';
import { weightedMean } from './metrics';
import type { Scored } from './part';
import type { OriginalRows } from './scored-rows';

/** A reference every fit is compared with, scored on both parts. */
export interface Baseline {
  readonly train: Scored;
  readonly test: Scored | null;
}

/** What knowing nothing but the training mean predicts. */
export function meanBaseline(train: OriginalRows, test: OriginalRows | null, sigmaFloor: number): Baseline {
  const mean = weightedMean(train.actual, train.weights);
  // eslint-disable-next-line require-yield -- of one kind with the line
  const predict = function* (rows: Rows): Steps<Float64Array> {
    return new Float64Array(rows.n).fill(mean);
  };
  return finish(gaussian(train, test, predict, sigmaFloor));
}

/** What one straight line (ordinary least squares on the training rows) predicts. In turns. */
export function* olsBaseline(
  train: OriginalRows,
  test: OriginalRows | null,
  d: number,
  intercept: boolean,
  sigmaFloor: number,
): Steps<Baseline> {
  const line = yield* leastSquaresInSteps(train.rows, d, new Uint8Array(d).fill(1), intercept, neverCancelled());
  const predict = function* (rows: Rows): Steps<Float64Array> {
    const prediction = new Float64Array(rows.n).fill(line.intercept);
    for (const { first, from, to, x } of windows(rows, d)) {
      for (let i = from; i < to; i++)
        for (let j = 0; j < d; j++) prediction[i] += line.weights[j] * x[(i - first) * d + j];
      yield;
    }
    return prediction;
  };
  yield;
  return yield* gaussian(train, test, predict, sigmaFloor);
}

/** Scores predictions as N(ŷ, sigma²), sigma² the mean squared training error (the maximum-likelihood estimate). */
function* gaussian(
  train: OriginalRows,
  test: OriginalRows | null,
  predict: (rows: Rows) => Steps<Float64Array>,
  sigmaFloor: number,
): Steps<Baseline> {
  const fitted = yield* predict(train.rows);
  const squares = fitted.map((value, i) => (train.actual[i] - value) ** 2);
  const sigma = Math.max(Math.sqrt(weightedMean(squares, train.weights)), sigmaFloor);
  const score = ({ actual, weights }: OriginalRows, prediction: Float64Array): Scored => {
    const logDensity = prediction.map((value, i) => normalLogDensity(actual[i], value, sigma));
    return { actual, prediction, logDensity, weights };
  };
  yield;
  return { train: score(train, fitted), test: test && score(test, yield* predict(test.rows)) };
}
