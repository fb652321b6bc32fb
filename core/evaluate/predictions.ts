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

/** Puts the rows of several parts back into the order of the file. */
export function predictionTable(parts: readonly PredictedPart[], k: number): PredictionTable {
  const places = parts.flatMap(({ part }, p) => Array.from(part.actual, (_, i) => ({ p, i, row: part.rows[i] })));
  places.sort((a, b) => a.row - b.row);
  const pick = (from: (part: PredictedPart) => Float64Array, width: number) => {
    const values = new Float64Array(places.length * width);
    places.forEach(({ p, i }, place) => {
      for (let e = 0; e < width; e++) values[place * width + e] = from(parts[p])[i * width + e];
    });
    return values;
  };
  return {
    k,
    rows: Float64Array.from(places, ({ row }) => row),
    split: places.map(({ p }) => parts[p].split),
    actual: pick(({ part }) => part.actual, 1),
    prediction: pick(({ predicted }) => predicted.prediction, 1),
    sd: pick(({ predicted }) => predicted.sd, 1),
    gates: pick(({ predicted }) => predicted.gates, k),
    means: pick(({ predicted }) => predicted.means, k),
  };
}
