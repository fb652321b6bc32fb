import { finish, inBlocks, type Steps } from '../turns';
import type { Part, Predicted } from './part';

/** Predictions row by row, in the order of the file: what predictions.csv and the rows of a result are made of. */
export interface PredictionTable {
  /** Number of experts. */
  readonly k: number;
  /** n record numbers of the file, from 0, ascending. */
  readonly rows: Float64Array;
  /** n. */
  readonly split: readonly PredictionSplit[];
  /** n; NaN where the file has no target. */
  readonly actual: Float64Array;
  /** n; NaN where a feature has no value. */
  readonly prediction: Float64Array;
  readonly sd: Float64Array;
  /** n × k, row-major. */
  readonly gates: Float64Array;
  readonly means: Float64Array;
}

/** Training row, held-out row, or row of a file the model has not seen. */
export type PredictionSplit = 'train' | 'test' | 'new';

export interface PredictedPart {
  readonly split: PredictionSplit;
  readonly part: Pick<Part, 'rows' | 'actual'>;
  readonly predicted: Predicted;
}

/** Puts the rows of several parts, each ascending, back into the order of the file. */
export const predictionTable = (parts: readonly PredictedPart[], k: number): PredictionTable =>
  finish(predictionTableInSteps(parts, k));

/** The same in turns. */
export function* predictionTableInSteps(parts: readonly PredictedPart[], k: number): Steps<PredictionTable> {
  const n = parts.reduce((sum, { part }) => sum + part.actual.length, 0);
  // Which part the next row of the file is in, and where: flat arrays, since a file may have millions of rows.
  const partOf = new Uint8Array(n);
  const placeIn = new Uint32Array(n);
  const taken = parts.map(() => 0);
  yield* inBlocks(n, parts.length, (from, to) => {
    for (let at = from; at < to; at++) {
      let next = -1;
      for (let p = 0; p < parts.length; p++) {
        const { rows } = parts[p].part;
        if (taken[p] < rows.length && (next < 0 || rows[taken[p]] < parts[next].part.rows[taken[next]])) next = p;
      }
      partOf[at] = next;
      placeIn[at] = taken[next]++;
    }
  });
  const split = new Array<PredictionSplit>(n);
  yield* inBlocks(n, 1, (from, to) => {
    for (let at = from; at < to; at++) split[at] = parts[partOf[at]].split;
  });
  function* pick(from: (part: PredictedPart) => ArrayLike<number>, width: number): Steps<Float64Array> {
    const columns = parts.map(from);
    const values = new Float64Array(n * width);
    yield* inBlocks(n, width, (first, last) => {
      for (let at = first; at < last; at++) {
        const column = columns[partOf[at]];
        const start = placeIn[at] * width;
        for (let e = 0; e < width; e++) values[at * width + e] = column[start + e];
      }
    });
    return values;
  }
  return {
    k,
    rows: yield* pick(({ part }) => part.rows, 1),
    split,
    actual: yield* pick(({ part }) => part.actual, 1),
    prediction: yield* pick(({ predicted }) => predicted.prediction, 1),
    sd: yield* pick(({ predicted }) => predicted.sd, 1),
    gates: yield* pick(({ predicted }) => predicted.gates, k),
    means: yield* pick(({ predicted }) => predicted.means, k),
  };
}
