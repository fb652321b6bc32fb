import { neverCancelled } from '../kernels/pass';
import { leastSquaresInSteps } from '../model/least-squares';
import { type RowWindow, targetWindows, windows } from '../model/row-windows';
import { inBlocks, type Steps } from '../turns';
import { normalLogDensity } from './log-density';
import { type OriginalRows, type Predictor, targetMean } from './scored-rows';

/** What knowing nothing but the training mean predicts. In turns. */
export function meanBaseline(train: OriginalRows, sigmaFloor: number): Steps<Predictor> {
  const mean = targetMean(train);
  // eslint-disable-next-line require-yield -- of one kind with the line
  return gaussian(train, false, sigmaFloor, function* ({ first, to }) {
    return new Float64Array(to - first).fill(mean);
  });
}

/** What one straight line (ordinary least squares on the training rows) predicts. In turns. */
export function* olsBaseline(train: OriginalRows, intercept: boolean, sigmaFloor: number): Steps<Predictor> {
  const { rows, d } = train;
  const line = yield* leastSquaresInSteps(rows, d, new Uint8Array(d).fill(1), intercept, neverCancelled());
  return yield* gaussian(train, true, sigmaFloor, function* ({ first, to, x }) {
    const prediction = new Float64Array(to - first).fill(line.intercept);
    yield* inBlocks(to - first, d, (from, end) => {
      for (let i = from; i < end; i++) for (let j = 0; j < d; j++) prediction[i] += line.weights[j] * x[i * d + j];
    });
    return prediction;
  });
}

/** Scores predictions as N(ŷ, sigma²), sigma² the mean squared training error (the maximum-likelihood estimate). */
function* gaussian(
  { rows, d }: OriginalRows,
  looks: boolean,
  sigmaFloor: number,
  predict: (window: RowWindow) => Steps<Float64Array>,
): Steps<Predictor> {
  let [squares, total] = [0, 0];
  for (const window of looks ? windows(rows, d) : targetWindows(rows, d)) {
    const { first, to, y, weights } = window;
    const fitted = yield* predict(window);
    for (let i = 0; i < to - first; i++) {
      const w = weights === null ? 1 : weights[i];
      squares += w * (y[i] - fitted[i]) ** 2;
      total += w;
    }
    yield;
  }
  const sigma = Math.max(Math.sqrt(squares / total), sigmaFloor);
  return {
    looks,
    *of(window) {
      const prediction = yield* predict(window);
      return { prediction, logDensity: prediction.map((value, i) => normalLogDensity(window.y[i], value, sigma)) };
    },
  };
}
