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
  const sizes = parts.map(({ part }) => part.actual.length);
  const firsts = sizes.map((_, p) => sizes.slice(0, p).reduce((sum, size) => sum + size, 0));
  const n = sizes.reduce((sum, size) => sum + size, 0);
  const row = new Float64Array(n);
  const partOf = new Uint8Array(n);
  parts.forEach(({ part }, p) => {
    row.set(part.rows, firsts[p]);
    partOf.fill(p, firsts[p], firsts[p] + sizes[p]);
  });
  // Places in the parts laid end to end, in the order of the file; flat arrays, since a file may have millions of rows.
  const order = Uint32Array.from(row, (_, place) => place).sort((a, b) => row[a] - row[b]);
  const pick = (from: (part: PredictedPart) => Float64Array, width: number) => {
    const columns = parts.map(from);
    const values = new Float64Array(n * width);
    for (let at = 0; at < n; at++) {
      const p = partOf[order[at]];
      const start = (order[at] - firsts[p]) * width;
      for (let e = 0; e < width; e++) values[at * width + e] = columns[p][start + e];
    }
    return values;
  };
  return {
    k,
    rows: Float64Array.from(order, (place) => row[place]),
    split: Array.from(order, (place) => parts[partOf[place]].split),
    actual: pick(({ part }) => part.actual, 1),
    prediction: pick(({ predicted }) => predicted.prediction, 1),
    sd: pick(({ predicted }) => predicted.sd, 1),
    gates: pick(({ predicted }) => predicted.gates, k),
    means: pick(({ predicted }) => predicted.means, k),
  };
}
